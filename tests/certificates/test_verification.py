"""Anybody verifies a code: what it is worth, with the least personal data, never indexed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from certificates import codes
from certificates.models import Certificate, RevocationCategory
from certificates.services import replace, revoke
from certificates.states import State
from tests.conftest import Role
from tests.factories.courses import SmallCourse, publish
from tests.factories.learning import enrol, finish, tells_details

NAME = "Amina Xol Caal"


@pytest.fixture
def certificate(amina: Role, course: SmallCourse) -> Certificate:
    publish(course.page, validity_months=24)
    tells_details(amina.person)
    finish(enrol(amina.person, course))
    return Certificate.objects.get()


def page(client: Client, code: str) -> Any:
    return client.get(f"/verificar/{code}/")


def test_a_valid_one_shows_no_more_than_the_paper(
    client: Client, certificate: Certificate, amina: Role
) -> None:
    answer = page(client, certificate.code)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["verdict"].state == State.VALID
    assert NAME in words
    assert "Primeros auxilios" in words
    for private in ("amina@", "Hospital de Amina", "health", "25-34", str(amina.person.key)):
        assert private not in words


def test_it_is_in_no_search_engine(client: Client, certificate: Certificate) -> None:
    for answer in (page(client, certificate.code), client.get("/verificar/")):
        assert "noindex" in answer["X-Robots-Tag"]
        assert b"noindex" in answer.content
        assert "no-store" in answer["Cache-Control"]


def test_an_expired_one_says_so(client: Client, certificate: Certificate) -> None:
    with time_machine.travel(certificate.valid_until + dt.timedelta(days=2)):
        answer = page(client, certificate.code)
    assert answer.context["verdict"].state == State.EXPIRED
    assert NAME in answer.content.decode()


def test_a_revoked_one_publishes_no_name(client: Client, certificate: Certificate, bruno: Role) -> None:
    revoke(certificate=certificate, category=RevocationCategory.ERROR, by=bruno.person)
    answer = page(client, certificate.code)
    assert answer.context["verdict"].state == State.REVOKED
    assert NAME not in answer.content.decode()
    assert "Bruno" not in answer.content.decode()


def test_amina_reads_why_hers_was_revoked_and_cannot_hand_it_on(
    certificate: Certificate, amina: Role, bruno: Role
) -> None:
    download = f"/constancia/{certificate.key}/"
    record = "/aprender/registro/"
    assert download in amina.client.get(record).content.decode()
    revoke(certificate=certificate, category=RevocationCategory.ERROR, by=bruno.person)
    for place in (record, certificate.course.pages.get().url):
        page = amina.client.get(place, headers={"accept-language": "en"}).content.decode()
        assert download not in page
        assert "It was revoked on" in page
        assert "issued in error" in page
        assert "ask who facilitates your course" in page
    answer = amina.client.get(download, follow=True, headers={"accept-language": "en"})
    assert answer.redirect_chain[0][0] == record
    assert "It was revoked on" in answer.content.decode()


def test_a_replaced_one_names_neither_a_person_nor_its_successor(
    client: Client, certificate: Certificate, amina: Role
) -> None:
    new = replace(certificate=certificate)
    old_page = page(client, certificate.code)
    assert old_page.context["verdict"].state == State.REPLACED
    assert new.code not in old_page.content.decode()
    assert NAME not in old_page.content.decode()
    new_page = page(client, new.code)
    assert new_page.context["verdict"].state == State.VALID
    assert certificate.code not in new_page.content.decode()
    assert new.code in amina.client.get("/aprender/registro/").content.decode()


def test_an_unknown_code_is_404_with_a_helpful_word(client: Client, db: Any) -> None:
    answer = page(client, codes.new_code())
    assert answer.status_code == 404
    assert answer.context["verdict"].trouble
    assert b'name="codigo"' in answer.content


def wrong_character(code: str) -> str:
    last = "A" if code[-1] != "A" else "B"
    return code[:-1] + last


def test_a_mistyped_one_says_what_to_look_at_and_asks_the_database_nothing(
    client: Client, certificate: Certificate, django_assert_num_queries: Any
) -> None:
    from certificates.queries import verdict_on

    with django_assert_num_queries(0):
        for typed in (
            wrong_character(certificate.code),
            certificate.code[:-2],
            certificate.code + "9",
            "UUUU",
            "ñ",
        ):
            assert verdict_on(typed).trouble
    assert page(client, wrong_character(certificate.code)).status_code == 404


def test_it_is_read_kindly(client: Client, certificate: Certificate) -> None:
    bare = certificate.code.replace("-", "")
    for typed in (bare.lower(), f"  {bare} ", bare.replace("0", "o").replace("1", "l"), " ".join(bare)):
        answer = client.get("/verificar/", {"codigo": typed})
        assert answer.context["verdict"].state == State.VALID, typed


def test_the_address_of_the_page_may_be_pasted(client: Client, certificate: Certificate) -> None:
    pasted = f"http://127.0.0.1:8000/verificar/{certificate.code}/"
    assert client.get("/verificar/", {"codigo": pasted}).context["verdict"].state == State.VALID


@pytest.mark.parametrize(
    "typed", ["\x00", "<script>alert(1)</script>", "x" * 3000, "../../etc/passwd", "%00", "🦋"]
)
def test_whatever_is_typed_gets_an_answer(typed: str, client: Client, db: Any) -> None:
    answer = client.get("/verificar/", {"codigo": typed})
    assert answer.status_code == 404
    assert b"<script>alert" not in answer.content


def test_a_reader_of_a_pile_is_welcome_and_a_program_is_not(client: Client, certificate: Certificate) -> None:
    with time_machine.travel("2026-03-05 12:00:00+00:00", tick=False):
        answers = [page(client, certificate.code) for _ in range(61)]
        elsewhere = client.get(f"/verificar/{certificate.code}/", REMOTE_ADDR="10.9.8.7")
    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert int(answers[60]["Retry-After"]) > 0
    words = answers[60].content.decode()
    assert NAME not in words
    assert f'href="/verificar/{certificate.code}/"' in words
    # Who verifies a pile has neither an account nor a password here.
    assert "PIN" not in words
    assert "cuenta" not in words.split("<main")[1].split("</main")[0]
    assert elsewhere.status_code == 200


def test_looking_changes_nothing_and_posting_is_refused(client: Client, certificate: Certificate) -> None:
    before = Certificate.objects.values().get()
    page(client, certificate.code)
    assert client.post("/verificar/", {"codigo": certificate.code}).status_code == 405
    assert Certificate.objects.values().get() == before


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_verdict_is_in_the_readers_language(
    language: str, client: Client, certificate: Certificate
) -> None:
    client.cookies["senda_language"] = language
    answer = page(client, certificate.code)
    assert f'lang="{language}"' in answer.content.decode()
    assert answer.context["verdict"].content.language == language
