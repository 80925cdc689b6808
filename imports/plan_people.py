"""Plans the part of a line that is the person's: new or here already, what differs, where she works, her enrolment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from accounts.models import Person
from imports.ages import ADULT
from imports.lines import Line
from imports.models import ImportKind, StagedRow, Verdict
from imports.value_words import REASONS as OF_CELLS
from imports.value_words import REMEDIES as OF_CELLS_REMEDIES
from imports.value_words import Trouble
from imports.who import Who
from imports.words import KEEP, REASONS, REMEDIES, SKIP, TAKE, Why, choice
from learning import listing, services
from learning.access import Refusal
from learning.models import Attendance, Enrolment, EnrolmentState
from learning.words_of_groups import say_refused
from programme.models import Country

if TYPE_CHECKING:
    from imports.planning import Planner

NAME_AT_MOST = 160
FIELDS = {"sex": "sex", "birth_year": "birth_year", "age_band": "age_band", "position": "position"}


@dataclass
class Knowledge:
    """What is known of those whom a chunk of lines means: enrolments in the group's course, marks in its sessions."""

    latest: dict[int, Enrolment] = field(default_factory=dict)
    standing: dict[int, Enrolment] = field(default_factory=dict)
    marks: dict[tuple[int, int], Attendance] = field(default_factory=dict)
    past: dict[int, dict[tuple[str, str, str], Any]] = field(default_factory=dict)


def knowledge(planner: Planner, people: set[int]) -> Knowledge:
    """Return what stands of people (keys that count each once): two or three queries."""
    known = Knowledge()
    cohort = planner.cohort
    if cohort is not None and people:
        rows = Enrolment.objects.filter(person__canonical__in=people, course=cohort.course_id)
        for row in rows.select_related("person").order_by("enrolled_at", "pk"):
            human = row.person.canonical_id or row.person_id
            known.latest[human] = row
            if row.state != EnrolmentState.WITHDRAWN:
                known.standing[human] = row
    if planner.marks is not None:
        planner.marks.learn(known)
    if planner.batch.kind == ImportKind.HISTORIC:
        from imports import plan_past

        plan_past.learn(known, people)
    return known


def refuse_nameless(line: Line) -> None:
    """A line without name and without key is nobody's."""
    if not any(note.question == "" for note in line.notes):
        line.refuse(REASONS[Why.NO_NAME], REMEDIES[Why.NO_NAME], "name")


def settle_country(planner: Planner, line: Line, place: int | None) -> None:
    """Find where she works: as the line says, by the institution, by the group, or for the whole sheet."""
    cohort = planner.cohort
    line.country = (
        line.country
        or planner.places.country_of.get(place or 0, "")
        or (cohort.country_id if cohort and cohort.country_id else "")
        or (cohort.institution.country_id if cohort and cohort.institution else "")
        or planner.defaults.get("country", "")
    )


def plan(planner: Planner, line: Line, who: Who, known: Knowledge) -> dict[str, Any]:
    """Return what the person's part of a line would make."""
    place = planner.places.found.get(line.where)
    settle_age(planner, line)
    made: dict[str, Any] = {"who": {"pk": who.pk} if who.pk else {"ref": who.ref}}
    if who.pk:
        # Of who is a stranger to the importer nothing is filled and nothing told: a sheet would ask for it.
        # The first of her lines describes her; so it was while none of them was applied.
        seen = planner.directory.sight.of(who.pk) and who.pk not in planner.described
        planner.described.add(who.pk)
        made["fill"] = _differences(planner, line, who.pk) if seen else {}
        made["join"] = _joins(planner, line, who.pk, place) if seen else None
    elif not who.ref:
        made["who"] = {}
        made["new"] = _newcomer(line)
        made["join"] = place
    if planner.cohort is not None:
        made["enrol"] = _enrol(planner, line, who, known)
    return made


def settle_age(planner: Planner, line: Line) -> None:
    """Refuse who is younger than 18 today, and keep the band of the others: a sheet of 2019 tells an age of then."""
    if line.age is None:
        return
    day = line.past.get("on") or line.past.get("from") or planner.at.date()
    age = line.age.after(max(0, planner.at.year - day.year))
    if age.high < ADULT:
        line.refuse(OF_CELLS[Trouble.UNDER_AGE], OF_CELLS_REMEDIES[Trouble.UNDER_AGE], "age")
    elif age.band:
        line.known["age_band"] = age.band


def _newcomer(line: Line) -> dict[str, Any]:
    if not line.name:
        line.refuse(REASONS[Why.NO_NAME], REMEDIES[Why.NO_NAME], "name")
    if not line.country:
        line.refuse(REASONS[Why.NO_COUNTRY], REMEDIES[Why.NO_COUNTRY], "country")
    if len(line.name) > NAME_AT_MOST or len(line.email) > 254:
        line.refuse(REASONS[Why.TOO_LONG], REMEDIES[Why.TOO_LONG], "name", line.name[:60])
    said = {name: line.known[key] for name, key in FIELDS.items() if line.known.get(key)}
    return {"name": line.name, "country": line.country, "email": line.email, "phone": line.phone, **said}


def _differences(planner: Planner, line: Line, pk: int) -> dict[str, Any]:
    """Return the blanks that may be filled and what somebody said should replace what is kept.

    The profile of whoever has come in is hers: what it leaves open stays open.
    """
    facts = planner.directory.facts.get(pk, {})
    hers = facts.get("user__last_login") is not None or bool(facts.get("user__is_staff"))
    fill: dict[str, Any] = {}
    for name, key in FIELDS.items():
        given, kept = line.known.get(key), facts.get(name)
        if not given or given == kept or (kept and name == "age_band"):
            # An age is another one every year: it speaks against nothing that is kept.
            continue
        if (kept and _differs(planner, line, name, given, take=not hers)) or (not kept and not hers):
            fill[name] = given
    for name in ("email", "phone"):
        given, kept = getattr(line, name), facts.get(f"user__{name}")
        if given and kept and given != kept:
            _differs(planner, line, name, given, take=False)
    return fill


def _differs(planner: Planner, line: Line, name: str, given: object, *, take: bool) -> bool:
    """Ask whether what is kept stays; say whether it is to be replaced."""
    question = f"keep:{line.identity()[:16]}:{name}"
    answer = planner.answers.get(question, "")
    if answer == KEEP:
        return False
    if answer == TAKE and take:
        return True
    choices = [choice(KEEP), *([choice(TAKE)] if take else [])]
    line.ask(question, REASONS[Why.DIFFERS], REMEDIES[Why.DIFFERS], choices, of=name, value=given)
    return False


def _joins(planner: Planner, line: Line, pk: int, place: int | None) -> int | None:
    here = planner.directory.places_of.get(pk, set())
    if place is None or place in here or planner.places.parent_of.get(place) in here:
        return None
    if not here:
        return place
    question = f"works:{line.identity()[:16]}"
    answer = planner.answers.get(question, "")
    if answer not in {KEEP, TAKE}:
        why = Why.WORKS_ELSEWHERE
        choices = [choice(KEEP), choice(TAKE)]
        line.ask(question, REASONS[why], REMEDIES[why], choices, of="institution", value=line.place)
    return place if answer == TAKE else None


def _enrol(planner: Planner, line: Line, who: Who, known: Knowledge) -> str:
    """Return how she comes into the group: «new», «back», «again», or not at all because she is in it."""
    cohort = planner.cohort
    standing, latest = known.standing.get(who.pk or 0), known.latest.get(who.pk or 0)
    if who.ref:
        return ""
    if cohort is None or (standing is not None and standing.cohort_id == cohort.pk):
        return ""
    if latest is None or (standing is not None and standing.state == EnrolmentState.ACTIVE):
        return "new"
    way, why = ("back", Why.LEFT_GROUP) if standing is None else ("again", Why.COMPLETED_BEFORE)
    question = f"{way}:{line.identity()[:16]}"
    answer = planner.answers.get(question, "")
    if answer not in {TAKE, SKIP}:
        line.ask(
            question, REASONS[why], REMEDIES[why], [choice(TAKE), choice(SKIP)], of="name", value=line.name
        )
    return way if answer == TAKE else ""


def foresee(planner: Planner, rows: Sequence[StagedRow], lines: Sequence[Line]) -> None:
    """Refuse the lines of whom the group would refuse: the rule is asked for the whole chunk."""
    cohort = planner.cohort
    pairs = [(row, line) for row, line in zip(rows, lines, strict=True) if row.plan.get("enrol")]
    if cohort is None or not pairs:
        return
    countries = Country.objects.in_bulk({line.country for _row, line in pairs if line.country})
    people = _people_of(planner, [row for row, _line in pairs], [line for _row, line in pairs], countries)
    late = planner.batch.kind == ImportKind.ATTENDANCE
    try:
        told = listing.foresee(cohort=cohort, people=people, by=planner.batch.by, late=late, at=planner.at)
    except services.Refused as refused:
        for row, line in pairs:
            _refuse(row, line, refused.reason)
        return
    for (row, line), listed in zip(pairs, told.lines, strict=True):
        if listed.verdict == listing.Verdict.REFUSED and listed.reason:
            _refuse(row, line, listed.reason)


def _people_of(
    planner: Planner, rows: Sequence[StagedRow], lines: Sequence[Line], countries: dict[str, Country]
) -> list[Person]:
    here = Person.objects.select_related("country").in_bulk(
        [row.plan["who"]["pk"] for row in rows if row.plan["who"]]
    )
    return [
        here.get(row.plan["who"].get("pk", 0)) or Person(country=countries.get(line.country))
        for row, line in zip(rows, lines, strict=True)
    ]


def _refuse(row: StagedRow, line: Line, refusal: Refusal) -> None:
    why = Why.ELSEWHERE if refusal == Refusal.ALREADY_ENROLLED else Why.NOT_ENROLLED
    line.refuse(f"{REASONS[why]} {say_refused(refusal)}", REMEDIES[why], "name", line.name)
    row.reasons = [note.as_json() for note in line.notes]
    row.verdict = Verdict.REFUSED
