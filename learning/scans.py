"""Keeps photographs and scans of signed sheets: private files with names and signatures, of which nothing is believed.

A picture is drawn anew, so that neither the place where it was taken nor anything hidden in it stays. A PDF is kept as
it is and never shown in a page: it is sent to be saved.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from PIL import Image, ImageOps

from common import clock
from learning.models import Session, SheetScan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

HEAVIEST = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# Letters of a signed sheet are read at this size; it weighs a tenth of what a telephone sends.
LONGEST_SIDE = 2400
MOST_SCANS = 20
PICTURE, PAPER = "image/jpeg", "application/pdf"
ENDINGS = {PICTURE: "jpg", PAPER: "pdf"}
# What a PDF does besides being pages. Whoever hides it better meets a file that is only ever saved.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")


class Reason(StrEnum):
    """Why a file is not attached. The wording stands in `learning.words_of_room`."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    UNREADABLE = "unreadable"
    ACTIVE = "active"
    TOO_MANY = "too_many"


class Refused(Exception):
    """Nothing was attached; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def attach(*, session: Session, file: Any, by: Person, at: dt.datetime | None = None) -> SheetScan:
    """Keep a scan of a session's sheet; the same file twice is kept once. Raises Refused."""
    if not file.size:
        raise Refused(Reason.EMPTY)
    if file.size > HEAVIEST:
        raise Refused(Reason.TOO_HEAVY)
    sent = file.read()
    digest = hashlib.sha256(sent).hexdigest()
    kind, kept = _read(sent)
    with transaction.atomic():
        locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        there = locked.scans.filter(sha256=digest).first()
        if there:
            return there
        if locked.scans.count() >= MOST_SCANS:
            raise Refused(Reason.TOO_MANY)
        return SheetScan.objects.create(
            session=locked,
            file=_store(kept, kind),
            kind=kind,
            size=len(kept),
            sha256=digest,
            attached_by=by,
            attached_at=at or clock.now(),
        )


def take_away(*, scan: SheetScan) -> None:
    """Delete a scan for good: it came here by mistake."""
    with transaction.atomic():
        SheetScan.objects.filter(pk=scan.pk).delete()
        transaction.on_commit(lambda: storages["private"].delete(scan.file))


def old(before: dt.datetime) -> QuerySet[SheetScan]:
    """Return the scans that were attached before a moment."""
    return SheetScan.objects.filter(attached_at__lt=before)


def end(before: dt.datetime, most: int) -> int:
    """Delete so many of the old ones, files too: nobody needs the signatures any more. Returns how many."""
    rows = list(old(before).order_by("pk")[:most])
    for scan in rows:
        take_away(scan=scan)
    return len(rows)


def _store(kept: bytes, kind: str) -> str:
    # What somebody called her file may hold a name: the path tells nothing.
    return storages["private"].save(f"sheets/{uuid.uuid4().hex}.{ENDINGS[kind]}", ContentFile(kept))


def _read(sent: bytes) -> tuple[str, bytes]:
    """Return of what kind a file is, by its content, and what is kept of it. Raises Refused."""
    if sent.startswith(b"%PDF-"):
        if b"%%EOF" not in sent[-2048:]:
            raise Refused(Reason.UNREADABLE)
        if ACTIVE.search(sent):
            raise Refused(Reason.ACTIVE)
        return PAPER, sent
    return PICTURE, _drawn_anew(sent)


def _drawn_anew(sent: bytes) -> bytes:
    """Return the picture upright and without anything that its file told besides. Raises Refused."""
    out = BytesIO()
    try:
        with Image.open(BytesIO(sent), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(Reason.UNREADABLE)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            layer = upright.convert("RGBA")
            plain.paste(layer, mask=layer)
            plain.save(out, "JPEG", quality=82, optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(Reason.UNREADABLE) from error
    return out.getvalue()
