"""A facilitator's cohorts: who is in them, how far, and what can be accredited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.accommodating import extra_times
from assessments.choices import ExtraTime
from assessments.models import Attempt
from assessments.terms import any_timed
from common.languages import content_language
from common.text import fold
from courses import versions
from courses.gate import Impact
from learning.attempts import quizzes_used_up
from learning.beside import Link, group_links, write_address
from learning.impact import impact_on_cohort
from learning.models import ActivityCompletion, Cohort, Enrolment, EnrolmentCode, EnrolmentState, RequestState
from learning.overtaken import overtaken
from learning.queries.groups import Moved, moved

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person
    from courses.models import CourseVersion


PER_PAGE = 50
LONGEST_SOUGHT = 60


@dataclass(frozen=True)
class Pending:
    """An activity that a learner has not done. Whether she skipped it, or with which mark she tried, is not told."""

    key: UUID
    title: str


@dataclass(frozen=True)
class Member:
    """A learner of a cohort as her facilitator sees her: how far, never with which answers."""

    enrolment: Enrolment
    person: Person
    done: int
    of: int
    completed: bool
    can_accredit: tuple[Pending, ...]
    used_up: tuple[Pending, ...]
    # Where she is written to, if a room above offers it.
    write_url: str = ""
    # How much longer she may take over quizzes with a time limit, in %.
    extra_percent: int = 0


@dataclass(frozen=True)
class Waiting:
    """A released version that a cohort with dates has not taken, and whom of it the acceptance would touch."""

    version: CourseVersion
    impact: Impact
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class CodeLine:
    """An enrolment code of a cohort, and the day on which it lost its validity if it has."""

    code: str
    expired_on: dt.date | None


@dataclass(frozen=True)
class CohortView:
    """A cohort and a page of its members by name. `people` and `completed` count everybody of it once, whatever was
    merged; `sought` is the part of a name that the members were narrowed to.
    """

    cohort: Cohort
    words: versions.CourseWords
    members: tuple[Member, ...]
    page: Page[Enrolment]
    sought: str
    people: int
    completed: int
    codes: tuple[CodeLine, ...]
    asking: int
    moved: tuple[Moved, ...]
    waiting: Waiting | None = None
    links: tuple[Link, ...] = ()
    # How many attempts of the group hold open answers that nobody has read.
    to_read: int = 0
    # What may be given where a quiz of the course has a time limit: (percent, words); empty where none has.
    extra_times: tuple[tuple[int, str], ...] = ()

    def address_of(self, page: int) -> str:
        """Return the query of another page of the same members."""
        return "?" + urlencode({**({"q": self.sought} if self.sought else {}), "p": page})

    @property
    def previous_url(self) -> str:
        """Return the page before, if there is one."""
        return self.address_of(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Return the page after, if there is one."""
        return self.address_of(self.page.next_page_number()) if self.page.has_next() else ""


def facilitated(person: Person) -> list[Cohort]:
    """Return the cohorts that `person` facilitates, newest first, with the number of people as `learners` and of those
    who ask to join as `asking`.
    """
    people = Count(
        "enrolments__person__canonical",
        filter=~Q(enrolments__state=EnrolmentState.WITHDRAWN),
        distinct=True,
    )
    asking = Count("join_requests", filter=Q(join_requests__state=RequestState.OPEN), distinct=True)
    hers = Cohort.objects.facilitated_by(person).select_related("course", "institution")
    return list(hers.annotate(learners=people, asking=asking).order_by("-created_at", "-pk"))


def cohort_view(request: HttpRequest, cohort: Cohort) -> CohortView:
    """Return a page of the members of `cohort` and what can be accredited to each.

    All of a group are read, since everybody counts once whatever was merged; what they did is asked for a page alone.
    """
    rows = list(
        cohort.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("person", "version")
        .defer("version__manifest")
        .order_by("person__display_name", "person__certificate_name", "pk")
    )
    gone_past = overtaken(rows, human=lambda row: row.person.canonical_id)
    rows = [row for row in rows if row.pk not in gone_past]
    language = content_language()
    titles: dict[UUID, str] = {}
    for version in {row.version for row in rows}:
        words = versions.outline(versions.manifest_of(version), language=language, request=request)
        titles.update({key: word.title for key, word in words.words.items()})
    sought = " ".join(request.GET.get("q", "").split())[:LONGEST_SOUGHT]
    page = Paginator(_named(rows, sought), PER_PAGE).get_page(request.GET.get("p"))
    shown = list(page.object_list)
    prefetch_related_objects(
        shown, Prefetch("done", ActivityCompletion.objects.only("enrolment_id", "activity"))
    )
    used_up = quizzes_used_up(shown)
    timed = _is_timed(cohort, rows)
    extra = (
        extra_times([row.person.canonical_id for row in shown if row.person.canonical_id]) if timed else {}
    )
    members = tuple(_member(row, titles, used_up, extra) for row in shown)
    people = {row.person.canonical_id for row in rows}
    completed = {row.person.canonical_id for row in rows if row.state == EnrolmentState.COMPLETED}
    return CohortView(
        cohort=cohort,
        words=versions.course_words(cohort.course, language=language, request=request),
        members=members,
        page=page,
        sought=sought,
        people=len(people),
        completed=len(completed),
        codes=tuple(_code(code) for code in cohort.codes.all()),
        asking=cohort.join_requests.filter(state=RequestState.OPEN).count(),
        moved=tuple(moved(cohort)),
        waiting=_waiting(cohort, language),
        links=tuple(group_links(cohort)),
        to_read=_to_read(rows),
        extra_times=_offered() if timed else (),
    )


def _named(rows: list[Enrolment], sought: str) -> list[Enrolment]:
    """Return those in whose name every word of `sought` stands, as far as people write it."""
    words = fold(sought).split()
    return [row for row in rows if all(word in _folded(row.person) for word in words)] if words else rows


def _folded(person: Person) -> str:
    return fold(f"{person.display_name} {person.certificate_name}")


def _to_read(rows: list[Enrolment]) -> int:
    return Attempt.objects.submitted().filter(to_read__gt=0, context__in=[row.key for row in rows]).count()


def _offered() -> tuple[tuple[int, str], ...]:
    return ((0, _("as long as everybody")), *((each.value, str(each.label)) for each in ExtraTime))


def _is_timed(cohort: Cohort, rows: list[Enrolment]) -> bool:
    """Say whether somebody of the group meets a quiz with a time limit; on a sensitive course none counts."""
    if cohort.course.sensitive:
        return False
    quizzes = {a.quiz for row in rows for a in versions.manifest_of(row.version) if a.quiz}
    return bool(quizzes) and any_timed(quizzes)


def _code(code: EnrolmentCode) -> CodeLine:
    over = code.valid_until is not None and code.valid_until < timezone.localdate()
    return CodeLine(code.code, code.valid_until if over else None)


def _waiting(cohort: Cohort, language: str) -> Waiting | None:
    if not cohort.pins_version or cohort.version is None:
        return None
    newest = versions.current(cohort.course)
    if newest is None or newest == cohort.version:
        return None
    old, new = versions.manifest_of(cohort.version), versions.manifest_of(newest)
    found = versions.difference(old, new)
    words = versions.told_apart({row.key: row for row in (*old, *new)}.values(), language=language)
    return Waiting(
        version=newest,
        impact=impact_on_cohort(cohort, new),
        added=tuple(words[key].title for key in found.added),
        removed=tuple(words[key].title for key in found.removed),
    )


def _member(
    row: Enrolment, titles: dict[UUID, str], used_up: set[tuple[UUID, UUID]], extra: Mapping[int, int]
) -> Member:
    manifest = versions.manifest_of(row.version)
    asked = manifest.for_reader(row.reader)
    done = {completion.activity for completion in row.done.all()}
    required = manifest.required(modality=row.modality, reader=row.reader)
    return Member(
        enrolment=row,
        person=row.person,
        done=sum(1 for activity in required if activity.key in done),
        of=len(required),
        completed=row.state == EnrolmentState.COMPLETED,
        can_accredit=tuple(
            Pending(activity.key, titles.get(activity.key, ""))
            for activity in asked
            if activity.skippable and activity.key not in done
        ),
        used_up=tuple(
            Pending(activity.key, titles.get(activity.key, ""))
            for activity in asked
            if activity.key not in done and (row.key, activity.key) in used_up
        ),
        write_url=write_address(row),
        extra_percent=extra.get(row.person.canonical_id or 0, 0),
    )
