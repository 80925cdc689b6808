"""From the front page to a verified certificate, without JavaScript, only by the links and forms on the pages."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.services import hand_out_login
from assessments.models import Attempt
from certificates.models import Certificate
from learning.models import Cohort, Completion
from programme.models import Country
from tests.conftest import Role
from tests.factories.accounts import SECRET
from tests.journeys.reader import Reader

DETAILS = {"sex": "woman", "age_band": "25-34", "position": "health"}


def do_the_lessons(reader: Reader) -> int:
    """Read and finish lesson after lesson, as each leads to the next; returns how many they were."""
    count = 0
    while reader.has_form("/terminar/"):
        assert reader.soup.find("h1")
        assert "por verificar" not in reader.words.lower()
        reader.send("/terminar/")
        count += 1
        assert count < 40, "the lessons go round in a circle"
    return count


def take_the_quiz(reader: Reader) -> None:
    """Answer every question rightly on its own page, look over all, hand in."""
    reader.send("/prueba/")
    attempt = Attempt.objects.open().select_related("version").get()
    for number, question in enumerate(attempt.version.quiz.questions, 1):
        assert reader.address.endswith(f"/{number}/"), reader.address
        offered = reader.choices("choice")
        assert set(offered) == set(question.choice_keys)
        reader.send(reader.address, choice=list(question.right_keys))
    assert reader.address.endswith("/revisar/")
    reader.send("/entregar/")
    assert reader.address.endswith("/resultado/")


def complete_details(reader: Reader, name: str, **others: str) -> None:
    """Follow the page's own way to the profile, and save it."""
    reader.open("/cursos/pap-01/").follow("/cuenta/perfil/")
    reader.send("/cuenta/perfil/", certificate_name=name, **{**DETAILS, **others})


def fetch_and_verify(reader: Reader, name: str) -> Certificate:
    """Download the certificate from the record, and let somebody else verify its code."""
    reader.open("/aprender/registro/")
    paper = reader.client.get(reader.link("/constancia/"))
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF-")
    certificate = Certificate.objects.get()
    clinic = Reader().open("/verificar/").send("/verificar/", codigo=certificate.code.lower())
    assert name in clinic.words
    assert clinic.answer.context["verdict"].state == "valid"
    assert Reader().open(f"/verificar/{certificate.code}/").answer.status_code == 200
    return certificate


def sign_up(reader: Reader, email: str) -> None:
    """Come from the front page by way of the course, and make an account where it is asked for."""
    reader.open("/").follow("/cursos/pap-01/")
    if reader.has_form("/inscripcion/"):
        reader.send("/inscripcion/")
    else:
        reader.follow("/inscripcion/")
    assert reader.address.startswith("/cuenta/entrar/")
    reader.follow("/cuenta/crear/")
    reader.send("/cuenta/crear/", identifier=email, password1=SECRET, country="MX", adult="on", notice="on")


def enrol(reader: Reader) -> None:
    """Enrol in one click, from wherever signing in has led."""
    if not reader.has_form("/inscripcion/"):
        reader.open("/cursos/pap-01/")
    reader.send("/inscripcion/")
    assert reader.has_form("/terminar/"), reader.address


@pytest.mark.parametrize("language", ["", "en", "fr"])
def test_amina_signs_up_by_mail_learns_and_holds_a_certificate(language: str, starter: Any) -> None:
    reader = Reader(language)
    sign_up(reader, "amina@hospital.example")
    enrol(reader)
    html = reader.soup.find("html")
    assert html["lang"] == (language or "es")
    if language:
        # The interface speaks her language; what trainers wrote is Spanish and says so.
        assert reader.soup.find(attrs={"lang": "es"}), reader.address
    assert do_the_lessons(reader) == 17
    take_the_quiz(reader)
    assert Completion.objects.exists()
    assert not Certificate.objects.exists()
    complete_details(reader, "Amina Xol Caal")
    certificate = fetch_and_verify(reader, "Amina Xol Caal")
    assert certificate.language == (language or "es")


def test_farid_comes_with_a_code_and_a_pin_on_a_shared_phone(starter: Any, bruno: Role) -> None:
    cohort = Cohort.objects.create(code="G-PAP", name="Grupo", course=starter)
    cohort.facilitators.add(bruno.person)
    user, pin = hand_out_login(country=Country.objects.get(pk="GT"), by=bruno.person, name="Farid Nájera Cuc")
    phone = Reader()
    phone.open("/").follow("/cuenta/entrar/")
    phone.send("/cuenta/entrar/", login=user.readable_code.lower(), password=pin, shared_phone="on")
    assert phone.answer["Cache-Control"] == "no-store"
    enrol(phone)
    assert phone.has_form("/cuenta/salir/") or phone.link("/cuenta/salir/")
    assert do_the_lessons(phone) == 17
    take_the_quiz(phone)
    complete_details(phone, "Farid Nájera Cuc", sex="man", position="shelter")
    fetch_and_verify(phone, "Farid Nájera Cuc")
    leave(phone)
    after = Reader()
    after.client = phone.client
    after.open("/aprender/")
    assert after.address.startswith("/cuenta/entrar/")
    assert "Farid" not in after.words


def leave(phone: Reader) -> None:
    """Press «Salir»."""
    phone.open("/aprender/")
    if not phone.has_form("/cuenta/salir/"):
        phone.follow("/cuenta/salir/")
    phone.send("/cuenta/salir/")


def test_a_failed_try_is_told_kindly_and_the_next_one_passes(starter: Any, amina: Role) -> None:
    reader = Reader()
    reader.client.force_login(amina.user)
    reader.open("/cursos/pap-01/")
    enrol(reader)
    do_the_lessons(reader)
    reader.send("/prueba/")
    attempt = Attempt.objects.open().get()
    for number, question in enumerate(attempt.version.quiz.questions, 1):
        wrong = next(key for key in question.choice_keys if key not in question.right_keys)
        reader.open(f"/prueba/{attempt.key}/{number}/").send(reader.address, choice=[wrong])
    reader.open(f"/prueba/{attempt.key}/revisar/").send("/entregar/")
    assert not Completion.objects.exists()
    reader.open("/cursos/pap-01/prueba/prueba-final/")
    take_the_quiz(reader)
    assert Completion.objects.exists()


def test_the_session_ends_in_the_middle_of_the_quiz_and_nothing_is_lost(starter: Any, amina: Role) -> None:
    reader = Reader()
    reader.client.force_login(amina.user)
    reader.open("/cursos/pap-01/")
    enrol(reader)
    reader.open("/cursos/pap-01/prueba/prueba-final/").send("/prueba/")
    attempt = Attempt.objects.open().select_related("version").get()
    first, second = attempt.version.quiz.questions[:2]
    reader.send(reader.address, choice=list(first.right_keys))
    reader.client.session.flush()
    reader.send(reader.address, choice=list(second.right_keys))
    assert reader.address.startswith("/cuenta/entrar/")
    reader.send("/cuenta/entrar/", login=amina.user.email, password=SECRET)
    kept = {row.question_key: set(row.chosen) for row in attempt.answers.all()}
    assert kept == {first.key: set(first.right_keys), second.key: set(second.right_keys)}
    assert str(attempt.key) in reader.address
