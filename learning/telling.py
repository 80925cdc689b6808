"""Of which courses an institution is told: those that it proposed and she accepted, and those that she shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery

from accounts import consents
from accounts.models import Consent, PersonMerge
from learning.models import Enrolment, EnrolmentState, NominationState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from institutions.models import Institution


def shown(institution: Institution, people: Collection[int] | QuerySet) -> QuerySet[Enrolment]:
    """Return the enrolments of `people` that the institution nominated, or that they chose to share."""
    # Of one whom two records were and no longer are, neither opens the other's.
    nominated = Q(
        nominations__institution__canonical=institution.canonical_id,
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
