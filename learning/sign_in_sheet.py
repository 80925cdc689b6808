"""Prints the sheet that people sign in the room: a name and room for a signature, and nothing else of anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.qr import qr_svg
from common.sheets import typesetting
from common.sheets.printable import with_gaps

TEMPLATE = Path(__file__).parent / "typst" / "sign_in_sheet.typ"
# Whoever comes unannounced writes her name herself.
BLANK_ROWS = 8


@dataclass(frozen=True)
class Sheet:
    """What is printed: of which session, for whom, in which language. `course` is empty where it is sensitive."""

    title: str
    course: str
    group: str
    place: str
    starts: dt.datetime
    ends: dt.datetime
    facilitators: Sequence[str]
    names: Sequence[str]
    check_in_address: str
    platform: str
    organisation: str
    language: str


def print_sheet(sheet: Sheet, *, at: dt.datetime) -> bytes:
    """Return the sheet as PDF bytes, dated `at` (aware)."""
    moment = at.astimezone(dt.UTC).replace(microsecond=0)
    with override(sheet.language):
        data = _drawable(_data(sheet))
    parts = ("year", "month", "day", "hour", "minute", "second")
    data["date"] = {part: getattr(moment, part) for part in parts}
    inputs = {"content": json.dumps(data, ensure_ascii=False), "qr": qr_svg(sheet.check_in_address)}
    return typesetting.compile_pdf(TEMPLATE, inputs, at=moment)


def _data(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": _("Attendance sheet"),
        "subject": sheet.title,
        "platform": sheet.platform,
        "organisation": sheet.organisation,
        "facts": [[label, words] for label, words in _facts(sheet) if words],
        "head": [_("No."), _("Name"), _("Signature")],
        "rows": [*sheet.names, *[""] * BLANK_ROWS],
        "qr_alt": _("QR of the page where people check in"),
        "qr_words": _("With a telephone: write here the code that is said in the room."),
        "foot": _(
            "Name and signature only. The programme keeps it to prove who came; ask for yours at any time."
        ),
        "lang": sheet.language,
    }


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    times = f"{time_format(sheet.starts)} – {time_format(sheet.ends)}"
    return [
        (_("Session"), sheet.title),
        (_("Course"), sheet.course),
        (_("Group"), sheet.group),
        (_("Date"), f"{date_format(sheet.starts, 'DATE_FORMAT')}, {times}"),
        (_("Place"), sheet.place),
        (_("Facilitates"), ", ".join(sheet.facilitators)),
    ]


def _drawable(value: Any) -> Any:
    """Return `value` with every text in it as the fonts can draw it."""
    if isinstance(value, str):
        return with_gaps(value)
    if isinstance(value, dict):
        return {key: _drawable(entry) for key, entry in value.items()}
    return [_drawable(entry) for entry in value] if isinstance(value, list) else value
