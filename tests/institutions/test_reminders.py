"""Is whoever looks after agreements reminded once, in her language, and no more when it was renewed?"""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions import renewals
from institutions.agreements import state
from institutions.models import AgreementReminder
from institutions.renewals import NothingToRenew, begin_renewal
from institutions.terms import State
from programme import nightly
from tests.factories.accounts import UserFactory
from tests.factories.courses import committed
from tests.factories.learning import institution
from tests.institutions.agreed import addendum, agreement, day, looks_after_agreements


@pytest.fixture
def hospital(db):
    return institution("Hospital de Amina")


@pytest.fixture
def elena(db):
    return looks_after_agreements("Elena")


def night(days=0):
    with committed():
        return renewals.remind(at=timezone.now() + dt.timedelta(days=days))


def test_elena_is_told_once_however_many_nights_there_are(hospital, elena):
    ends = agreement(hospital, ends=80)
    assert [night(), night(), night()] == [1, 0, 0]
    (message,) = mail.outbox
    assert message.to == [elena.email]
    assert "Hospital de Amina" in message.body
    assert f"/admin/convenios/inspect/{ends.pk}/" in message.body


def test_the_night_run_of_the_programme_reminds(hospital, elena):
    agreement(hospital, ends=80)
    with committed():
        reports = {row.name: row for row in nightly.run(at=timezone.now())}
    assert reports["institutions.remind"].done
    assert len(mail.outbox) == 1


def test_each_reads_it_in_her_own_language(hospital, elena):
    looks_after_agreements("Zoé", language="fr")
    agreement(hospital, ends=10)
    night()
    subjects = {message.to[0]: message.body for message in mail.outbox}
    assert len(subjects) == 2
    assert subjects["elena@senda.example"] != subjects["zoé@senda.example"]


def test_one_far_from_its_end_and_one_without_end_wait(hospital, elena):
    agreement(hospital, ends=181)
    agreement(hospital)
    agreement(hospital, ends=-1)
    agreement(hospital, ends=20, signed_on=None)
    assert night() == 0
    assert not mail.outbox


def test_one_written_down_late_is_told_of_once_not_thrice(hospital, elena):
    agreement(hospital, ends=12)
    night()
    assert list(AgreementReminder.objects.values_list("days", flat=True)) == [30]


def test_a_signed_renewal_ends_the_reminders_a_draft_does_not(hospital, elena):
    ends = agreement(hospital, ends=80)
    draft = begin_renewal(agreement=ends, by=elena.person)
    assert night() == 1
    draft.signed_on = day(0)
    draft.save()
    ends.reminders.all().delete()
    assert night() == 0


def test_an_addendum_with_a_new_end_begins_anew(hospital, elena):
    ends = agreement(hospital, ends=20)
    night()
    addendum(ends, signed=-1, new_end=170)
    night()
    assert sorted(AgreementReminder.objects.values_list("days", "last_day")) == [
        (30, day(20)),
        (180, day(170)),
    ]
    assert len(mail.outbox) == 2


def test_whoever_has_no_duty_or_no_mail_is_not_written_to(hospital):
    UserFactory(email="bruno@senda.example", is_staff=True)
    UserFactory(email="admin@senda.example", is_staff=True, is_superuser=True)
    looks_after_agreements("Gone", is_active=False)
    agreement(hospital, ends=20)
    assert night() == 0


def test_what_was_renewed_while_the_mail_waited_is_not_sent(hospital, elena):
    ends = agreement(hospital, ends=20)
    row = AgreementReminder.objects.create(
        agreement=ends, person=elena.person, days=30, last_day=day(20), made_at=timezone.now()
    )
    agreement(hospital, starts=21, renews=ends)
    assert renewals.send_reminder.func(row.pk) is False
    assert not mail.outbox


def test_a_mail_server_that_is_down_is_asked_again_the_next_night(hospital, elena, settings):
    agreement(hospital, ends=20)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    night()
    assert not AgreementReminder.objects.get().sent_at
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert night() == 1
    assert AgreementReminder.objects.get().sent_at
    assert len(mail.outbox) == 1


def test_the_database_itself_keeps_a_reminder_from_being_written_twice(hospital, elena):
    fields = {"agreement": agreement(hospital, ends=20), "person": elena.person, "days": 30}
    AgreementReminder.objects.create(**fields, last_day=day(20), made_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementReminder.objects.create(**fields, last_day=day(20), made_at=timezone.now())


def test_a_renewal_begins_as_a_draft_of_the_same_and_there_is_one(hospital, elena):
    former = agreement(hospital, institution("Casa", code="GT"), ends=300, scope="Todo", topics=["training"])
    addendum(former, new_end=350)
    draft = begin_renewal(agreement=former, by=elena.person)
    assert begin_renewal(agreement=former, by=None) == draft
    assert (draft.signed_on, draft.starts_on, draft.renews) == (None, day(351), former)
    assert [str(row) for row in draft.parties.all()] == [str(row) for row in former.parties.all()]
    assert (draft.scope, draft.topics, draft.recorded_by) == ("Todo", ["training"], elena.person)
    assert state(former) == State.RENEWING


def test_a_draft_is_not_renewed(hospital):
    with pytest.raises(NothingToRenew):
        begin_renewal(agreement=agreement(hospital, signed_on=None), by=None)
