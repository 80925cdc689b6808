"""What Amina allows, under which notice, and that taking it back holds at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts import consents, notice, notices
from accounts.models import Consent, Person
from tests.conftest import Role

ALLOW = "/cuenta/privacidad/permiso/"
SHARE = {"purpose": "share_employer"}


@pytest.fixture
def next_notice(settings: Any, tmp_path: Path) -> None:
    """A second version, which changes what telling the employer means."""
    first = (settings.SENDA_NOTICES / "2026-11.yaml").read_text()
    (tmp_path / f"{settings.SENDA_NOTICE_VERSION}.yaml").write_text(first)
    later = first.replace("asks_again: []", "asks_again: [share_employer]").replace(
        "2026-11-01", "2027-02-01"
    )
    (tmp_path / "2027-02.yaml").write_text(
        later.replace("Primera versión", "Tu institución verá también la fecha")
    )
    settings.SENDA_NOTICES, settings.SENDA_NOTICE_VERSION = tmp_path, "2027-02"


def test_taking_it_back_holds_at_once(amina: Role) -> None:
    amina.client.post(ALLOW, SHARE | {"answer": "yes"})
    assert consents.allows(amina.person, "share_employer")
    assert [row.person for row in consents.standing("share_employer")] == [amina.person]
    amina.client.post(ALLOW, SHARE | {"answer": "no"})
    assert not consents.allows(amina.person, "share_employer")
    assert not consents.standing("share_employer").exists()
    page = amina.client.get("/cuenta/privacidad/")
    assert [past.taken_back for past in page.context["screen"].history] == [True]


def test_what_a_joined_account_allowed_is_taken_back_too(amina: Role, bruno: Role) -> None:
    consents.give(person=bruno.person, purpose="share_employer")
    Person.objects.filter(pk=bruno.person.pk).update(canonical=amina.person)
    assert consents.allows(amina.person, "share_employer")
    assert consents.withdraw(person=amina.person, purpose="share_employer")
    assert not consents.allows(bruno.person, "share_employer")


def test_a_notice_that_changes_a_purpose_asks_again(amina: Role, settings: Any, request: Any) -> None:
    for purpose in ("courses", "share_employer", "follow_up"):
        consents.give(person=amina.person, purpose=purpose)
    assert consents.to_ask(amina.person) == []
    request.getfixturevalue("next_notice")
    assert consents.to_ask(amina.person) == ["courses", "share_employer"]
    assert not consents.allows(amina.person, "share_employer")
    assert consents.allows(amina.person, "follow_up")
    screen = amina.client.get("/cuenta/privacidad/").context["screen"]
    assert (screen.new_notice.version, screen.new_notice.changes) == (
        "2027-02",
        "Tu institución verá también la fecha.",
    )
    assert [choice.ask_again for choice in screen.choices] == [True, False]


def test_agreeing_anew_keeps_the_old_row(amina: Role, request: Any) -> None:
    consents.give(person=amina.person, purpose="share_employer", at=dt.datetime(2026, 11, 5, tzinfo=dt.UTC))
    request.getfixturevalue("next_notice")
    amina.client.post(ALLOW, SHARE | {"answer": "yes"})
    amina.client.post(ALLOW, {"purpose": "courses", "answer": "yes"})
    rows = Consent.objects.filter(purpose="share_employer").order_by("given_at")
    assert [(row.notice_version, row.renewed_at is None) for row in rows] == [
        ("2026-11b", False),
        ("2027-02", True),
    ]
    assert consents.to_ask(amina.person) == []


def test_each_version_can_be_read(db: None, client: Client, next_notice: None) -> None:
    assert "Tu institución verá también la fecha" in client.get("/cuenta/privacidad/aviso/").content.decode()
    assert client.get("/cuenta/privacidad/aviso/2026-11b/").context["screen"].in_force is False
    assert client.get("/cuenta/privacidad/aviso/1999-01/").status_code == 404


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_notice_is_whole_in_every_language(language: str) -> None:
    for each in notice.history():
        words = [each.changes, *each.points]
        for purpose in each.purposes:
            words += [purpose.title, purpose.what, purpose.ground, purpose.kept]
            words += [purpose.withdrawal] if purpose.consent else []
        assert all(entry.get(language) for entry in words)
        assert "por verificar" not in str(words)
    assert {str(purpose) for purpose in consents.VOLUNTARY} == {
        purpose.key for purpose in notice.current().purposes if purpose.consent
    }


def test_who_never_read_a_notice_is_not_told_that_it_changed(amina: Role) -> None:
    Consent.objects.filter(person=amina.person).delete()
    assert "Lee el aviso de privacidad" in notices.notice_words(amina.user)
    consents.acknowledge(person=amina.person)
    assert "cambió" in notices.notice_words(amina.user)
