"""People are reminded once of each thing that still concerns them, by day, and not of what they refuse."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import Person
from certificates.models import Certificate
from common.clock import now
from learning import cohorts, meeting, services
from learning.models import ActivityCompletion, Completion, Enrolment
from messaging import refusals
from messaging.models import Kind, Reminder, State
from messaging.reminding import by_day, note_due
from messaging.sending import post_due
from programme import nightly, rounds
from tests.factories.accounts import country
from tests.factories.courses import committed
from tests.factories.learning import do, finish, lessons_of, tells_details
from tests.factories.room import session_of

pytestmark = pytest.mark.django_db
MEXICO = ZoneInfo("America/Mexico_City")
NOON = dt.datetime(2026, 3, 3, 12, 0, tzinfo=MEXICO)


def go(at=None) -> list[str]:
    """Let a night note what is due and a round send it at once; return the kinds that went."""
    moment = at or now()
    note_due(at=moment)
    Reminder.objects.update(next_try_at=moment)
    with committed():
        for row in Reminder.objects.filter(state=State.QUEUED):
            from messaging.sending import send

            send(Reminder, row.pk, at=moment)
    return sorted(Reminder.objects.filter(state=State.SENT).values_list("kind", flat=True))


def since(row: Enrolment, days: int) -> Enrolment:
    Enrolment.objects.filter(pk=row.pk).update(enrolled_at=now() - dt.timedelta(days=days))
    return row


def stopped(row: Enrolment, days: int) -> Enrolment:
    do(row, lessons_of(row)[0])
    ActivityCompletion.objects.filter(enrolment=row).update(completed_at=now() - dt.timedelta(days=days))
    return since(row, days + 1)


def test_who_has_not_begun_is_told_once_however_many_nights_there_are(learns, amina):
    since(learns(amina.person), 8)
    assert go() == go() == go(now() + dt.timedelta(days=1)) == [Kind.NOT_STARTED]
    (sent,) = mail.outbox
    assert sent.to == ["amina@senda.example"]
    assert "/aprender/seguir/" in sent.body


def test_nobody_is_told_after_two_days_or_after_a_year(learns, amina, dalia):
    since(learns(amina.person), 2)
    since(learns(dalia.person), 300)
    assert go() == []


def test_who_stopped_is_told_and_who_goes_on_is_not(learns, amina, dalia):
    stopped(learns(amina.person), 25)
    stopped(learns(dalia.person), 3)
    assert go() == [Kind.STUCK]
    assert mail.outbox[0].to == ["amina@senda.example"]


def test_the_database_itself_keeps_a_second_one_out(amina):
    row = {"kind": Kind.STUCK, "person": amina.person, "about": amina.person.key, "made_at": now()}
    Reminder.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**row)


@pytest.mark.parametrize("what", ["left", "cancelled", "over", "withdrawn course", "refused", "no email"])
def test_it_is_quiet_where_it_concerns_nobody(learns, amina, cohort, what):
    row = since(learns(amina.person), 10)
    if what == "left":
        services.leave(enrolment=row)
    elif what == "cancelled":
        cohorts.cancel(cohort=cohort, cancelled=True)
    elif what == "over":
        type(cohort).objects.filter(pk=cohort.pk).update(ends_on=dt.date(2020, 1, 1))
    elif what == "withdrawn course":
        type(row.course).objects.filter(pk=row.course_id).update(open_now=False)
    elif what == "refused":
        refusals.refuse(person=amina.person, kind=Kind.NOT_STARTED)
    else:
        amina.user.email = ""
        amina.user.save()
    assert go() == []
    assert not Reminder.objects.exists()


def test_who_begins_before_it_goes_is_not_told(learns, amina):
    row = since(learns(amina.person), 10)
    note_due(at=now())
    do(row, lessons_of(row)[0])
    assert go() == []
    assert Reminder.objects.get().state == State.PAST


def test_who_refuses_before_it_goes_is_not_told(learns, amina):
    since(learns(amina.person), 10)
    note_due(at=now())
    refusals.refuse(person=amina.person, kind=Kind.NOT_STARTED)
    assert go() == []
    assert Reminder.objects.get().state == State.REFUSED


def test_the_day_before_a_session_by_her_own_clock(learns, amina, cohort, bruno):
    Person.objects.filter(pk=amina.person.pk).update(country=country("HN"))
    session_of(cohort, bruno.person, title="Escuchar", minutes=120)
    learns(amina.person)
    assert go(NOON) == [Kind.SESSION]
    (sent,) = mail.outbox
    assert "Escuchar" in sent.subject
    assert "9:00–11:00" in sent.body.replace("09:", "9:")
    assert sent.attachments[0][0] == "sesion.ics"


def test_neither_two_days_before_nor_of_one_that_was_cancelled(learns, amina, cohort, bruno):
    session = session_of(cohort, bruno.person)
    learns(amina.person)
    assert go(NOON - dt.timedelta(days=1)) == []
    note_due(at=NOON)
    meeting.cancel(session=session)
    assert go(NOON) == []
    assert not mail.outbox


def test_a_certificate_that_expires(learns, amina):
    tells_details(amina.person)
    finish(learns(amina.person))
    certificate = Certificate.objects.get(completion=Completion.objects.get())
    Certificate.objects.update(valid_until=now().date() + dt.timedelta(days=40))
    assert go() == [Kind.CERTIFICATE]
    assert "/aprender/registro/" in mail.outbox[0].body
    assert Reminder.objects.get().about == certificate.key


def test_nobody_is_woken():
    night = dt.datetime(2026, 3, 3, 3, 0, tzinfo=MEXICO)
    assert by_day(night, "America/Mexico_City") == night.replace(hour=8)
    assert by_day(NOON, "America/Mexico_City") == NOON
    late = night.replace(hour=20)
    assert by_day(late, "America/Mexico_City") == night.replace(hour=8) + dt.timedelta(days=1)


def test_the_night_notes_and_the_round_sends(learns, amina):
    since(learns(amina.person), 10)
    assert {row.name for row in nightly.run(at=now()) if row.done} >= {"messaging.remind"}
    Reminder.objects.update(next_try_at=now() - dt.timedelta(minutes=1))
    with committed():
        rounds.run(at=now())
    assert len(mail.outbox) == 1
    assert post_due(at=now()) == 0
