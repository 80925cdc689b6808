"""The table of the demo's accounts: who, how to sign in, and what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass

from home.demo import on_duty, people, places
from home.demo.learners import LEARNERS


@dataclass(frozen=True)
class Row:
    """One account."""

    role: str
    identifier: str
    secret: str
    look_at: str


def rows() -> list[Row]:
    """Return all accounts, the cast first."""
    farid = f"{people.FARID_CODE[:4]}-{people.FARID_CODE[4:]}"
    cast = [
        Row("Administrator", people.ADMIN.contact, people.PASSWORD, "everything: /admin/"),
        Row(
            "Amina, learner",
            people.AMINA.contact,
            people.PASSWORD,
            "mid-course, in a group with dates: /aprender/",
        ),
        Row(
            "Bruno, trainer",
            people.BRUNO.contact,
            people.PASSWORD,
            "writes at /admin/, facilitates /aprender/grupos/",
        ),
        Row(
            "Gael, trainer",
            people.GAEL.contact,
            people.PASSWORD,
            "writes DSM-02 alone: sees nothing of PAP-01",
        ),
        Row("Chipo, focal point", people.CHIPO.contact, people.PASSWORD, "of Amina's hospital"),
        Row(
            "Dalia, focal point",
            people.DALIA.contact,
            people.PASSWORD,
            "of another place: sees nothing of Amina's",
        ),
        Row("Elena, programme", people.ELENA.contact, people.PASSWORD, "follows the programme: /admin/"),
        Row(
            "Carla, coordinator",
            people.CARLA.contact,
            people.PASSWORD,
            "approves what trainers hand in: /admin/",
        ),
        Row(
            "Hilda, coordination",
            on_duty.HILDA.contact,
            people.PASSWORD,
            "of Guatemala alone: institutions, groups, certificates: /admin/",
        ),
        Row("Íker, monitoring", on_duty.IKER.contact, people.PASSWORD, "signs in place of names: /admin/"),
        Row(
            "Julia, audit",
            on_duty.JULIA.contact,
            people.PASSWORD,
            "reads everything, changes nothing, for sixty days: /admin/auditoria/",
        ),
        Row("Kenia, audit", on_duty.KENIA.contact, people.PASSWORD, "hers is over: /admin/ is closed to her"),
        Row("Farid, learner", farid, people.FARID_PIN, "code and PIN; sign in as on a shared phone"),
    ]
    return cast + [
        Row(someone.name.split()[0], someone.contact, people.PASSWORD, _first_line(story.__doc__))
        for someone, story in LEARNERS
    ]


def as_text() -> str:
    """Return the table as plain text."""
    table = [Row("Who", "Signs in with", "Password or PIN", "What to look at"), *rows()]
    widths = [max(len(cells[place]) for cells in map(_cells, table)) for place in range(3)]
    lines = [
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(_cells(row), widths, strict=False)), row.look_at]
        )
        for row in table
    ]
    codes = (
        f"Codes to enrol at /aprender/codigo/: {places.CODE} (good), {places.EXPIRED_CODE} (past its day)."
    )
    return "\n".join(["The demo. Everybody is invented.", "", *lines, "", codes, ""])


def _cells(row: Row) -> tuple[str, str, str]:
    return row.role, row.identifier, row.secret


def _first_line(words: str | None) -> str:
    return (words or "").strip().splitlines()[0].rstrip(".")
