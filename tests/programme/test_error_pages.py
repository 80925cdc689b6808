"""Farid meets an error: in his language it says what happened, what was kept and what to do, database or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from lms.urls import handler400, handler429, handler500
from lms.urls import urlpatterns as real
from tests.factories.home import make_home

__all__ = ["handler400", "handler429", "handler500"]
pytestmark = pytest.mark.django_db

LANGUAGES = ("es", "en", "fr")
WORDS = {
    "/ninguna-pagina/": {
        "es": "Esta página no está aquí",
        "en": "This page is not here",
        "fr": "Cette page n’est pas ici",
    },
    "/no-es-para-ti/": {
        "es": "Esta página no está abierta para ti",
        "en": "This page is not open to you",
        "fr": "Cette page ne vous est pas ouverte",
    },
    "/se-rompe/": {
        "es": "Algo falló de nuestro lado",
        "en": "Something broke on our side",
        "fr": "Quelque chose s’est cassé de notre côté",
    },
}
STATUS = {"/ninguna-pagina/": 404, "/no-es-para-ti/": 403, "/se-rompe/": 500}
AWAY = {
    "es": "En este momento no podemos consultar los registros",
    "en": "We cannot reach our records just now",
    "fr": "Nos registres sont injoignables pour le moment",
}


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("A mistake of ours")


urlpatterns = [path("no-es-para-ti/", refuses), path("se-rompe/", breaks), *real]


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    make_home()
    with override_settings(ROOT_URLCONF="tests.programme.test_error_pages"):
        yield


def database_away() -> AbstractContextManager[None]:
    """Let every question to the database fail, as while it is started anew."""

    def gone(*args: Any) -> Any:
        raise OperationalError("gone") from psycopg.OperationalError("connection refused")

    return connection.execute_wrapper(gone)


def ask(address: str, language: str) -> Any:
    browser = Client(raise_request_exception=False, headers={"accept-language": language})
    return browser.get(address)


def heading(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", WORDS)
def test_each_error_is_told_in_the_readers_language(address: str, language: str) -> None:
    answer = ask(address, language)
    assert answer.status_code == STATUS[address]
    assert heading(answer) == WORDS[address][language]
    assert f'<html lang="{language}"' in answer.text
    assert 'href="/lineas-de-apoyo/"' in answer.text
    assert "A mistake of ours" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", WORDS)
def test_without_the_database_there_is_still_a_page_in_her_language(address: str, language: str) -> None:
    with database_away():
        answer = ask(address, language)
    ours = address == "/se-rompe/"
    assert answer.status_code == (500 if ours else 503)
    assert heading(answer) == (WORDS[address] if ours else AWAY)[language]
    assert f'<html lang="{language}"' in answer.text
    assert "senda.css" in answer.text


@pytest.mark.parametrize("address", WORDS)
def test_the_language_that_she_chose_holds_whatever_her_browser_speaks(address: str) -> None:
    browser = Client(raise_request_exception=False, headers={"accept-language": "es"})
    browser.cookies["senda_language"] = "fr"
    assert heading(browser.get(address)) == WORDS[address]["fr"]
    with database_away():
        assert heading(browser.get(address)) in {WORDS[address]["fr"], AWAY["fr"]}


def test_a_form_that_grew_old_without_a_database_has_its_page_too() -> None:
    browser = Client(
        enforce_csrf_checks=True, raise_request_exception=False, headers={"accept-language": "en"}
    )
    with database_away():
        answer = browser.post("/se-rompe/", {"text": "Lo que aprendí hoy en el taller"})
    assert answer.status_code == 503
    assert heading(answer) == AWAY["en"]
    assert "Lo que aprendí hoy en el taller" in answer.text
