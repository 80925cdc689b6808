"""Each reads greeting and foot in her own language, the text as it was written, and nothing that tells the topic."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail

from accounts.models import Person
from messaging.frames import Text
from messaging.models import Delivery, Message, State, To
from messaging.writing import Reason, Refused
from tests.factories.courses import committed
from tests.factories.learning import do, finish, lessons_of, tells_details
from tests.factories.room import session_of
from tests.messaging.conftest import SAID, states

pytestmark = pytest.mark.django_db
TOPIC = "Violencia sexual"


@pytest.fixture
def zoe(amina):
    """Amina reads French."""
    Person.objects.filter(pk=amina.person.pk).update(language="fr")
    return amina


@pytest.fixture
def sensitive(cohort):
    """The course is sensitive, with a neutral name."""
    from courses.models import Course, CoursePage

    cohort.name = f"Grupo de {TOPIC}"
    cohort.save()
    page = CoursePage.objects.get(translation_key=cohort.course.key)
    page.title, page.sensitive, page.neutral_name = TOPIC, True, "Módulo de apoyo 1"
    with committed():
        page.save_revision().publish()
    cohort.course = Course.objects.get(pk=cohort.course.pk)
    return cohort


def heads(message) -> str:
    """Return everything of a mail that is not the text as it was written."""
    return "\n".join([message.subject, message.body.replace(SAID.body, "").replace(SAID.subject, "")])


def test_the_frame_is_in_her_language_and_the_text_as_it_was_written(learns, zoe, say):
    learns(zoe.person)
    say()
    (sent,) = mail.outbox
    assert SAID.body in sent.body
    assert "/mensajes/no/" in sent.body
    html = sent.alternatives[0][0]
    assert '<html lang="fr"' in html
    assert '<div lang="es">' in html


def test_who_reads_french_reads_what_was_written_in_french(learns, zoe, dalia, say):
    learns(zoe.person)
    learns(dalia.person)
    say(texts=[SAID, Text("fr", "À mardi", "Apportez votre cahier.")])
    said = {sent.to[0]: sent for sent in mail.outbox}
    assert "Apportez votre cahier." in said["amina@senda.example"].body
    assert "À mardi" in said["amina@senda.example"].subject
    assert SAID.body in said["dalia@senda.example"].body


def test_of_a_sensitive_course_neither_subject_nor_frame_tells_the_topic(
    learns, amina, say, sensitive, bruno
):
    session = session_of(sensitive, bruno.person, title=f"Taller de {TOPIC}")
    learns(amina.person)
    say(session=session, texts=[Text("es", TOPIC, "Nos vemos.")])
    (sent,) = mail.outbox
    assert "Módulo de apoyo 1" in sent.subject
    assert TOPIC not in sent.subject
    assert TOPIC not in sent.body.replace(f"{TOPIC}\n\nNos vemos.", "")
    (_name, calendar, _type) = sent.attachments[0]
    assert TOPIC not in calendar
    assert "Módulo de apoyo 1" in calendar


@pytest.mark.parametrize(
    ("subject", "told"), [("Sobre la VIOLENCIA: nos vemos", True), ("Nos vemos el martes, con apoyo", False)]
)
def test_who_writes_to_a_sensitive_course_is_told_which_words_tell_its_topic(
    learns, amina, sensitive, bruno, subject, told
):
    learns(amina.person)
    form = {
        "key": str(uuid4()),
        "to": "cohort",
        "subject_es": subject,
        "body_es": "Trae tu cuaderno.",
        "act": "look",
    }
    page = bruno.client.post(f"/mensajes/grupo/{sensitive.key}/nuevo/", form).content.decode()
    assert "Así se va a leer" in page
    assert ("«VIOLENCIA»: quien vea su teléfono" in page) is told
    assert ("quien vea su teléfono" in page) is told


def test_mail_programs_can_say_no_with_one_press(learns, amina, say, client):
    learns(amina.person)
    say()
    (sent,) = mail.outbox
    said = sent.message()
    assert said["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = said["List-Unsubscribe"].strip("<>").replace("\n", "").replace(" ", "")
    assert address.startswith("http://127.0.0.1:8000/mensajes/no/")


def test_those_who_completed_are_not_urged_to(learns, amina, dalia, say):
    learns(amina.person)
    tells_details(dalia.person)
    finish(learns(dalia.person))
    assert states(say(To.UNFINISHED)) == {"Amina": State.SENT}


def test_who_completes_or_leaves_before_it_goes_gets_none(learns, amina, cohort, bruno):
    from learning import services
    from messaging.sending import send
    from messaging.writing import write_message

    row = learns(amina.person)
    message = write_message(cohort=cohort, to=To.COHORT, texts=[SAID], by=bruno.person)
    services.leave(enrolment=row)
    assert send(Delivery, message.deliveries.get().pk) == State.PAST
    assert not mail.outbox


def test_one_person_alone_is_written_to(learns, amina, dalia, say):
    learns(amina.person)
    learns(dalia.person)
    message = say(To.PERSON, person=amina.person)
    assert states(message) == {"Amina": State.SENT}


def test_nobody_of_another_group_is_written_to(learns, amina, dalia, say):
    learns(amina.person)
    with pytest.raises(Refused) as refused:
        say(To.PERSON, person=dalia.person)
    assert refused.value.reason == Reason.NOBODY


def test_who_does_not_run_the_group_writes_nothing(learns, amina, dalia, say):
    learns(amina.person)
    with pytest.raises(Refused) as refused:
        say(by=dalia.person)
    assert refused.value.reason == Reason.NOT_YOURS
    assert not Message.objects.exists()


def test_a_form_that_is_sent_twice_is_one_message(learns, amina, say):
    from uuid import uuid4

    key = uuid4()
    learns(amina.person)
    assert say(key=key) == say(key=key)
    assert len(mail.outbox) == 1


def test_a_group_of_two_hundred_costs_as_many_questions_as_one_of_two(
    learns, cohort, bruno, django_assert_max_num_queries
):
    from messaging.writing import write_message
    from tests.factories.accounts import UserFactory

    for number in range(3):
        do(row := learns(UserFactory(email=f"n{number}@senda.example").person), lessons_of(row)[0])
    with django_assert_max_num_queries(20):
        write_message(cohort=cohort, to=To.COHORT, texts=[SAID], by=bruno.person)
