"""Loads the official catalogue of public bodies from its file, and makes an institution from one of its entries."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from institutions.lineage import Reason, Refused
from institutions.models import Institution, OfficialBody

FIELDS = (
    "country_id", "name", "short_name", "type", "sector", "level", "ended_on", "note", "unverified",
)  # fmt: skip
MADE, RENEWED, KEPT, EDITED = "made", "renewed", "kept", "edited by hand, left alone"


def path() -> Path:
    """Return the file of the catalogue."""
    return Path(settings.BASE_DIR) / "starter" / "official_bodies.yaml"


def load(entries: list[dict[str, Any]] | None = None) -> tuple[Counter[str], list[str]]:
    """Bring the catalogue up to its file; entries that somebody edited stay. Returns what was done, and the edited."""
    said = entries if entries is not None else yaml.safe_load(path().read_text(encoding="utf-8"))
    done: Counter[str] = Counter()
    edited: list[str] = []
    with transaction.atomic():
        touched = {entry["key"] for entry in said if _load(entry, done, edited)}
        for entry in said:
            if entry.get("successor") and entry["key"] in touched:
                _link(entry)
    return done, edited


def _load(entry: dict[str, Any], done: Counter[str], edited: list[str]) -> bool:
    fields = _fields(entry)
    row = OfficialBody.objects.filter(key=entry["key"]).first()
    if row is None:
        OfficialBody.objects.create(key=entry["key"], loaded_digest=_digest(fields), **fields)
        done[MADE] += 1
        return True
    if row.loaded_digest != _digest({name: getattr(row, name) for name in FIELDS}):
        done[EDITED] += 1
        edited.append(str(row))
        return False
    if row.loaded_digest == _digest(fields):
        done[KEPT] += 1
        return False
    OfficialBody.objects.filter(pk=row.pk).update(loaded_digest=_digest(fields), **fields)
    done[RENEWED] += 1
    return True


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "country_id": entry["country"],
        "name": entry["name"],
        "short_name": entry.get("short_name", ""),
        "type": entry.get("type", "public"),
        "sector": entry["sector"],
        "level": entry.get("level", "national"),
        "ended_on": entry.get("ended_on"),
        "note": entry.get("note", ""),
        "unverified": entry.get("unverified", True),
    }


def _digest(fields: dict[str, Any]) -> str:
    text = json.dumps(fields, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _link(entry: dict[str, Any]) -> None:
    successor = OfficialBody.objects.get(key=entry["successor"])
    OfficialBody.objects.filter(key=entry["key"]).update(successor=successor)


def make_institution(*, body: OfficialBody) -> Institution:
    """Make an institution from an entry, once: what is known of the body is copied, the rest is for staff to add."""
    with transaction.atomic():
        body = OfficialBody.objects.select_for_update(of=("self",)).get(pk=body.pk)
        if body.institutions.exists() or _named_alike(body):
            raise Refused(Reason.NAME_TAKEN)
        return Institution.objects.create(
            official=body,
            country_id=body.country_id,
            name=body.name,
            short_name=body.short_name,
            type=body.type,
            sector=body.sector,
            level=body.level,
        )


def _named_alike(body: OfficialBody) -> bool:
    return Institution.objects.filter(country=body.country_id, name=body.name).exists()
