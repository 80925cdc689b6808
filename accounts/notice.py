"""Reads the privacy notice and its versions from files: who answers for the data, each purpose with its ground.

A version is a file named after it below `SENDA_NOTICES`; it is never edited once people have agreed under it, a new
one is added. `asks_again` names the purposes whose words changed in substance: consents given under earlier
versions do not count for them any more.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

Words = dict[str, str]


@dataclass(frozen=True)
class Purpose:
    """One purpose: what for, on which ground, for how long, and what taking it back does (consents only)."""

    key: str
    consent: bool
    title: Words
    what: Words
    ground: Words
    kept: Words
    withdrawal: Words


@dataclass(frozen=True)
class Notice:
    """One version of the notice."""

    version: str
    since: dt.date
    asks_again: frozenset[str]
    changes: Words
    points: tuple[Words, ...]
    purposes: tuple[Purpose, ...]


class NoSuchNotice(LookupError):
    """There is no version of this name."""


def said(words: Words) -> str:
    """Return the words in the reader's language, else in Spanish."""
    return words.get((get_language() or "es")[:2]) or words.get("es", "")


def current() -> Notice:
    """Return the version in force."""
    return find(settings.SENDA_NOTICE_VERSION)


def find(version: str) -> Notice:
    """Return one version. Raises NoSuchNotice."""
    for each in history():
        if each.version == version:
            return each
    raise NoSuchNotice(version)


def history() -> tuple[Notice, ...]:
    """Return every version up to the one in force, the newest first."""
    return tuple(
        each for each in _all(str(settings.SENDA_NOTICES)) if each.version <= settings.SENDA_NOTICE_VERSION
    )


def versions_that_count(purpose: str) -> list[str]:
    """Return the versions that say the same of a purpose as the one in force, newest first."""
    counted = []
    for each in history():
        counted.append(each.version)
        if purpose in each.asks_again:
            break
    return counted


@lru_cache(maxsize=4)
def _all(folder: str) -> tuple[Notice, ...]:
    found = [_read(path) for path in Path(folder).glob("*.yaml")]
    return tuple(sorted(found, key=lambda each: each.version, reverse=True))


def _read(path: Path) -> Notice:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Notice(
        version=path.stem,
        since=data["since"],
        asks_again=frozenset(data.get("asks_again", ())),
        changes=data.get("changes", {}),
        points=tuple(data["points"]),
        purposes=tuple(_purpose(entry) for entry in data["purposes"]),
    )


def _purpose(entry: dict[str, Any]) -> Purpose:
    return Purpose(
        key=entry["key"],
        consent=entry.get("consent", False),
        title=entry["title"],
        what=entry["what"],
        ground=entry["ground"],
        kept=entry["kept"],
        withdrawal=entry.get("withdrawal", {}),
    )
