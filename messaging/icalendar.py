"""Writes calendar files by RFC 5545: lines in CRLF, folded at 75 octets, texts escaped, times in UTC. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

OCTETS = 75
PRODUCT = "-//Senda//Sessions//EN"


@dataclass(frozen=True)
class Event:
    """One meeting. `uid` is for ever; `sequence` and `changed_at` grow with each change."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    title: str
    place: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(events: Iterable[Event], *, name: str = "") -> bytes:
    """Return a calendar file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        lines += _event(event)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(event: Event) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{moment(event.changed_at)}",
        f"LAST-MODIFIED:{moment(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{moment(event.starts)}",
        f"DTEND:{moment(event.ends)}",
        f"SUMMARY:{escaped(event.title)}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def moment(at: dt.datetime) -> str:
    """Return a moment in UTC: no file needs to know when a country last changed its clocks."""
    return at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """Return a text as a value: backslash, comma and semicolon are marked, line ends are written out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    plain = plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in plain if char == "\t" or (char >= " " and char != "\x7f"))


def folded(line: str) -> str:
    """Return a line with its end; longer than 75 octets it goes on in the next ones, and no letter is cut in two."""
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > OCTETS:
            parts.append("")
            # The space with which a continuation begins counts.
            size = 1
        parts[-1] += char
        size += octets
    return "\r\n ".join(parts) + "\r\n"
