"""What learners and their facilitators do: enrol, complete, skip, accredit, leave; and the completion that follows.

Each service refuses early with its reason, locks the enrolment, changes named fields, and announces after commit.
All are idempotent: asked twice, by a double click or by two devices, they change nothing more.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import Person
from assessments.models import Attempt
from common import clock
from common.prepared import KEYS, NUMBERS, PreparedUpdate
from courses import versions
from learning import events, seats
from learning.access import EnrolFacts, Refusal, may_enrol
from learning.completion import Facts, Outcome, judge
from learning.facts import facts_of
from learning.forms_of_a_pair import meets
from learning.models import (
    ActivityCompletion,
    ActivitySkip,
    Completion,
    CompletionWay,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    Modality,
)
from learning.owners import other_record
from learning.snapshot import snapshot_of

if TYPE_CHECKING:
    from courses.models import Course, CourseVersion
    from institutions.models import Institution
    from learning.models import Cohort
    from programme.models import Country


class Refused(Exception):
    """A rule said no; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotAsked(Exception):
    """The version that the learner follows does not ask her this activity, or not in this way."""


def enrol(
    *,
    person: Person,
    course: Course,
    way: str = EnrolmentWay.SELF,
    cohort: Cohort | None = None,
    institution: Institution | None = None,
    country: Country | None = None,
    by: Person | None = None,
    at: dt.datetime | None = None,
) -> Enrolment:
    """Enrol `person` in the newest version of `course` (a cohort with dates: in the version that it keeps).

    `country`: where she says now that she works; her profile says so from then on. Without it her profile holds.
    Who left the course comes back to the same enrolment, with all that she did and the attempts that she used;
    after a completion it is a new one. Raises Refused; somebody in progress is refused with ALREADY_ENROLLED,
    whichever click came second.
    """
    at = at or clock.now()
    with transaction.atomic():
        group = seats.hold(cohort) if cohort else None
        if group is None:
            seats.hold_former(person, course)
        # All her records, in the order of their keys: she may click with two logins at once.
        list(Person.objects.the_same_as(person).select_for_update().order_by("pk").values_list("pk"))
        confirm_country(person, country)
        version = version_for(person, course, group)
        if group and (refusal := seats.why_no_seat(group, person)):
            raise Refused(refusal)
        latest = _latest_enrolment(person, course)
        if latest is not None and latest.state == EnrolmentState.WITHDRAWN:
            return _come_back(latest, version, cohort=group, way=way, by=by, institution=institution)
        time_zone = time_zone_of(person)
        enrolment = Enrolment.objects.create(
            # Taking it again stands under the record of the last time: another of hers may hold one overtaken.
            person_id=latest.person_id if latest else person.pk,
            course=course,
            version=version,
            cohort=group,
            modality=group.modality if group else Modality.SELF_PACED,
            way=way,
            enrolled_at=at,
            enrolled_on=clock.local_date(at, time_zone),
            time_zone=time_zone,
            enrolled_by=by,
            **snapshot_of(person, institution=institution or (group.institution if group else None)),
        )
        announce_enrolled(enrolment)
    return enrolment


def announce_enrolled(enrolment: Enrolment) -> None:
    """Say after commit that somebody is enrolled."""
    transaction.on_commit(lambda: events.learner_enrolled.send(sender=Enrolment, enrolment_id=enrolment.pk))


def confirm_country(person: Person, country: Country | None) -> None:
    """Keep where she says now that she works: her profile says so from then on."""
    if country is not None and country.pk != person.country_id:
        person.country = country
        person.save(update_fields=["country"])


def _latest_enrolment(person: Person, course: Course) -> Enrolment | None:
    """Return the enrolment in `course` that was begun last, under whichever of her records."""
    return Enrolment.objects.of(person).filter(course=course).order_by("-enrolled_at", "-pk").first()


def _come_back(
    left: Enrolment,
    version: CourseVersion,
    *,
    cohort: Cohort | None,
    way: str,
    by: Person | None,
    institution: Institution | None,
) -> Enrolment:
    """Go on with an enrolment that was left, with the group, the way and the whereabouts of the day of coming back."""
    left.state, left.version, left.way, left.enrolled_by = EnrolmentState.ACTIVE, version, way, by
    if cohort is not None:
        left.cohort, left.modality = cohort, cohort.modality
    elif left.cohort and seats.why_no_seat(left.cohort, left.person):
        # Her seat was given to somebody else, or the group cancelled: she goes on by herself.
        left.cohort, left.modality = None, Modality.SELF_PACED
    elif left.cohort and left.cohort.version:
        left.version = left.cohort.version
    today = snapshot_of(
        left.person, institution=institution or (left.cohort.institution if left.cohort else None)
    )
    for name, value in today.items():
        setattr(left, name, value)
    left.save(update_fields=["state", "version", "way", "enrolled_by", "cohort", "modality", *today])
    announce_enrolled(left)
    return left


def version_for(person: Person, course: Course, cohort: Cohort | None) -> CourseVersion:
    """Return the version in which `person` may enrol, or raise Refused."""
    version = (cohort.version if cohort else None) or versions.current(course)
    refusal = may_enrol(_enrol_facts(person, course, version))
    if refusal or version is None:
        raise Refused(refusal or Refusal.NOT_RELEASED)
    return version


def _enrol_facts(person: Person, course: Course, version: CourseVersion | None) -> EnrolFacts:
    scope = versions.scope_of(course)
    return EnrolFacts(
        in_progress=_is_in_progress(person, course),
        course_live=scope.live,
        released=version is not None,
        country=person.country_id or "",
        course_countries=scope.countries,
    )


def _is_in_progress(person: Person, course: Course) -> bool:
    """Say whether the enrolment that counts is in progress: what another one has overtaken shuts no door."""
    standing = Enrolment.objects.of(person).standing().filter(course=course).order_by("-enrolled_at", "-pk")
    return standing.values_list("state", flat=True).first() == EnrolmentState.ACTIVE


def time_zone_of(person: Person) -> str:
    """Return where her days begin and end."""
    return person.country.time_zone if person.country else settings.TIME_ZONE


def complete_activity(
    *,
    enrolment: Enrolment,
    activity: UUID,
    way: str = CompletionWay.DONE,
    by: Person | None = None,
    signed_in: Person | None = None,
    at: dt.datetime | None = None,
) -> ActivityCompletion:
    """Record that an activity was done, and settle the course if that was the last.

    Raises NotAsked for an activity that the learner's version does not ask her, for a quiz (which is passed, not
    ticked), for an equivalent of an activity that cannot be skipped, for a course that she left, and for whoever
    accredits without facilitating her cohort, or to herself.
    """
    at = at or clock.now()
    _refuse_wrong_way(enrolment, activity, way, by)
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        if locked.state == EnrolmentState.WITHDRAWN:
            raise NotAsked(activity)
        done, created = ActivityCompletion.objects.get_or_create(
            enrolment=locked,
            activity=activity,
            defaults={
                "way": way,
                "completed_at": at,
                "completed_on": clock.local_date(at, locked.time_zone),
                "recorded_by": by,
                "signed_in_as": other_record(locked.person_id, signed_in),
            },
        )
        if created:
            _announce_done(done)
            # Only a new fact settles: hearing of an old one again, after a release that asks less, would complete
            # somebody without the trainer's word.
            settle(enrolment=locked, at=at)
    return done


def _announce_done(done: ActivityCompletion) -> None:
    transaction.on_commit(
        lambda: events.activity_completed.send(
            sender=ActivityCompletion, enrolment_id=done.enrolment_id, activity=done.activity
        )
    )


def _refuse_wrong_way(enrolment: Enrolment, activity: UUID, way: str, by: Person | None) -> None:
    asked = _asked(enrolment, activity)
    if (asked.kind == versions.QUIZ) != (way == CompletionWay.QUIZ):
        raise NotAsked(activity)
    if way in {CompletionWay.EQUIVALENT, CompletionWay.ACCREDITED} and not asked.skippable:
        raise NotAsked(activity)
    if way == CompletionWay.ACCREDITED and not _may_accredit(by, enrolment):
        raise NotAsked(activity)


def _may_accredit(by: Person | None, enrolment: Enrolment) -> bool:
    if by is None or enrolment.cohort is None or by.canonical_id == enrolment.person.canonical_id:
        return False
    return enrolment.cohort.facilitators.filter(canonical_id=by.canonical_id).exists()


def _asked(enrolment: Enrolment, activity: UUID) -> versions.Activity:
    asked = versions.manifest_of(enrolment.version).find(activity)
    if asked is None or not asked.concerns(enrolment.reader):
        raise NotAsked(activity)
    return asked


def skip_activity(*, enrolment: Enrolment, activity: UUID, at: dt.datetime | None = None) -> ActivitySkip:
    """Note, for the learner alone, that she left a skippable activity for another day. Raises NotAsked."""
    if not _asked(enrolment, activity).skippable:
        raise NotAsked(activity)
    skip, _created = ActivitySkip.objects.get_or_create(
        enrolment=enrolment, activity=activity, defaults={"skipped_at": at or clock.now()}
    )
    return skip


def settle(*, enrolment: Enrolment, at: dt.datetime | None = None) -> Completion | None:
    """Record the completion of an enrolment whose rule is fulfilled, once. Returns it, or None.

    What was completed stays completed, whatever is asked later: an existing completion is returned as it is.
    """
    at = at or clock.now()
    with transaction.atomic():
        locked = (
            Enrolment.objects.select_for_update(of=("self",)).select_related("version").get(pk=enrolment.pk)
        )
        existing = Completion.objects.filter(enrolment=locked).first()
        if existing or locked.state != EnrolmentState.ACTIVE:
            return existing
        outcome = outcome_of(locked)
        if outcome.achieved_on is None:
            return None
        completion = _record(locked, outcome, outcome.achieved_on, at)
        transaction.on_commit(
            lambda: events.course_completed.send(sender=Completion, completion_id=completion.pk)
        )
    return completion


def outcome_of(enrolment: Enrolment) -> Outcome:
    """Return what the completion rule says of an enrolment now."""
    return judge(
        versions.manifest_of(enrolment.version),
        modality=enrolment.modality,
        reader=enrolment.reader,
        facts=facts_of(enrolment),
    )


def _record(enrolment: Enrolment, outcome: Outcome, achieved_on: dt.date, at: dt.datetime) -> Completion:
    rule = versions.manifest_of(enrolment.version).rule(enrolment.modality)
    completion = Completion.objects.create(
        enrolment=enrolment,
        version=enrolment.version,
        rule={
            "modality": rule.modality,
            "attendance_share": rule.attendance_share,
            "activities": rule.activities,
        },
        evidence=_evidence(facts_of(enrolment)),
        minutes=outcome.minutes,
        achieved_on=achieved_on,
        recorded_at=at,
    )
    Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ACTIVE).update(
        state=EnrolmentState.COMPLETED
    )
    return completion


def _evidence(facts: Facts) -> dict[str, Any]:
    """Return what the completion stands on, as JSON: the day of each activity, and the minutes of the room."""
    evidence: dict[str, Any] = {str(key): day.isoformat() for key, day in facts.done.items()}
    if facts.room.held_minutes:
        evidence["room"] = {
            "held": facts.room.held_minutes,
            "days": [[day.isoformat(), minutes] for day, minutes in facts.room.days],
        }
    return evidence


def credit_quiz(*, attempt: Attempt) -> None:
    """Take note of a marked attempt: a mark that reaches the version's pass mark completes the quiz's activity."""
    enrolment = Enrolment.objects.select_related("version").filter(key=attempt.context).first()
    if enrolment is None or enrolment.state == EnrolmentState.WITHDRAWN:
        return
    manifest = versions.manifest_of(enrolment.version)
    for activity in manifest.for_reader(enrolment.reader):
        if meets(activity, attempt, manifest) and _reaches(attempt, activity.pass_mark or 0):
            complete_activity(
                enrolment=enrolment,
                activity=activity.key,
                way=CompletionWay.QUIZ,
                signed_in=attempt.signed_in_as,
                at=attempt.submitted_at,
            )


def _reaches(attempt: Attempt, pass_mark: int) -> bool:
    if attempt.points is None or not attempt.max_points:
        return False
    return attempt.points * 100 >= pass_mark * attempt.max_points


def leave(*, enrolment: Enrolment) -> None:
    """Leave a course in progress, and one's seat. Nothing is deleted: enrolling again goes on where it was left."""
    active = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ACTIVE)
    with transaction.atomic():
        if active.update(state=EnrolmentState.WITHDRAWN):
            seats.announce_freed([enrolment.cohort_id])


def note_position(*, enrolment: Enrolment, activity: UUID) -> None:
    """Remember where the learner is, for «continue where you stopped»; writes only when it changed."""
    if enrolment.last_activity != activity:
        HERE.run(enrolment.pk, activity)


# Each lesson that is opened writes it.
HERE = PreparedUpdate(
    lambda pk, activity: Enrolment.objects.filter(pk=pk),
    lambda pk, activity: {"last_activity": activity},
    NUMBERS[0],
    KEYS[0],
)
