"""Looks in an answer, whatever its kind, for what its reader must not be told.

Books (XLSX) are unpacked and papers (PDF) read; pages, CSV and JSON are text as they come.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tests.permissions.world import COORDINATES, NAME, PLACE, World, marks

# Who is never told who Amina is: another country's coordinator, who reads signs, and who writes another course.
NEVER_TOLD = ("hilda", "iker", "gael", "dalia")
# Whose answers may never name how to reach her either: her focal point knows her by name.
NEVER_REACHED = (*NEVER_TOLD, "chipo", "bruno", "farid")
CLOCK = re.compile(r"(\d\d:\d\d:\d\d)\.\d+")


def text_of(response: Any) -> str:
    """Return what was sent as text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK\x03\x04"):
        book = zipfile.ZipFile(io.BytesIO(content))
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if content.startswith(b"%PDF"):
        # Papers that the tests put away only begin like one.
        with contextlib.suppress(PyPdfError):
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    # The fractions of a second are nobody's points, and once in a thousand times they look like them.
    return CLOCK.sub(r"\1", content.decode("utf-8", "replace"))


def marks_for(world: World, role: str) -> tuple[str, ...]:
    """Return what this role must find nowhere."""
    found = marks()
    if role in NEVER_TOLD:
        found += (NAME, world.certificate.code)
    if role in NEVER_REACHED:
        found += ("amina@senda.example",)
    if role == "iker":
        found += (world.users["farid"].username, world.users["farid"].readable_code)
    return found


def telling(world: World, role: str, response: Any) -> list[str]:
    """Return which of these an answer tells."""
    text = text_of(response)
    return [mark for mark in marks_for(world, role) if mark and mark in text]


def of_the_place() -> tuple[str, ...]:
    """Return what says where the shelter is, in words and in figures."""
    return (PLACE, *COORDINATES)
