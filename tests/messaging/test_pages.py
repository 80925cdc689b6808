"""Bruno writes, looks at it, sends it, and reads whom it reached; others find nothing there."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from messaging.models import Delivery, Message, State
from tests.factories.courses import committed
from tests.factories.room import session_of

pytestmark = pytest.mark.django_db
WORDS = {"subject_es": "Nos vemos", "body_es": "El martes a las nueve."}


@pytest.fixture
def group(learns, amina, farid):
    learns(amina.person)
    learns(farid.person)


@pytest.fixture
def address(cohort):
    return reverse("messaging:write", kwargs={"cohort": cohort.key})


def filled(bruno, address, **more):
    page = bruno.client.get(address)
    key = page.context["form"]["key"].value()
    return {"key": str(key), "to": "cohort", "act": "look"} | WORDS | more


def test_bruno_looks_at_it_before_it_goes(group, bruno, address):
    page = bruno.client.post(address, filled(bruno, address))
    assert page.status_code == 200
    assert [preview.language for preview in page.context["previews"]] == ["es"]
    assert "El martes a las nueve." in page.content.decode()
    assert not Message.objects.exists()


def test_bruno_sends_it_and_reads_whom_it_reached(group, bruno, address):
    with committed():
        answer = bruno.client.post(address, filled(bruno, address, act="send"))
    page = bruno.client.get(answer["Location"]).content.decode()
    assert len(mail.outbox) == 1
    assert "Farid" in page
    assert str(State.NO_ADDRESS.label) in page
    listed = bruno.client.get(
        reverse("messaging:messages", kwargs={"cohort": Message.objects.get().cohort.key})
    )
    assert "Nos vemos" in listed.content.decode()


def test_half_a_text_is_asked_for(group, bruno, address):
    page = bruno.client.post(address, filled(bruno, address, body_es=""))
    assert page.status_code == 400
    assert not Message.objects.exists()


def test_a_subject_of_two_lines_forges_no_heading(group, bruno, address):
    sent = filled(bruno, address, act="send", subject_es="Hola\r\nBcc: todos@example.org")
    with committed():
        bruno.client.post(address, sent)
    assert all(
        "\n" not in message.subject and message.to == ["amina@senda.example"] for message in mail.outbox
    )
    assert not any("Bcc" in message.message() for message in mail.outbox)


def test_from_the_page_of_the_group_one_person_is_a_press_away(group, bruno, cohort, amina):
    page = bruno.client.get(reverse("learning:cohort", kwargs={"cohort": cohort.key})).content.decode()
    enrolment = cohort.enrolments.get(person=amina.person)
    address = f"{reverse('messaging:write', kwargs={'cohort': cohort.key})}?a={enrolment.key}"
    assert address in page
    with committed():
        bruno.client.post(address, filled(bruno, address, act="send"))
    assert Delivery.objects.get().person == amina.person


def test_texts_to_begin_with_are_there(group, bruno, address):
    page = bruno.client.get(f"{address}?texto=unfinished")
    form = page.context["form"]
    assert form["to"].value() == "unfinished"
    assert form["body_es"].value()


@pytest.mark.parametrize("who", ["amina", "dalia", "chipo", "elena", "farid"])
@pytest.mark.parametrize("name", ["messages", "write", "paste"])
def test_nobody_else_finds_the_pages(group, request, cohort, who, name):
    role = request.getfixturevalue(who)
    assert role.client.get(reverse(f"messaging:{name}", kwargs={"cohort": cohort.key})).status_code == 404


def test_a_message_of_another_group_is_not_there(group, bruno, dalia, address):
    with committed():
        bruno.client.post(address, filled(bruno, address, act="send"))
    for name in ("message", "again"):
        url = reverse(f"messaging:{name}", kwargs={"message": Message.objects.get().key})
        assert dalia.client.post(url).status_code in {404, 405}
        assert dalia.client.get(url).status_code in {404, 405}


def test_the_text_to_paste_names_nobody(group, bruno, cohort):
    session = session_of(cohort, bruno.person, title="Escuchar")
    url = reverse("messaging:paste", kwargs={"cohort": cohort.key})
    view = bruno.client.get(f"{url}?sesion={session.key}").context["view"]
    (text,) = [one.text for one in view.texts]
    assert "Escuchar" in text
    assert "http://127.0.0.1:8000/" in text
    assert not any(name in text for name in ("Amina", "Farid", "Bruno"))


def test_nonsense_in_an_address_is_answered(group, bruno, cohort):
    for name, query in (("paste", "sesion=x"), ("write", "a=x")):
        url = reverse(f"messaging:{name}", kwargs={"cohort": cohort.key})
        assert bruno.client.get(f"{url}?{query}").status_code == 404
