"""«My institution»: what a focal point sees of her people. Completed or not, and the certificate; never marks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, When

from accounts.names import named
from common.languages import content_language, foreign
from courses import versions
from institutions import agreements
from institutions.counterparts import looked_after_by
from institutions.models import Institution, Membership, MembershipRole, MembershipState, RefusalReason
from institutions.words import STATES
from learning.models import Enrolment, EnrolmentState, Nomination, NominationState
from learning.proofs import Proof, proofs_for
from learning.queries import proposable
from learning.queries.doors import open_nominations
from learning.queries.told import Meeting, meetings
from learning.telling import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from accounts.models import Person
    from courses.versions import CourseWords
    from institutions.counterparts import Kin

A_PAGE = 25
AT_MOST = 100


@dataclass(frozen=True)
class Place:
    """An institution that a focal point looks after, with how many people work there and how many claims wait."""

    institution: Institution
    people: int
    claims: int


@dataclass(frozen=True)
class Seen:
    """A course of one of her people as a focal point sees it: completed or not, and the certificate."""

    title: str
    lang: str
    completed: bool
    on: dt.date | None
    proof: Proof | None


@dataclass(frozen=True)
class Proposed:
    """A nomination that was not accepted. Whether it was declined is not told: a refusal is not for one's employer."""

    nomination: Nomination
    title: str
    lang: str


@dataclass(frozen=True)
class Colleague:
    """Somebody who works there, confirmed, with the courses that the institution may see."""

    person: Person
    position: str
    since: dt.date
    courses: tuple[Seen, ...]
    proposed: tuple[Proposed, ...]
    may_be_nominated: bool
    membership: int  # zero: the reader may not end it, it is her own
    key: UUID


@dataclass(frozen=True)
class Agreed:
    """An agreement in force."""

    kind: str
    state: str
    until: dt.date | None


@dataclass(frozen=True)
class OwnInstitution:
    """The whole page."""

    institution: Institution
    several: bool
    agreements: tuple[Agreed, ...]
    groups: tuple[proposable.Group, ...]
    meetings: tuple[Meeting, ...]
    claims: tuple[Membership, ...]
    refusals: tuple[tuple[str, str], ...]
    page: Page[Membership]
    colleagues: tuple[Colleague, ...]
    query: str
    offered: tuple[tuple[str, str], ...]
    inviting: tuple[tuple[str, str], ...]
    group_query: str
    more_groups: bool

    @property
    def pages(self) -> int:
        """Return how many pages of people there are."""
        return self.page.paginator.num_pages

    @property
    def previous_url(self) -> str:
        """Return the address of the page before."""
        return self._address(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after."""
        return self._address(self.page.number + 1) if self.page.has_next() else ""

    def _address(self, page: int) -> str:
        return "?" + urlencode({"q": self.query, "p": page} if self.query else {"p": page})


def looked_after(person: Person) -> list[Place]:
    """Return the institutions that a person looks after as focal point, by name."""
    rows = Institution.objects.filter(pk__in=looked_after_by(person), canonical=F("pk")).order_by("name")
    places = {row.pk: row for row in rows}
    there = Membership.objects.working().filter(
        institution__canonical__in=places, ends_on__isnull=True, person__erased_at__isnull=True
    )
    confirmed = there.confirmed()
    known = confirmed.filter(
        institution__canonical=OuterRef("institution__canonical"),
        person__canonical=OuterRef("person__canonical"),
    )
    # As the page itself lists them: her own claim is for staff to answer.
    claims = there.claimed().exclude(person__canonical=person.canonical_id).exclude(Exists(known))
    people, waiting = _heads(confirmed), _heads(claims)
    return [Place(row, people.get(pk, 0), waiting.get(pk, 0)) for pk, row in places.items()]


def _heads(rows: QuerySet[Membership]) -> dict[int, int]:
    """Count the people of each institution, each once, those at a place that was merged into it included."""
    counted = rows.order_by().values_list("institution__canonical")
    return dict(counted.annotate(Count("person__canonical", distinct=True)))


def own_institution(
    request: HttpRequest,
    institution: Institution,
    *,
    query: str,
    page: str,
    several: bool,
    kin: Kin,
    group: str = "",
) -> OwnInstitution:
    """Return the page of one institution. The same number of queries for two people and for two thousand."""
    confirmed = _each_once(_members(institution, MembershipState.CONFIRMED))
    if query:
        whose = named(query, through="person__") | named(query, through="person__canonical__")
        confirmed = confirmed.filter(whose)
    shown = Paginator(confirmed.order_by("person__display_name", "person__certificate_name", "pk"), A_PAGE)
    at = shown.get_page(page)
    cohorts = proposable.cohorts(institution, kin, group)
    return OwnInstitution(
        institution=institution,
        several=several,
        agreements=_agreements(institution, kin),
        groups=proposable.groups(request, cohorts),
        meetings=meetings(institution, _members(institution, MembershipState.CONFIRMED)),
        claims=tuple(_claims(request, institution)),
        refusals=tuple((str(value), str(words)) for value, words in RefusalReason.choices),
        page=at,
        colleagues=_colleagues(request, institution, at.object_list),
        query=query,
        offered=proposable.courses(request),
        inviting=proposable.inviting(cohorts),
        group_query=group,
        more_groups=proposable.are_more(cohorts),
    )


def _members(institution: Institution, state: str) -> QuerySet[Membership]:
    return Membership.objects.filter(
        institution__canonical=institution.pk,
        role=MembershipRole.MEMBER,
        ends_on__isnull=True,
        state=state,
        person__erased_at__isnull=True,
    ).select_related("person__canonical", "person__user")


def _each_once(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Keep one row of each human being: of two records that were merged the one that signs in, then the older."""
    signs = Case(When(person__user__isnull=False, then=1), default=0, output_field=IntegerField())
    marked = rows.annotate(signs=signs)
    before = Q(signs__gt=OuterRef("signs")) | Q(signs=OuterRef("signs"), pk__lt=OuterRef("pk"))
    same = marked.filter(person__canonical=OuterRef("person__canonical")).filter(before)
    return marked.filter(~Exists(same.select_related(None).order_by()))


def _claims(request: HttpRequest, institution: Institution) -> QuerySet[Membership]:
    """Return what waits for an answer; her own is for staff to confirm."""
    rows = _members(institution, MembershipState.CLAIMED).exclude(
        person__canonical_id=request.person.canonical_id  # type: ignore[attr-defined]  # set by our middleware
    )
    confirmed = _members(institution, MembershipState.CONFIRMED).select_related(None)
    rows = _each_once(rows).exclude(person__canonical__in=confirmed.values("person__canonical"))
    return rows.order_by("pk")[:AT_MOST]


def _colleagues(
    request: HttpRequest, institution: Institution, members: Iterable[Membership]
) -> tuple[Colleague, ...]:
    rows = list(members)
    people = {row.person.canonical_id or row.person_id for row in rows}
    begun = {person: _one_a_course(taken) for person, taken in _by_person(shown(institution, people), people)}
    enrolments = [row for taken in begun.values() for row in taken]
    known = {(row.person.canonical_id, row.course_id) for row in enrolments}
    # Proposed under one of her records and taken under another: she has answered, whichever way she signed in.
    unanswered = _unanswered(institution, people)
    nominations = _one_a_proposal(n for n in unanswered if (n.person.canonical_id, n.course_id) not in known)
    reader: Person = request.person  # type: ignore[attr-defined]  # set by our middleware
    courses = {row.course for row in enrolments} | {row.course for row in nominations}
    words = proposable.words_of(courses, request)
    proofs = proofs_for(enrolments)
    return tuple(
        Colleague(
            person=row.person.kept,
            position=row.person.kept.get_position_display(),
            since=row.starts_on,
            courses=tuple(
                _seen(e, words[e.course.key], proofs.get(e.pk)) for e in begun[row.person.canonical_id]
            ),
            proposed=tuple(
                _proposed(n, words[n.course.key])
                for n in nominations
                if n.person.canonical_id == row.person.canonical_id
            ),
            may_be_nominated=hasattr(row.person, "user"),
            membership=row.pk if not row.person.is_same_as(reader) else 0,
            key=row.person.key,
        )
        for row in rows
    )


def _by_person(rows: Iterable[Enrolment], people: set[int]) -> list[tuple[int | None, list[Enrolment]]]:
    found: dict[int | None, list[Enrolment]] = {person: [] for person in people}
    for row in rows:
        found[row.person.canonical_id].append(row)
    return [*found.items()]


def _one_a_course(rows: list[Enrolment]) -> list[Enrolment]:
    """Keep of each course what tells most: a completion before what is under way, the latest of each."""
    found: dict[int, Enrolment] = {}
    for row in rows:  # the latest first
        if (held := found.get(row.course_id)) is None or (_is_done(row) and not _is_done(held)):
            found[row.course_id] = row
    return list(found.values())


def _is_done(row: Enrolment) -> bool:
    return row.state == EnrolmentState.COMPLETED


def _one_a_proposal(rows: Iterable[Nomination]) -> list[Nomination]:
    found: dict[tuple[int | None, int], Nomination] = {}
    for row in rows:
        found.setdefault((row.person.canonical_id, row.course_id), row)
    return list(found.values())


def _unanswered(institution: Institution, people: set[int]) -> QuerySet[Nomination]:
    return (
        Nomination.objects.filter(
            institution__canonical=institution.pk,
            person__canonical__in=people,
            state__in=[NominationState.OPEN, NominationState.DECLINED],
        )
        .select_related("course", "person")
        .order_by("-nominated_at")
    )


def _seen(enrolment: Enrolment, words: CourseWords, proof: Proof | None) -> Seen:
    completion = getattr(enrolment, "completion", None)
    return Seen(
        title=words.title,
        lang=foreign(words.language),
        completed=enrolment.state == EnrolmentState.COMPLETED,
        on=completion.achieved_on if completion else None,
        proof=proof if proof and proof.code else None,
    )


def _proposed(nomination: Nomination, words: CourseWords) -> Proposed:
    return Proposed(nomination, words.title, foreign(words.language))


def _agreements(institution: Institution, kin: Kin) -> tuple[Agreed, ...]:
    return tuple(
        Agreed(row.get_kind_display(), str(STATES[row.state]), row.end)
        for row in agreements.in_force(institution, kin=kin)
    )


@dataclass(frozen=True)
class Invitation:
    """A nomination as the person nominated sees it."""

    nomination: Nomination
    words: CourseWords
    institution: str


def invitations(request: HttpRequest, person: Person) -> tuple[Invitation, ...]:
    """Return the courses proposed to a person that she has not answered."""
    rows = list(
        open_nominations(person).select_related("course", "institution", "cohort").order_by("-nominated_at")
    )
    words = versions.many_course_words(
        {row.course for row in rows}, language=content_language(), request=request
    )
    return tuple(
        Invitation(row, words[row.course.key], str(row.institution))
        for row in rows
        if words[row.course.key].live
    )
