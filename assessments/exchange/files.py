"""The three formats by name: how each is read and written, and how large a file may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from assessments.exchange import gift, moodle, moodle_writing, qti, qti_writing
from assessments.exchange.items import BadFile, Item, Read, Unread, Why

MOST_BYTES = 20 * 1024 * 1024
MOST_QUESTIONS = 2_000


class Format(StrEnum):
    """A format, as the command calls it."""

    GIFT = "gift"
    MOODLE = "moodlexml"
    QTI = "qti"


class Way(NamedTuple):
    """How a format is read and written, and how its files end."""

    read: Callable[[bytes, str], list[Read]]
    write: Callable[[Iterable[Item]], tuple[bytes, list[Unread]]]
    ending: str
    content_type: str


WAYS: Mapping[Format, Way] = {
    Format.GIFT: Way(gift.read, gift.write, "gift.txt", "text/plain; charset=utf-8"),
    Format.MOODLE: Way(moodle.read, moodle_writing.write, "moodle.xml", "application/xml"),
    Format.QTI: Way(qti.read, qti_writing.write, "qti.zip", "application/zip"),
}


def read(data: bytes, form: Format, language: str) -> list[Read]:
    """Return the questions of a file. Raises BadFile: then nothing of it is taken."""
    if len(data) > MOST_BYTES:
        raise BadFile(Why.TOO_LARGE)
    found = WAYS[form].read(data, language)
    if not found:
        raise BadFile(Why.EMPTY)
    if len(found) > MOST_QUESTIONS:
        raise BadFile(Why.TOO_MANY)
    return found


def format_of(name: str, data: bytes) -> Format:
    """Return of which format a file probably is, by how it begins."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK") or b"<assessmentItem" in head:
        return Format.QTI
    return Format.MOODLE if head.startswith(b"<") or name.lower().endswith(".xml") else Format.GIFT
