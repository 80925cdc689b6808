"""Gives back to each, when two people who were taken for one are parted, what she did within the other's course.

While both counted as one, one enrolment of theirs went on, and either login did its lessons. Which of them it was
stands on each row (`signed_in_as`), and by that it finds its way home. What a completion rests on stays with it: a
completion is taken back by people and not by an undo.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from accounts.models import Person
from assessments.models import Attempt
from assessments.parting import hand_over
from learning.models import ActivityCompletion, Completion, Enrolment, EnrolmentWay, Modality
from learning.owners import other_record
from learning.services import announce_enrolled, settle
from learning.snapshot import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import PersonMerge


def give_back(*, merge: PersonMerge) -> int:
    """Move what was done with the other's login to whoever did it; returns how many rows. Done twice, it is once."""
    with transaction.atomic():
        both = Person.objects.filter(pk__in=[merge.duplicate_id, merge.into_id]).values("canonical")
        rows = Person.objects.filter(canonical__in=both).select_related("country", "canonical")
        people = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
        work = _work_of_others(set(people))
        return sum(
            _give(enrolment, people[doer], done, tries)
            for (enrolment, doer), (done, tries) in work.items()
            if doer in people
        )


Work = dict[tuple[Enrolment, int], tuple[list[ActivityCompletion], list[Attempt]]]


def _work_of_others(people: set[int]) -> Work:
    """Return by enrolment and login what was done in it by somebody who is not its person, the earliest first."""
    done = ActivityCompletion.objects.filter(enrolment__person__in=people, signed_in_as__isnull=False)
    done = done.exclude(signed_in_as__canonical=F("enrolment__person__canonical")).order_by(
        "completed_at", "pk"
    )
    tries = Attempt.objects.filter(person__in=people, signed_in_as__isnull=False)
    tries = tries.exclude(signed_in_as__canonical=F("person__canonical")).order_by("started_at", "pk")
    keys = {row.context for row in tries}
    begun = Enrolment.objects.filter(pk__in={row.enrolment_id for row in done}) | Enrolment.objects.filter(
        key__in=keys
    )
    locked = (
        Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=begun.values("pk")).order_by("pk")
    )
    by_pk = {row.pk: row for row in locked}
    by_key = {row.key: row for row in by_pk.values()}
    found: Work = defaultdict(lambda: ([], []))
    for row in done:
        found[by_pk[row.enrolment_id], row.signed_in_as_id or 0][0].append(row)
    for one in tries:
        if one.context in by_key:
            found[by_key[one.context], one.signed_in_as_id or 0][1].append(one)
    return found


def _give(source: Enrolment, doer: Person, done: list[ActivityCompletion], tries: list[Attempt]) -> int:
    rests = Completion.objects.filter(enrolment=source, annulment__isnull=True).exists()
    own = _own(source, doer)
    given = _copy(done, own, doer) if rests else _move(done, own, doer)
    if not rests:
        other = other_record(own.person_id, doer)
        given += hand_over(attempts=tries, person=own.person, context=own.key, signed_in_as=other)
    settle(enrolment=own)
    return given


def _own(source: Enrolment, doer: Person) -> Enrolment:
    """Return her own enrolment in the course, the latest; where she has none, one that begins with what she did."""
    hers = Enrolment.objects.of(doer).filter(course=source.course_id).select_related("person")
    latest = hers.order_by("-enrolled_at", "-pk").first()
    return latest or _opened(source, doer)


def _opened(source: Enrolment, doer: Person) -> Enrolment:
    # By herself and in no group: who is in one, and what an institution sees of her, is not for an undo to decide.
    at = snapshot_of(doer)
    enrolment = Enrolment.objects.create(
        person=doer,
        course_id=source.course_id,
        version_id=source.version_id,
        modality=Modality.SELF_PACED,
        way=EnrolmentWay.SELF,
        enrolled_at=source.enrolled_at,
        enrolled_on=source.enrolled_on,
        time_zone=source.time_zone,
        **at | {"at_country": at["at_country"] or source.at_country},
    )
    announce_enrolled(enrolment)
    return enrolment


def _move(done: Iterable[ActivityCompletion], own: Enrolment, doer: Person) -> int:
    held, moved = _held(own), 0
    for row in done:
        if row.activity in held:
            # She had done it in her own course too: that stands, and the other did not do it.
            row.delete()
        else:
            row.enrolment, row.signed_in_as = own, other_record(own.person_id, doer)
            row.save(update_fields=["enrolment", "signed_in_as"])
        moved += 1
    return moved


def _copy(done: Iterable[ActivityCompletion], own: Enrolment, doer: Person) -> int:
    held = _held(own)
    rows = [
        ActivityCompletion(
            enrolment=own,
            activity=row.activity,
            way=row.way,
            completed_at=row.completed_at,
            completed_on=row.completed_on,
            signed_in_as=other_record(own.person_id, doer),
        )
        for row in done
        if row.activity not in held
    ]
    return len(ActivityCompletion.objects.bulk_create(rows))


def _held(own: Enrolment) -> set[object]:
    return set(ActivityCompletion.objects.filter(enrolment=own).values_list("activity", flat=True))
