"""What is past its term ends: counted first, in batches, once; whoever has an e-mail is warned before."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from accounts import consents, disclosures, retention
from accounts.models import Act, Disclosure, Erasure, Person, RetentionWarning, User
from accounts.retention import months_before
from assessments.models import Attempt, AttemptAnswer
from certificates.models import Certificate
from learning.models import Completion, Enrolment, Reflection
from learning.notebook import keep_note
from programme import nightly
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, finish
from tests.privacy import dump

NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=800)


def grow_old(role: Role, when: dt.datetime = LONG_AGO) -> None:
    """Nobody has used this account since."""
    Person.objects.filter(pk=role.person.pk).update(created_at=when)
    User.objects.filter(pk=role.user.pk).update(last_login=when, date_joined=when)
    Enrolment.objects.filter(person=role.person).update(enrolled_at=when)
    for enrolment in Enrolment.objects.filter(person=role.person):
        enrolment.done.update(completed_at=when)


def by_rule(*, dry_run: bool) -> dict[str, retention.Outcome]:
    return {outcome.rule: outcome for outcome in retention.run(dry_run=dry_run)}


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        ((2026, 11, 22), 24, (2024, 11, 22)),
        ((2028, 2, 29), 12, (2027, 2, 28)),
        ((2026, 1, 31), 2, (2025, 11, 30)),
    ],
)
def test_a_term_in_months_ends_on_the_same_day(day: tuple, count: int, before: tuple) -> None:
    at = dt.datetime(*day, 12, tzinfo=dt.UTC)
    assert months_before(at, count) == dt.datetime(*before, 12, tzinfo=dt.UTC)


def test_amina_is_warned_then_loses_her_name_and_keeps_her_certificate(
    amina: Role, course: SmallCourse
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(
        certificate_name="Amina Long Nombre", sex="woman", age_band="25-34", position="health"
    )
    finish(enrol(amina.person, course))
    grow_old(amina)
    assert (by_rule(dry_run=True)["accounts.warn"].found, len(mail.outbox)) == (1, 0)
    first = by_rule(dry_run=False)
    assert (first["accounts.warn"].ended, first["accounts.unused"].ended) == (1, 0)
    assert [message.to for message in mail.outbox] == [["amina@senda.example"]]
    assert by_rule(dry_run=False)["accounts.warn"].ended == 0
    RetentionWarning.objects.update(warned_at=NOW - dt.timedelta(days=31))
    assert by_rule(dry_run=True)["accounts.unused"].found == 1
    assert by_rule(dry_run=False)["accounts.unused"].ended == 1
    assert Erasure.objects.get().way == "term"
    assert amina.person.certificate_name == ""
    assert "Amina Long Nombre" in str(Certificate.objects.get().frozen)
    assert Completion.objects.count() == 1
    assert by_rule(dry_run=False)["accounts.unused"].ended == 0


class RefusesAmina(EmailBackend):
    """A server that has no mailbox of Amina's any more, and takes everybody else's mail."""

    def send_messages(self, messages: Any) -> int:
        if any("amina@senda.example" in message.to for message in messages):
            raise SMTPRecipientsRefused({"amina@senda.example": (550, b"no such mailbox")})
        return super().send_messages(messages)


def test_one_address_that_is_refused_keeps_nobody_else_from_being_warned(
    amina: Role, dalia: Role, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusesAmina"
    grow_old(amina)
    grow_old(dalia)
    by_rule(dry_run=False)
    assert [message.to for message in mail.outbox] == [[dalia.user.email]]
    RetentionWarning.objects.update(warned_at=NOW - dt.timedelta(days=31))
    # Who cannot be reached ends with the others, as who has no e-mail does.
    assert by_rule(dry_run=False)["accounts.unused"].ended == 2


def test_who_signs_in_after_the_warning_keeps_all(amina: Role) -> None:
    grow_old(amina)
    by_rule(dry_run=False)
    RetentionWarning.objects.update(warned_at=NOW - dt.timedelta(days=31))
    User.objects.filter(pk=amina.user.pk).update(last_login=NOW)
    assert by_rule(dry_run=False)["accounts.unused"].ended == 0


def test_farid_without_e_mail_is_not_written_to(farid: Role, bruno: Role) -> None:
    grow_old(farid)
    outcome = by_rule(dry_run=False)
    assert (outcome["accounts.warn"].found, outcome["accounts.unused"].ended) == (0, 1)
    assert mail.outbox == []


def test_an_account_is_used_where_something_is_recorded_for_it(farid: Role, course: SmallCourse) -> None:
    enrol(farid.person, course)
    when = LONG_AGO
    Person.objects.filter(pk=farid.person.pk).update(created_at=when)
    User.objects.filter(pk=farid.user.pk).update(last_login=when, date_joined=when)
    assert by_rule(dry_run=True)["accounts.unused"].found == 0


def test_accounts_that_were_joined_are_used_together(farid: Role, amina: Role) -> None:
    grow_old(farid)
    Person.objects.filter(pk=farid.person.pk).update(canonical=amina.person)
    assert by_rule(dry_run=True)["accounts.unused"].found == 0


def test_staff_are_an_administrators_to_close(elena: Role) -> None:
    grow_old(elena)
    assert by_rule(dry_run=True)["accounts.warn"].found == 0


def test_what_was_taken_off_by_term_is_erased_whole_when_she_asks(farid: Role, elena: Role) -> None:
    from accounts import erasing

    Person.objects.filter(pk=farid.person.pk).update(certificate_name="Farid Nájera Completo")
    grow_old(farid)
    by_rule(dry_run=False)
    assert erasing.erase(person=farid.person, by=None).way == "request"
    assert dump.found(dump.database(), ["Farid Nájera Completo"]) == []


def test_answers_end_and_marks_stay(amina: Role, course: SmallCourse) -> None:
    finish(enrol(amina.person, course))
    attempt = Attempt.objects.get()
    address = f"/prueba/{attempt.key}/resultado/"
    points = amina.client.get(address).context["screen"].points
    Attempt.objects.update(submitted_at=LONG_AGO)
    assert by_rule(dry_run=False)["assessments.answers"].ended == 1
    assert not AttemptAnswer.objects.exists()
    screen = amina.client.get(address).context["screen"]
    assert (screen.points, screen.unanswered, screen.ended, screen.to_review) == (points, 0, True, ())
    assert by_rule(dry_run=True)["assessments.answers"].found == 0


def test_notes_end_after_their_term(amina: Role, course: SmallCourse) -> None:
    for block, days in (("old", 380), ("new", 300)):
        keep_note(
            person=amina.person,
            activity=course.keys[0],
            block=block,
            text="x",
            at=NOW - dt.timedelta(days=days),
        )
    assert by_rule(dry_run=True)["learning.notes"].found == 1
    by_rule(dry_run=False)
    assert Reflection.objects.get().block == "new"


def test_who_looked_ends_after_two_years_and_not_before(amina: Role, elena: Role, settings: Any) -> None:
    for days in (700, 800):
        disclosures.keep(
            by=elena.person,
            act=Act.EXPORTED,
            what="people",
            reason="Informe anual al donante",
            people=[amina.person.pk],
            at=NOW - dt.timedelta(days=days),
        )
    settings.SENDA_RETAIN_LOOKS_MONTHS = 0
    assert by_rule(dry_run=False)["accounts.looks"].ended == 0
    settings.SENDA_RETAIN_LOOKS_MONTHS = 24
    assert by_rule(dry_run=True)["accounts.looks"].found == 1
    assert Disclosure.objects.count() == 2
    assert by_rule(dry_run=False)["accounts.looks"].ended == 1
    assert Disclosure.objects.get().people.count() == 1
    assert by_rule(dry_run=False)["accounts.looks"].found == 0


def test_batches_go_on_until_nothing_is_left(amina: Role, course: SmallCourse, monkeypatch: Any) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        keep_note(person=amina.person, activity=course.keys[0], block=str(number), text="x", at=LONG_AGO)
    assert by_rule(dry_run=False)["learning.notes"].ended == 5


def test_the_register_ends_only_where_a_term_is_set(
    amina: Role, course: SmallCourse, settings: Any, client: Any
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(
        certificate_name="Amina Long Nombre", sex="woman", age_band="25-34", position="health"
    )
    finish(enrol(amina.person, course))
    Certificate.objects.update(issued_at=LONG_AGO, valid_until=None)
    assert by_rule(dry_run=True)["certificates.register"].found == 0
    settings.SENDA_RETAIN_REGISTER_MONTHS = 12
    assert by_rule(dry_run=False)["certificates.register"].ended == 1
    verdict = client.get(f"/verificar/{Certificate.objects.get().code}/").context["verdict"]
    assert (verdict.state, verdict.content) == ("withdrawn", None)
    assert amina.client.get(f"/constancia/{Certificate.objects.get().key}/").status_code == 302
    assert amina.client.get("/aprender/registro/").status_code == 200


def test_a_dry_run_changes_nothing_and_reports(amina: Role, tmp_path: Path, capsys: Any) -> None:
    grow_old(amina)
    before = list(dump.database())
    call_command("apply_retention", "--dry-run", "--report", str(tmp_path / "out.json"))
    assert list(dump.database()) == before
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["dry_run"] is True
    assert {"accounts.unused", "assessments.answers", "learning.notes"} <= {
        rule["rule"] for rule in report["rules"]
    }
    assert "accounts.warn: unused accounts warned by e-mail" in capsys.readouterr().out


def test_it_must_be_said_which_of_the_two_is_meant() -> None:
    with pytest.raises(CommandError):
        call_command("apply_retention")


def test_the_night_ends_nothing_unless_switched_on(farid: Role, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    grow_old(farid)
    steps = {report.name: report for report in nightly.run(at=NOW)}
    assert steps["accounts.retention"].words == "switched off (SENDA_RETENTION)"
    assert not Erasure.objects.exists()
    settings.SENDA_RETENTION = True
    assert "accounts.unused 1" in {r.name: r for r in nightly.run(at=NOW)}["accounts.retention"].words


def test_a_rule_that_fails_keeps_no_other_from_running(amina: Role, monkeypatch: Any) -> None:
    def broken(cutoff: dt.datetime, most: int) -> int:
        raise ZeroDivisionError

    rules = {"broken": retention.Rule("broken", "x", lambda at: at, lambda cutoff: 1, broken)}
    monkeypatch.setattr(retention, "_rules", rules | retention._rules)
    outcomes = by_rule(dry_run=False)
    assert outcomes["broken"].failed == "ZeroDivisionError"
    assert outcomes["learning.notes"].failed == ""


def test_consents_end_with_the_identity(farid: Role, bruno: Role) -> None:
    consents.give(person=farid.person, purpose="follow_up")
    grow_old(farid)
    by_rule(dry_run=False)
    assert not consents.standing("follow_up").exists()
