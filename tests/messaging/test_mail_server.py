"""A mail server refuses, delays, drops or keeps silent: what became of each mail is known, and none goes twice."""

from __future__ import annotations

import datetime as dt
import logging
from email import message_from_bytes

import pytest

from common.clock import now
from messaging import sending
from messaging.models import Delivery, Fault, State
from messaging.sending import post_due, send
from messaging.writing import write_again, write_message
from tests.factories.accounts import UserFactory
from tests.factories.courses import committed
from tests.messaging.conftest import SAID, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(learns, amina, dalia):
    learns(amina.person)
    learns(dalia.person)


def delivery(message, name="Amina"):
    return Delivery.objects.get(message=message, person__display_name=name)


def later(message, minutes, name="Amina"):
    return send(Delivery, delivery(message, name).pk, at=now() + dt.timedelta(minutes=minutes))


def test_each_gets_a_mail_of_her_own(group, office, say):
    message = say()
    assert states(message) == {"Amina": State.SENT, "Dalia": State.SENT}
    to = {message_from_bytes(mail)["To"] for mail in office.mails}
    assert to == {"amina@senda.example", "dalia@senda.example"}


def test_who_is_refused_is_not_tried_again_and_the_others_get_theirs(group, office, say):
    office.tell("RCPT", "550 5.1.1 no such user", of="amina@")
    message = say()
    assert states(message) == {"Amina": State.FAILED, "Dalia": State.SENT}
    row = delivery(message)
    assert (row.last_error, row.last_code, row.tries) == (Fault.REFUSED, 550, 1)
    assert later(message, 600) == State.FAILED
    assert len(office.mails) == 1


def test_greylisting_is_waited_for(group, office, say):
    office.tell("RCPT", "451 4.7.1 come back", of="amina@", times=1)
    message = say()
    row = delivery(message)
    assert (row.state, row.last_error, row.last_code) == (State.DEFERRED, Fault.LATER, 451)
    assert later(message, 1) == State.DEFERRED, "too early: the server is left in peace"
    assert later(message, 6) == State.SENT
    assert delivery(message).tries == 2


def test_the_timer_tries_again_what_waits(group, office, say):
    office.tell("RCPT", "451 4.7.1 come back", of="amina@", times=1)
    message = say()
    Delivery.objects.filter(state=State.DEFERRED).update(next_try_at=now() - dt.timedelta(seconds=1))
    assert post_due(at=now()) == 1
    assert delivery(message).state == State.SENT
    assert post_due(at=now()) == 0


def test_a_text_that_is_refused_is_not_sent_again(group, office, say):
    office.tell("TEXT", "554 5.7.1 looks like spam")
    message = say()
    assert delivery(message).last_error == Fault.CONTENT
    assert delivery(message).state == State.FAILED


def test_a_connection_that_drops_before_the_text_is_tried_again(group, office, say):
    office.tell("RCPT", "drop", of="amina@", times=1)
    message = say()
    assert (delivery(message).state, delivery(message).last_error) == (State.DEFERRED, Fault.DROPPED)
    assert later(message, 6) == State.SENT
    assert len(office.mails) == 2


@pytest.mark.parametrize("what", ["taken, then dropped", "taken, then silence"])
def test_when_the_answer_never_comes_it_is_reported_and_nothing_goes_twice(group, office, say, what):
    office.tell("TEXT", what)
    message = say()
    assert (delivery(message).state, delivery(message).last_error) == (State.UNSURE, Fault.CUT)
    assert later(message, 600) == State.UNSURE
    assert post_due(at=now() + dt.timedelta(days=2)) == 0
    assert len(office.mails) == 2, "one for Amina, one for Dalia"


def test_a_server_that_keeps_silent_is_tried_again(group, office, say):
    office.tell("HELLO", "silence", times=1)
    message = say()
    assert sorted(states(message).values()) == [State.DEFERRED, State.SENT]
    assert Delivery.objects.get(state=State.DEFERRED).last_error == Fault.AWAY


def test_a_slow_server_is_waited_for(group, office, say, settings):
    settings.EMAIL_TIMEOUT = 5
    office.tell("HELLO", "220 here at last")
    assert set(states(say()).values()) == {State.SENT}


def test_a_server_that_does_not_let_the_site_send_is_nobodys_fault_but_ours(group, office, say):
    office.tell("MAIL", "530 5.7.0 sign in first")
    message = say()
    assert (delivery(message).state, delivery(message).last_error) == (State.DEFERRED, Fault.OURS)


def test_a_server_that_is_not_there_is_given_up_after_a_day(group, office, say):
    office.shutdown()
    office.server_close()
    message = say()
    moment, tries = now(), 1
    while delivery(message).state == State.DEFERRED:
        row = delivery(message)
        assert row.last_error == Fault.AWAY
        moment, tries = row.next_try_at, tries + 1
        send(Delivery, row.pk, at=moment)
    assert (delivery(message).state, delivery(message).tries, tries) == (State.FAILED, 6, 6)
    assert moment - now() < dt.timedelta(days=1)


def test_two_workers_with_one_task_send_one_mail(group, office, say):
    message = say()
    key = delivery(message).pk
    assert [send(Delivery, key), send(Delivery, key)] == [State.SENT, State.SENT]
    assert len(office.mails) == 2


def test_a_worker_that_dies_while_sending_is_reported_and_the_mail_not_sent_again(
    group, office, cohort, bruno, monkeypatch
):
    def dies(mail):
        raise SystemExit

    message = write_message(cohort=cohort, to="cohort", texts=[SAID], by=bruno.person)
    row = delivery(message)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", dies)
        with pytest.raises(SystemExit):
            send(Delivery, row.pk)
    assert send(Delivery, row.pk) == State.SENDING
    post_due(at=now() + dt.timedelta(minutes=20))
    row.refresh_from_db()
    assert row.state == State.UNSURE
    assert not [mail for mail in office.mails if b"To: amina@" in mail]


def test_what_a_server_says_too_late_does_not_undo_what_was_reported(group, office, say):
    message = say()
    row = delivery(message)
    Delivery.objects.filter(pk=row.pk).update(state=State.UNSURE)
    from messaging.faults import TAKEN

    assert sending._note(row, TAKEN, now()) == ""
    assert delivery(message).state == State.UNSURE


def test_bruno_writes_again_to_those_whom_it_did_not_reach(group, office, say, bruno):
    office.tell("RCPT", "550 no", of="amina@", times=1)
    message = say()
    with committed():
        assert write_again(message=message, by=bruno.person) == 1
    assert set(states(message).values()) == {State.SENT}
    assert len(office.mails) == 2


def test_who_has_no_email_is_said_at_once_and_gets_it_once_she_has_one(
    group, office, say, bruno, farid, learns
):
    learns(farid.person)
    message = say()
    assert states(message)["Farid"] == State.NO_ADDRESS
    assert write_again(message=message, by=bruno.person) == 0
    farid.user.email = "farid@senda.example"
    farid.user.save()
    with committed():
        assert write_again(message=message, by=bruno.person) == 1
    assert states(message)["Farid"] == State.SENT


def test_each_try_is_known_by_the_same_number(group, office, say):
    office.tell("TEXT", "451 later", times=1)
    say()
    row = Delivery.objects.get(state=State.DEFERRED)
    send(Delivery, row.pk, at=now() + dt.timedelta(minutes=6))
    mail = next(mail for mail in office.mails if str(row.key).encode() in mail)
    assert message_from_bytes(mail)["Message-ID"] == f"<{row.key}@127.0.0.1>"


def test_logs_and_rows_tell_nobodys_address(group, office, say, caplog):
    caplog.set_level(logging.DEBUG)
    office.tell("RCPT", "550 <amina@senda.example>: no such user", of="amina@")
    message = say()
    assert "refused (550)" in caplog.text
    assert "amina@" not in caplog.text
    assert "amina@" not in str(Delivery.objects.filter(message=message).values())


def test_an_address_that_makes_no_mail_holds_nobody_up(group, office, say, amina):
    amina.user.email = "amina\n@senda.example"
    amina.user.save()
    message = say()
    assert states(message)["Dalia"] == State.SENT
    assert states(message)["Amina"] == State.FAILED


def test_of_two_accounts_of_one_person_one_is_written_to(group, office, say, amina, learns):
    other = UserFactory(email="amina2@senda.example", person__display_name="Amina otra vez")
    learns(other.person)
    type(other.person).objects.filter(pk=other.person.pk).update(canonical=amina.person)
    assert states(say()) == {"Amina": State.SENT, "Dalia": State.SENT}
