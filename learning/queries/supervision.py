"""A group's supervision, its refreshers and its cascade, as who runs it sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from institutions.small_cells import hidden
from learning.models import (
    AgreedAction,
    Cohort,
    Enrolment,
    EnrolmentState,
    SupervisionSession,
)
from learning.refreshing import Due, due_in, months_of

if TYPE_CHECKING:
    from accounts.models import Person

COUNTS = ("women", "men", "other", "unsaid")
GENERATIONS = 6


@dataclass(frozen=True)
class Pending:
    """What was agreed and is not done."""

    action: AgreedAction
    overdue: bool


@dataclass(frozen=True)
class SupervisionScreen:
    """The supervision of a group. `by_sex`: all times together, None where so few were there that it would tell who."""

    cohort: Cohort
    sessions: tuple[SupervisionSession, ...]
    pending: tuple[Pending, ...]
    times: int
    minutes: int
    attended: int
    by_sex: tuple[tuple[str, int | None], ...]


def supervision_screen(cohort: Cohort) -> SupervisionScreen:
    """Return what was written down of a group's supervision: two queries."""
    today = timezone.localdate()
    actions = Prefetch("actions", AgreedAction.objects.order_by("due_on", "pk"))
    rows = tuple(cohort.supervision.prefetch_related(actions))
    open_ones = [action for row in rows for action in row.actions.all() if action.done_on is None]
    open_ones.sort(key=lambda action: (action.due_on, action.pk))
    figures = {name: sum(getattr(row, name) for row in rows) for name in COUNTS}
    too_few = hidden(figures)
    return SupervisionScreen(
        cohort=cohort,
        sessions=rows,
        pending=tuple(Pending(action, action.due_on < today) for action in open_ones),
        times=len(rows),
        minutes=sum(row.minutes for row in rows),
        attended=sum(figures.values()),
        by_sex=tuple(
            (_called(name), None if name in too_few else figure) for name, figure in figures.items()
        ),
    )


def _called(name: str) -> str:
    return str(SupervisionSession._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a plain field


@dataclass(frozen=True)
class RefreshersScreen:
    """Who of a group is due for a refresher, and the groups of the reader that could take them."""

    cohort: Cohort
    months: int
    due: tuple[Due, ...]
    later: tuple[Due, ...]
    groups: tuple[Cohort, ...]


def refreshers_screen(cohort: Cohort, by: Person) -> RefreshersScreen:
    """Return who is due soon, who later, and the reader's other running groups of the course."""
    today = timezone.localdate()
    found = due_in(cohort, today=today)
    groups = Cohort.objects.facilitated_by(by).running(today).filter(course=cohort.course_id)
    return RefreshersScreen(
        cohort=cohort,
        months=months_of(cohort),
        due=tuple(one for one in found if one.now),
        later=tuple(one for one in found if not one.now),
        groups=tuple(groups.exclude(pk=cohort.pk).order_by("name", "pk")),
    )


@dataclass(frozen=True)
class Branch:
    """A group that hangs on another one. `trainers`: who facilitates it, and whether she was trained in that one."""

    cohort: Cohort
    parent: Cohort
    people: int
    completed: int
    trainers: tuple[tuple[Person, bool], ...]


@dataclass(frozen=True)
class Generation:
    """The groups so many steps away, and their people, each once. Never added to those of another generation."""

    number: int
    branches: tuple[Branch, ...]
    people: int
    completed: int


@dataclass(frozen=True)
class CascadeScreen:
    """A group, its own people, and what those whom it trained have opened since."""

    cohort: Cohort
    people: int
    completed: int
    trainers: int
    generations: tuple[Generation, ...]

    @property
    def named(self) -> int:
        """Return how many people stand on the page by name."""
        return sum(len(branch.trainers) for one in self.generations for branch in one.branches)


def cascade_screen(cohort: Cohort) -> CascadeScreen:
    """Return the groups that hang on `cohort`, generation by generation: four queries each."""
    generations: list[Generation] = []
    above, seen = {cohort.pk: cohort}, {cohort.pk}
    while above and len(generations) < GENERATIONS:
        groups = [one for one in _children(above) if one.pk not in seen]
        if groups:
            generations.append(_generation(len(generations) + 2, groups, above))
        above = {one.pk: one for one in groups}
        seen |= above.keys()
    people, completed = _people([cohort.pk])
    first = generations[0].branches if generations else ()
    trained = {person.canonical_id for branch in first for person, here in branch.trainers if here}
    return CascadeScreen(cohort, people, completed, len(trained), tuple(generations))


def _children(above: Iterable[int]) -> list[Cohort]:
    standing = ~Q(enrolments__state=EnrolmentState.WITHDRAWN)
    completed = Q(enrolments__state=EnrolmentState.COMPLETED)
    who = "enrolments__person__canonical"
    rows = Cohort.objects.filter(parent__in=list(above)).annotate(
        learners=Count(who, filter=standing, distinct=True),
        graduates=Count(who, filter=completed, distinct=True),
    )
    return list(rows.prefetch_related("facilitators").order_by("starts_on", "created_at", "pk"))


def _generation(number: int, groups: list[Cohort], above: dict[int, Cohort]) -> Generation:
    graduates = _graduates(above)
    branches = []
    for group in groups:
        parent = above[group.parent_id or 0]
        trainers = tuple(
            (person, (parent.pk, person.canonical_id) in graduates) for person in group.facilitators.all()
        )
        branches.append(Branch(group, parent, group.learners, group.graduates, trainers))
    people, completed = _people([group.pk for group in groups])
    return Generation(number, tuple(branches), people, completed)


def _graduates(above: Iterable[int]) -> set[tuple[int | None, int | None]]:
    rows = Enrolment.objects.filter(cohort__in=list(above), state=EnrolmentState.COMPLETED)
    return set(rows.values_list("cohort_id", "person__canonical_id"))


def _people(cohorts: list[int]) -> tuple[int, int]:
    rows = Enrolment.objects.filter(cohort__in=cohorts).standing()
    figures = rows.order_by().aggregate(
        people=Count("person__canonical", distinct=True),
        completed=Count("person__canonical", filter=Q(state=EnrolmentState.COMPLETED), distinct=True),
    )
    return figures["people"], figures["completed"]
