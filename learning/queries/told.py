"""What an institution is told of its people: courses that it proposed or that they share, and when its groups meet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery

from accounts import consents
from accounts.models import Consent, PersonMerge
from common import clock
from learning.models import Enrolment, EnrolmentState, Nomination, NominationState, Session, SessionState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from institutions.models import Institution, Membership

AHEAD = dt.timedelta(days=60)
AT_MOST = 20


@dataclass(frozen=True)
class Meeting:
    """A session to come, and whom of the institution's people it keeps from work. No marks, ever."""

    title: str
    group: str
    place: str
    starts: dt.datetime
    ends: dt.datetime
    people: tuple[str, ...]


def shown(institution: Institution, people: Collection[int] | QuerySet) -> QuerySet[Enrolment]:
    """Return the enrolments of `people` that the institution nominated, or that they chose to share."""
    # Of one whom two records were and no longer are, neither opens the other's.
    nominated = Q(
        nominations__institution__canonical=institution.pk,
        nominations__state=NominationState.ACCEPTED,
        nominations__person__canonical=F("person__canonical"),
    )
    return (
        Enrolment.objects.filter(nominated | _shared(people), person__canonical__in=people)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("course", "person", "completion", "completion__annulment")
        .order_by("-enrolled_at")
        .distinct()
    )


def _shared(people: Collection[int] | QuerySet) -> Q:
    """Return what `people` share: what stands under the very record that consented, and what stands under any of hers
    once she consented after they were taken for one. A merge by itself opens nothing to an employer.
    """
    # Of these people alone: everybody's consents, two hundred thousand, would be read for a page of twenty-five.
    standing = consents.standing(Consent.Purpose.SHARE_EMPLOYER).filter(person__canonical__in=people)
    merges = PersonMerge.objects.filter(
        undone_at__isnull=True, into__canonical=OuterRef("person__canonical")
    ).order_by("-merged_at")
    since = standing.annotate(merged_at=Subquery(merges.values("merged_at")[:1]))
    since = since.filter(given_at__gt=F("merged_at"))
    return Q(person__in=standing.values("person")) | Q(
        person__canonical__in=since.values("person__canonical")
    )


def meetings(institution: Institution, members: QuerySet[Membership]) -> tuple[Meeting, ...]:
    """Return when groups meet for which it proposed people of its own, in the next two months. Two queries at most.

    Whom it named for a group, and who accepted and learns in that very group, it knows by that. Sharing that a course
    was completed says nothing of where somebody is on Thursday: those are not told of.
    """
    now = clock.now()
    ahead = Session.objects.filter(ends_at__gte=now, starts_at__lte=now + AHEAD)
    ahead = ahead.exclude(state=SessionState.CANCELLED)
    rows = Nomination.objects.filter(
        institution__canonical=institution.pk,
        state=NominationState.ACCEPTED,
        person__canonical__in=members.order_by().values("person__canonical"),
        enrolment__cohort=F("cohort"),
        cohort__in=ahead.order_by().values("cohort"),
    ).exclude(enrolment__state=EnrolmentState.WITHDRAWN)
    names: dict[int | None, set[str]] = defaultdict(set)
    for row in rows.select_related("person__canonical"):
        names[row.cohort_id].add(str(row.person.kept))
    if not names:
        return ()
    sessions = ahead.filter(cohort__in=list(names)).select_related("cohort")
    return tuple(_meeting(row, names[row.cohort_id]) for row in sessions[:AT_MOST])


def _meeting(session: Session, names: set[str]) -> Meeting:
    starts, ends = session.local_times
    people = tuple(sorted(names))
    return Meeting(session.title, session.cohort.name, session.place, starts, ends, people)
