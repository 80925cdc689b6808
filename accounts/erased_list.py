"""Keeps beside the database who was erased, so that a restored backup brings nobody back.

One line an account: key, way, moment. No name. The file lies in the site's own folder and in no backup of it: a
backup of yesterday does not know who was erased today. Each night it is written anew from the rows.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from accounts.models import Erasure, Person

logger = logging.getLogger(__name__)

Line = tuple[UUID, str, dt.datetime]


def path() -> Path:
    """Return where the list lies."""
    return Path(settings.VAR_DIR) / "erased.txt"


def add(persons: Iterable[Person], *, way: str, at: dt.datetime) -> None:
    """Append who was erased; where the disk refuses, the night writes it."""
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        with path().open("a", encoding="ascii") as file:
            file.writelines(f"{person.key} {way} {at.isoformat()}\n" for person in persons)
    except OSError:
        logger.exception("The list of erased keys could not be written")


def read(file: Path | None = None) -> Iterator[Line]:
    """Yield the lines that can be read, of one file or of the site's own; later ones count."""
    place = file or path()
    if not place.is_file():
        return
    for text in place.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            key, way, moment = text.split()
            yield UUID(key), way, dt.datetime.fromisoformat(moment)
        except ValueError:
            logger.warning("A line of the list of erased keys cannot be read")


def write_anew() -> int:
    """Write the list from its own lines and the database's rows; return how many accounts it names."""
    lines = {key: (way, moment) for key, way, moment in read()}
    for row in Erasure.objects.select_related("person").iterator():
        lines[row.person.key] = (row.way, row.erased_at)
    path().parent.mkdir(parents=True, exist_ok=True)
    unfinished = path().with_suffix(".new")
    unfinished.write_text(
        "".join(f"{key} {way} {moment.isoformat()}\n" for key, (way, moment) in lines.items()),
        encoding="ascii",
    )
    unfinished.rename(path())
    return len(lines)


def reapply(file: Path | None = None) -> int:
    """Erase whoever a restored backup brought back; return how many accounts."""
    from accounts import erasing

    found = 0
    for key, way, moment in read(file):
        person = Person.objects.filter(key=key, erased_at__isnull=True).first()
        if person is not None:
            erasing.again(person=person, way=way, at=moment)
            found += 1
    return found
