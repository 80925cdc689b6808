"""Puts right, when two people who were taken for one are parted, what was issued to one in the other's name.

While they counted as one, a completion of Amina's may have been certified with her sister's name. Parted, it is
replaced by one in her own name; where her profile lacks it, it is taken back, and issued anew once she has said it.
"""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Person, PersonMerge
from accounts.queries import details_of, missing_for_completion
from certificates.models import Certificate, RevocationCategory
from certificates.services import content_in, replace, revoke


def put_right(*, merge: PersonMerge) -> int:
    """Replace or take back what bears the other's name since a merge that was undone; returns how many."""
    sides = [_names(merge.duplicate_id), _names(merge.into_id)]
    wrong = [row for row in _issued_meanwhile(merge) if _bears_anothers(row, sides)]
    for row in wrong:
        if missing_for_completion(details_of(row.person)):
            error = RevocationCategory.ERROR
            revoke(certificate=row, category=error, by=merge.undone_by, at=merge.undone_at)
        else:
            replace(certificate=row)
    return len(wrong)


def _names(key: int) -> dict[int, str]:
    """Return the names for certificates of all records of one of the two, as they count now."""
    canonical = Person.objects.filter(pk=key).values("canonical")
    return dict(Person.objects.filter(canonical__in=canonical).values_list("pk", "certificate_name"))


def _issued_meanwhile(merge: PersonMerge) -> QuerySet[Certificate]:
    both = Person.objects.filter(pk__in=[merge.duplicate_id, merge.into_id]).values("canonical")
    return Certificate.objects.filter(
        person__canonical__in=both,
        issued_at__range=(merge.merged_at, merge.undone_at),
        revoked_at__isnull=True,
        erased_at__isnull=True,
        replaced_by__isnull=True,
    ).select_related("person__canonical", "completion__enrolment__person", "completion__enrolment__course")


def _bears_anothers(certificate: Certificate, sides: list[dict[int, str]]) -> bool:
    """Say whether it bears a name of the other's. Who changed her own name since keeps what was issued to her."""
    holder = content_in(certificate, certificate.language).holder
    own = next(side for side in sides if certificate.person_id in side)
    others = {name for side in sides if side is not own for name in side.values()}
    return holder not in own.values() and (holder in others or not any(own.values()))
