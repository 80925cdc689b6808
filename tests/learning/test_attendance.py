"""Taking attendance: what counts, what waits, who sees whose mark, and what a correction can take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from certificates.models import Certificate
from common import clock
from learning import annulling, attendance, meeting
from learning.attendance import Closed, Line
from learning.models import (
    AnnulmentProposal,
    Attendance,
    AttendanceChange,
    Cohort,
    Completion,
    Enrolment,
    EnrolmentState,
    Modality,
    ProposalState,
    Session,
    SessionState,
)
from learning.presence import Wrong
from learning.settling import settle_rooms
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, committed, make_course, publish
from tests.factories.learning import enrol, group_of, tells_details
from tests.factories.room import DAY, mark, session_of
from tests.plugins.starter import module_transaction


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role) -> Cohort:
    return group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)


@pytest.fixture
def enrolment(group: Cohort, amina: Role, made_workshop: SmallCourse) -> Enrolment:
    tells_details(amina.person)
    return enrol(amina.person, made_workshop, cohort=group)


@pytest.fixture
def completed(group: Cohort, enrolment: Enrolment, bruno: Role) -> Session:
    """Amina was at the one session that was held."""
    session = session_of(group, bruno.person)
    mark(session, enrolment, by=bruno.person)
    assert Completion.objects.get().enrolment == enrolment
    return session


def test_a_sheet_typed_in_months_later_completes_her_on_the_day_of_the_workshop(
    completed: Session, amina: Role
) -> None:
    completion = Completion.objects.get()
    assert completion.achieved_on == DAY
    assert completion.recorded_at.date() > DAY
    assert completion.minutes == 100
    assert completion.evidence["room"] == {"held": 100, "days": [[DAY.isoformat(), 100]]}
    assert Certificate.objects.get().achieved_on == DAY


def test_a_session_to_come_completes_nobody_ahead_of_time(
    group: Cohort, enrolment: Enrolment, bruno: Role
) -> None:
    first = session_of(group, bruno.person)
    second = session_of(group, bruno.person, day=DAY + dt.timedelta(days=1))
    mark(first, enrolment, by=bruno.person)
    assert not Completion.objects.exists()
    mark(second, enrolment, by=bruno.person)
    assert Completion.objects.get().achieved_on == DAY + dt.timedelta(days=1)


def test_a_cancelled_session_is_asked_of_nobody_and_whom_it_held_up_completes(
    group: Cohort, enrolment: Enrolment, bruno: Role
) -> None:
    first = session_of(group, bruno.person)
    second = session_of(group, bruno.person, day=DAY + dt.timedelta(days=1))
    mark(first, enrolment, by=bruno.person)
    with committed():
        meeting.cancel(session=second)
    assert Completion.objects.get().achieved_on == DAY


def test_a_session_with_marks_is_not_cancelled_away(completed: Session) -> None:
    with pytest.raises(meeting.Refused) as refused:
        meeting.cancel(session=completed)
    assert refused.value.reason == meeting.Reason.HAS_MARKS
    with pytest.raises(Exception, match="protected"):
        completed.delete()
    assert Attendance.objects.count() == 1


def test_part_of_a_session_counts_with_its_minutes(group: Cohort, enrolment: Enrolment, bruno: Role) -> None:
    session = session_of(group, bruno.person)
    mark(session, enrolment, "partial", minutes=79, by=bruno.person)
    assert not Completion.objects.exists()
    mark(session, enrolment, "partial", minutes=80, seen=1, by=bruno.person)
    assert Completion.objects.get().minutes == 80


@pytest.mark.parametrize(
    ("word", "minutes", "why"),
    [
        ("partial", None, Wrong.MINUTES_NEEDED),
        ("partial", 101, Wrong.TOO_MANY_MINUTES),
        ("partial", -1, Wrong.TOO_MANY_MINUTES),
        ("present", 20, Wrong.NO_MINUTES_HERE),
        ("here", None, Wrong.NO_SUCH_MARK),
    ],
)
def test_a_mark_that_cannot_be_is_not_noted(
    group: Cohort, enrolment: Enrolment, bruno: Role, word: str, minutes: int | None, why: Wrong
) -> None:
    session = session_of(group, bruno.person)
    recorded = mark(session, enrolment, word, minutes=minutes, by=bruno.person)
    assert [reason for _line, reason in recorded.wrong] == [why]
    assert not Attendance.objects.exists()
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED


def test_the_second_facilitator_sees_the_first_ones_mark_and_decides(
    group: Cohort, enrolment: Enrolment, bruno: Role, dalia: Role
) -> None:
    session = session_of(group, bruno.person)
    mark(session, enrolment, "absent", by=bruno.person)
    recorded = mark(session, enrolment, "present", by=dalia.person)
    (conflict,) = recorded.conflicts
    assert (conflict.standing.mark, conflict.standing.marked_by) == ("absent", bruno.person)
    assert Attendance.objects.get().mark == "absent"
    mark(session, enrolment, "present", seen=conflict.standing.stamp, by=dalia.person)
    assert Attendance.objects.get().mark == "present"
    change = AttendanceChange.objects.get()
    assert (change.before, change.after, change.changed_by) == ("absent", "present", dalia.person)


def test_both_marking_the_same_is_no_conflict(
    group: Cohort, enrolment: Enrolment, bruno: Role, dalia: Role
) -> None:
    session = session_of(group, bruno.person)
    mark(session, enrolment, "excused", by=bruno.person)
    recorded = mark(session, enrolment, "excused", by=dalia.person)
    assert not recorded.conflicts
    assert not recorded.changed
    assert Attendance.objects.get().marked_by == bruno.person


def test_nobody_of_another_group_is_marked_here(
    group: Cohort, enrolment: Enrolment, bruno: Role, made_workshop: SmallCourse
) -> None:
    other = group_of(made_workshop, code="T-2", modality=Modality.IN_ROOM)
    recorded = mark(session_of(other, bruno.person), enrolment, by=bruno.person)
    assert recorded.wrong[0][1] == Wrong.NOT_OF_THIS_GROUP
    assert not Attendance.objects.exists()


def test_nobody_marks_herself(group: Cohort, enrolment: Enrolment, amina: Role, bruno: Role) -> None:
    group.facilitators.add(amina.person)
    recorded = mark(session_of(group, bruno.person), enrolment, by=amina.person)
    assert recorded.wrong[0][1] == Wrong.ONESELF


def test_of_a_session_to_come_and_of_a_cancelled_one_nothing_is_noted(
    group: Cohort, enrolment: Enrolment, bruno: Role
) -> None:
    later = session_of(group, bruno.person, day=clock.now().date() + dt.timedelta(days=9))
    with pytest.raises(attendance.Refused) as refused:
        mark(later, enrolment, by=bruno.person)
    assert refused.value.reason == Closed.NOT_YET
    cancelled = session_of(group, bruno.person)
    meeting.cancel(session=cancelled)
    with pytest.raises(attendance.Refused) as refused:
        mark(cancelled, enrolment, by=bruno.person)
    assert refused.value.reason == Closed.CANCELLED


def test_a_correction_after_completion_asks_why(
    completed: Session, enrolment: Enrolment, bruno: Role
) -> None:
    recorded = mark(completed, enrolment, "absent", seen=1, by=bruno.person)
    assert [line.mark for line in recorded.reasonless] == ["absent"]
    assert Attendance.objects.get().mark == "present"
    assert not AnnulmentProposal.objects.exists()


def corrected(completed: Session, enrolment: Enrolment, by: Role) -> AnnulmentProposal:
    mark(completed, enrolment, "absent", seen=1, by=by.person, reason="Firmó otra persona")
    return AnnulmentProposal.objects.get()


def test_what_a_correction_takes_away_is_proposed_and_stands_until_a_second_person_agrees(
    completed: Session, enrolment: Enrolment, bruno: Role, group: Cohort
) -> None:
    proposal = corrected(completed, enrolment, bruno)
    assert (proposal.reason, proposal.proposed_by) == ("Firmó otra persona", bruno.person)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED
    assert Certificate.objects.get().revoked_at is None
    with pytest.raises(annulling.Refused) as refused:
        annulling.answer(proposal=proposal, agree=True, by=bruno.person)
    assert refused.value.reason == annulling.Reason.SAME_PERSON


def test_two_people_annul_the_certificate_goes_with_it_and_her_work_goes_on(
    completed: Session, enrolment: Enrolment, bruno: Role, chipo: Role, group: Cohort
) -> None:
    proposal = corrected(completed, enrolment, bruno)
    with pytest.raises(annulling.Refused):
        annulling.answer(proposal=proposal, agree=True, by=chipo.person)
    group.facilitators.add(chipo.person)
    with committed():
        annulling.answer(proposal=proposal, agree=True, by=chipo.person)
    annulment = Completion.objects.get().annulment
    assert (annulment.annulled_by, annulment.agreed_by) == (bruno.person, chipo.person)
    certificate = Certificate.objects.get()
    assert certificate.revocation_category == "error"
    again = Enrolment.objects.active().get(person=enrolment.person)
    assert Attendance.objects.get().enrolment == again
    second = session_of(group, bruno.person, day=DAY + dt.timedelta(days=1), title="Otro", minutes=500)
    mark(second, again, by=bruno.person)
    assert Completion.objects.get(enrolment=again).achieved_on == DAY + dt.timedelta(days=1)
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_a_completion_that_a_second_person_lets_stand_stands(
    completed: Session, enrolment: Enrolment, bruno: Role, chipo: Role, group: Cohort
) -> None:
    group.facilitators.add(chipo.person)
    proposal = corrected(completed, enrolment, bruno)
    annulling.answer(proposal=proposal, agree=False, by=chipo.person)
    assert AnnulmentProposal.objects.get().state == ProposalState.REFUSED
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED


def test_a_slip_that_is_put_right_at_once_leaves_no_proposal(
    completed: Session, enrolment: Enrolment, bruno: Role
) -> None:
    corrected(completed, enrolment, bruno)
    mark(completed, enrolment, "present", seen=2, by=bruno.person, reason="Me equivoqué")
    assert not AnnulmentProposal.objects.exists()


def test_a_session_added_afterwards_takes_no_completion_away(
    completed: Session, enrolment: Enrolment, group: Cohort, bruno: Role
) -> None:
    added = session_of(group, bruno.person, day=DAY + dt.timedelta(days=9), minutes=600)
    mark(added, enrolment, "absent", by=bruno.person)
    mark(completed, enrolment, "late", seen=1, by=bruno.person, reason="Llegó a las diez")
    assert not AnnulmentProposal.objects.exists()


def test_the_database_takes_no_answer_of_the_one_who_proposed(
    completed: Session, enrolment: Enrolment, bruno: Role
) -> None:
    proposal = corrected(completed, enrolment, bruno)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnulmentProposal.objects.filter(pk=proposal.pk).update(answered_by=bruno.person, state="agreed")


def test_who_came_without_account_counts_once_she_is_joined_and_can_be_parted(
    group: Cohort, enrolment: Enrolment, bruno: Role
) -> None:
    session, second = session_of(group, bruno.person), session_of(group, bruno.person, title="Otra")
    walk_in = meeting.add_walk_in(cohort=group, name="  Amina   Xol ", by=bruno.person)
    assert meeting.add_walk_in(cohort=group, name="amina xol", by=bruno.person) == walk_in
    mark(session, walk_in, by=bruno.person)
    with committed():
        meeting.join(walk_in=walk_in, enrolment=enrolment, by=bruno.person)
    assert not Completion.objects.exists()
    meeting.part(walk_in=walk_in)
    mark(second, enrolment, by=bruno.person)
    assert not Completion.objects.exists()
    with committed():
        meeting.join(walk_in=walk_in, enrolment=enrolment, by=bruno.person)
    assert Completion.objects.get().minutes == 200
    with pytest.raises(meeting.Refused) as refused:
        meeting.part(walk_in=walk_in)
    assert refused.value.reason == meeting.Reason.COMPLETED


def test_nobody_of_another_group_takes_a_walk_ins_marks(
    group: Cohort, enrolment: Enrolment, bruno: Role, made_workshop: SmallCourse
) -> None:
    other = group_of(made_workshop, code="T-3", modality=Modality.IN_ROOM)
    walk_in = meeting.add_walk_in(cohort=other, name="Amina", by=bruno.person)
    with pytest.raises(meeting.Refused) as refused:
        meeting.join(walk_in=walk_in, enrolment=enrolment, by=bruno.person)
    assert refused.value.reason == meeting.Reason.OTHER_GROUP


def test_the_same_on_three_days_is_planned_once_however_often_it_is_sent(group: Cohort, bruno: Role) -> None:
    hours = meeting.Hours(DAY, dt.time(9), dt.time(13), 30)
    for _time in range(2):
        meeting.plan(cohort=group, title="Taller", hours=hours, by=bruno.person, days=3)
    rows = list(Session.objects.filter(cohort=group))
    assert [row.local_date.day for row in rows] == [4, 5, 6]
    assert {row.length for row in rows} == {210}


def test_hours_that_cannot_be_are_refused(group: Cohort, bruno: Role) -> None:
    for hours in (
        meeting.Hours(DAY, dt.time(13), dt.time(9)),
        meeting.Hours(DAY, dt.time(9), dt.time(10), 60),
    ):
        with pytest.raises(meeting.Refused):
            meeting.plan(cohort=group, title="Taller", hours=hours, by=bruno.person)


def test_the_night_settles_whom_a_lost_task_forgot(group: Cohort, enrolment: Enrolment, bruno: Role) -> None:
    session = session_of(group, bruno.person)
    attendance.record(session=session, lines=[Line(enrolment, "present")], by=bruno.person)
    assert not Completion.objects.exists()
    with committed():
        assert settle_rooms() == 1
    assert Completion.objects.get().achieved_on == DAY


def test_thirty_people_are_noted_in_as_many_queries_as_two(
    group: Cohort, bruno: Role, made_workshop: SmallCourse, django_assert_max_num_queries: Any
) -> None:
    rows = [enrol(UserFactory().person, made_workshop, cohort=group) for _number in range(30)]
    rows = list(Enrolment.objects.filter(pk__in=[row.pk for row in rows]).select_related("person"))
    session = session_of(group, bruno.person)
    with django_assert_max_num_queries(9):
        attendance.record(session=session, lines=[Line(row, "present") for row in rows], by=bruno.person)
