"""Makes the demo's people who are there twice: a pair to look at, one that was united, one that are two sisters.

Some of what people say of their workplaces is confirmed, some refused, some waits.
"""

from __future__ import annotations

from accounts.merging import merge
from accounts.models import Person
from courses.models import Course
from home.demo import people, steps
from home.demo.calendar import ago
from home.demo.people import Someone
from institutions import confirming, duplicates
from institutions.models import DuplicateSuggestion, Institution, Membership

PAIRS = (
    (
        Someone(
            "luz",
            "Luz Marina Tzoc Ajanel",
            "GT",
            "luz@senda.example",
            "shelter",
            position="shelter",
            birth_year=1997,
        ),
        Someone(
            "luz-again",
            "LUZ TZOC AJANEL",
            "GT",
            "luz.otra@senda.example",
            "shelter",
            position="shelter",
            birth_year=1997,
        ),
    ),
    (
        Someone(
            "noe", "Noé Güitz Marroquín", "MX", "noe@senda.example", "hospital", sex="man", birth_year=1993
        ),
        Someone(
            "noe-again",
            "Noe Guitz Marroquin",
            "MX",
            "noe.otro@senda.example",
            "hospital",
            sex="man",
            birth_year=1993,
        ),
    ),
    (
        Someone("ada", "Ada Luz Pech Uc", "MX", "ada@senda.example", "hospital", birth_year=1998),
        Someone("ida", "Aida Luz Pech Uc", "MX", "ida@senda.example", "hospital", birth_year=2000),
    ),
)


def load_twice(course: Course, institutions: dict[str, Institution], *, by: Person) -> list[str]:
    """Make them once, through the services; returns whom this run made."""
    if people.find(PAIRS[0][0].key):
        return []
    made = {one.key: _somebody(one, institutions) for pair in PAIRS for one in pair}
    steps.do_lessons(steps.enrol(made["luz"], course, days=60), 5)
    steps.do_lessons(steps.enrol(made["noe"], course, days=80), 6)
    steps.do_lessons(steps.enrol(made["noe-again"], course, days=30), 2)
    _decide_on_memberships(made, by=by)
    duplicates.suggest()
    _decide_on_pairs(made, by=by)
    return list(made)


def _somebody(someone: Someone, institutions: dict[str, Institution]) -> Person:
    person = people.sign_up(someone, days=120)
    people.work_at(person, institutions[someone.institution], days=120)
    people.tell_details(person, someone)
    return person


def _decide_on_memberships(made: dict[str, Person], *, by: Person) -> None:
    rows = {row.person_id: row for row in Membership.objects.filter(person__in=made.values())}
    confirming.confirm(membership=rows[made["ada"].pk], by=by, at=ago(20))
    confirming.confirm(membership=rows[made["ida"].pk], by=by, at=ago(20))
    confirming.refuse(membership=rows[made["noe-again"].pk], by=by, reason="mistake", at=ago(10))


def _decide_on_pairs(made: dict[str, Person], *, by: Person) -> None:
    merge(
        duplicate=made["noe-again"],
        into=made["noe"],
        by=by,
        reason="Me lo dijo él por teléfono (demostración)",
        at=ago(5),
    )
    pair = sorted((made["ada"].pk, made["ida"].pk))
    for row in DuplicateSuggestion.objects.filter(first=pair[0], second=pair[1]):
        duplicates.not_the_same(suggestion=row, by=by, at=ago(4))
