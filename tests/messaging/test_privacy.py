"""Amina is erased: that anything was written to her goes too, and what was written to her alone loses its words."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts import privacy
from common.clock import now
from messaging import refusals
from messaging.models import Delivery, Kind, Message, Reminder, To
from messaging.timed import _old_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(learns, amina, dalia, say):
    learns(amina.person)
    learns(dalia.person)
    refusals.refuse(person=amina.person, kind=Kind.STUCK)
    Reminder.objects.create(kind=Kind.STUCK, person=amina.person, about=amina.person.key, made_at=now())
    return say(), say(To.PERSON, person=amina.person)


def test_she_downloads_what_was_written_to_her(written, amina):
    told = privacy.export_person(amina.person)["messaging"]
    assert [row["subject"] for row in told["received"]] == ["Nos vemos el martes"] * 2
    assert len(told["reminders"]) == len(told["refused"]) == 1


def test_bruno_downloads_what_he_wrote(written, bruno):
    assert len(privacy.export_person(bruno.person)["messaging"]["written"]) == 2


def test_erased_she_leaves_no_mail_behind(written, amina):
    privacy.erase_person(amina.person)
    assert not Delivery.objects.filter(person=amina.person).exists()
    assert not Reminder.objects.exists()
    to_all, to_her = (Message.objects.get(pk=row.pk) for row in written)
    assert to_all.body == "Traigan su cuaderno."
    assert (to_her.subject, to_her.body) == ("—", "—")


def test_bruno_erased_leaves_no_word_of_his(written, bruno):
    privacy.erase_person(bruno.person)
    assert set(Message.objects.values_list("body", flat=True)) == {"—"}


def test_old_messages_end_with_their_deliveries(written):
    Message.objects.update(at=timezone.now() - timezone.timedelta(days=4000))
    _old_messages(now()).delete()
    assert not Delivery.objects.exists()
