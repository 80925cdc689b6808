"""Prints a dossier: an archival, tagged PDF by Typst, in the reader's language. Its words go there as data."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.languages import interface_language
from common.sheets import typesetting
from common.sheets.printable import with_gaps
from institutions.dossier import Dossier, OneAgreement, Shown
from institutions.models import AdviceAction, AdviceRecord, Institution
from institutions.small_cells import FEWEST
from institutions.words import SEXES, STATES

TEMPLATE = Path(__file__).parent / "typst" / "dossier.typ"


@dataclass(frozen=True)
class Heading:
    """Who prints it."""

    platform: str
    organisation: str


@dataclass(frozen=True)
class Table:
    """A table as the template takes it; `numbers` are the columns that stand to the right."""

    head: list[str]
    rows: list[list[str]]
    widths: list[int]
    title: str = ""
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A part of the sheet under its title."""

    title: str
    words: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    note: str = ""


def print_dossier(dossier: Dossier, heading: Heading, *, at: dt.datetime) -> bytes:
    """Return the dossier as PDF bytes, dated `at` (aware)."""
    moment = at.astimezone(dt.UTC).replace(microsecond=0)
    data = _drawable(_data(dossier, heading))
    data["date"] = {
        part: getattr(moment, part) for part in ("year", "month", "day", "hour", "minute", "second")
    }
    inputs = {"content": json.dumps(data, ensure_ascii=False)}
    return typesetting.compile_pdf(TEMPLATE, inputs, at=moment)


def _drawable(value: Any) -> Any:
    """Return `value` with every text in it as the fonts can draw it."""
    if isinstance(value, str):
        return with_gaps(value)
    if isinstance(value, dict):
        return {key: _drawable(entry) for key, entry in value.items()}
    return [_drawable(entry) for entry in value] if isinstance(value, list) else value


def _data(dossier: Dossier, heading: Heading) -> dict[str, Any]:
    sections = [_agreements(dossier), _trained(dossier), _advice(dossier), _actions(dossier)]
    return {
        "title": _("Dossier for the meeting"),
        "subject": ", ".join(institution.name for institution in dossier.institutions),
        "platform": heading.platform,
        "organisation": heading.organisation,
        "institutions": [institution.name for institution in dossier.institutions],
        "lead": _lead(dossier),
        "sections": [asdict(section) for section in sections],
        "foot": _("Figures of %(date)s. No person is named.") % {"date": _day(dossier.on)},
        "lang": interface_language(),
        "region": None,
    }


def _lead(dossier: Dossier) -> list[str]:
    said = [_institution(institution) for institution in dossier.institutions]
    if dossier.units:
        counted = ngettext(
            "%(count)d unit is reckoned in.", "%(count)d units are reckoned in.", dossier.units
        )
        said.append(counted % {"count": dossier.units})
    return list(dict.fromkeys(said))


def _institution(institution: Institution) -> str:
    parts = [institution.get_type_display(), institution.division, institution.country]
    above = _("unit of %(name)s") % {"name": institution.parent.name} if institution.parent else ""
    return " · ".join(str(part) for part in [*parts, above] if part)


def _agreements(dossier: Dossier) -> Section:
    words = [] if dossier.agreements else [_("No agreement is on record.")]
    head = [_("Agreement"), _("State"), _("In force from"), _("Until")]
    rows = [_agreement(row) for row in dossier.agreements]
    tables = [Table(head, rows, [9, 4, 4, 4])] if rows else []
    details = [said for row in dossier.agreements for said in _details(row)]
    return Section(_("Agreements"), words=words, tables=tables, facts=details)


def _agreement(row: OneAgreement) -> list[str]:
    agreement = row.agreement
    name = f"{agreement.get_kind_display()}: {agreement.title} ({', '.join(row.parties)})"
    end = agreement.ended_on or row.end
    start = _day(agreement.starts_on) if agreement.starts_on else "—"
    without = _("without end") if agreement.signed_on else "—"
    return [name, str(STATES[row.state]), start, _day(end) if end else without]


def _details(row: OneAgreement) -> list[str]:
    agreement = row.agreement
    said = [f"{agreement.title}: {agreement.scope}"] if agreement.scope else []
    for added in row.addenda:
        words = _("Addendum of %(date)s to «%(title)s»: %(text)s")
        said.append(words % {"date": _day(added.signed_on), "title": agreement.title, "text": added.text})
    return said


def _trained(dossier: Dossier) -> Section:
    title = _("People trained")
    if dossier.people is None:
        return Section(
            title, words=[_("Fewer than %(count)d people have completed a course.") % {"count": FEWEST}]
        )
    words = _("%(people)s people have completed at least one course: %(hours)s hours in all.")
    people = [_("People"), _("Hours")]
    tables = [
        Table([_("Course"), *people], _rows(dossier.by_course), [8, 2, 2], _("By course"), [1, 2]),
        Table([_("Year"), *people], _rows(dossier.by_year), [8, 2, 2], _("By year"), [1, 2]),
        _by_sex(dossier.by_sex),
    ]
    return Section(
        title,
        words=[words % {"people": _number(dossier.people), "hours": _number(dossier.hours or 0)}],
        tables=tables,
        note=" ".join([_("Each person is counted once in a row."), _unseen()]),
    )


def _unseen() -> str:
    words = _("Figures under %(count)d, and those from which they would follow, are not shown.")
    return words % {"count": FEWEST}


def _rows(rows: Any) -> list[list[str]]:
    return [[row.name, _figure(row.people), _hours(row)] for row in rows]


def _hours(row: Shown) -> str:
    return "—" if row.hours is None else _number(row.hours)


def _figure(value: int | None) -> str:
    return "—" if value is None else _number(value)


def _by_sex(by_sex: dict[str, int | None]) -> Table:
    rows = [[str(SEXES[sex]), _figure(figure)] for sex, figure in by_sex.items()]
    return Table([_("Sex or gender"), _("People")], rows, [10, 2], _("By sex or gender"), [1])


def _advice(dossier: Dossier) -> Section:
    advice, title = dossier.advice, _("Technical advice")
    if not advice.times:
        return Section(title, words=[_("None has been recorded.")])
    counted = ngettext("%(count)d time, %(hours)s hours.", "%(count)d times, %(hours)s hours.", advice.times)
    words = counted % {"count": advice.times, "hours": _number(advice.hours)}
    if advice.people is not None:
        words += " " + _("%(people)s attendances.") % {"people": _number(advice.people)}
    head = [_("Date"), _("Kind"), _("Topics"), _("Hours")]
    rows = [_one_advice(row) for row in advice.latest]
    tables = [Table(head, rows, [4, 5, 9, 2], _("The latest"), [3])]
    if advice.people is not None:
        tables.append(_by_sex(advice.by_sex))
    note = _unseen() if None in advice.by_sex.values() else ""
    return Section(title, words=[words], tables=tables, note=note)


def _one_advice(row: AdviceRecord) -> list[str]:
    return [_day(row.held_on), row.get_kind_display(), row.topic_words, _number(row.hours)]


def _actions(dossier: Dossier) -> Section:
    title = _("Pending actions")
    if not dossier.actions:
        return Section(title, words=[_("Nothing is pending.")])
    head = [_("What was agreed"), _("Who answers for it"), _("Due on")]
    rows = [_action(row, dossier.on) for row in dossier.actions]
    left = dossier.actions_left_out
    more = ngettext("%(count)d more is pending.", "%(count)d more are pending.", left) % {"count": left}
    return Section(title, tables=[Table(head, rows, [9, 5, 5])], note=more if left else "")


def _action(row: AdviceAction, on: dt.date) -> list[str]:
    day = _day(row.due_on)
    return [
        row.text,
        row.get_role_display(),
        _("%(date)s (overdue)") % {"date": day} if row.due_on < on else day,
    ]


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


def _number(value: Any) -> str:
    shown = value.normalize() if hasattr(value, "normalize") else value
    return number_format(f"{shown:f}" if hasattr(shown, "as_tuple") else shown, force_grouping=True)
