"""The database goes away for ten seconds, the disk fills up: nothing is lost that somebody wrote."""

from __future__ import annotations

import errno
import html
import re
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from common.outages import Outage, outage_of
from lms.urls import handler400, handler500
from lms.urls import urlpatterns as real
from programme import last_words, trouble
from tests.factories.home import make_home

__all__ = ["handler400", "handler500"]

pytestmark = pytest.mark.django_db
troubles: list[BaseException] = []
TYPED = "Lo que aprendí hoy: <calma>,\r\n«respeto» y paciencia"


def caused(error, cause):
    error.__cause__ = cause
    return error


def busy(name):
    cause = sqlite3.OperationalError("words")
    cause.sqlite_errorname = name
    return caused(OperationalError("words"), cause)


def answer(request: HttpRequest) -> HttpResponse:
    if troubles:
        raise troubles[0]
    return HttpResponse(f"saved {request.POST.getlist('choice')} {request.POST.get('text')}")


urlpatterns = [path("responder/", answer), *real]


@pytest.fixture(autouse=True)
def _site():
    make_home()
    troubles.clear()
    with override_settings(ROOT_URLCONF="tests.programme.test_outages"):
        yield
    troubles.clear()


@pytest.fixture
def amina_browser():
    browser = Client(
        enforce_csrf_checks=True, raise_request_exception=False, headers={"accept-language": "en"}
    )
    browser.get("/cuenta/entrar/")
    return browser


def send(browser, **fields):
    return browser.post("/responder/", {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value, **fields})


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (caused(OperationalError(), psycopg.OperationalError("connection refused")), Outage.AWAY),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), Outage.AWAY),
        (caused(OperationalError(), psycopg.errors.TooManyConnections()), Outage.AWAY),
        (caused(OperationalError(), psycopg.errors.DiskFull()), Outage.FULL),
        (InterfaceError("connection already closed"), Outage.AWAY),
        (busy("SQLITE_BUSY"), Outage.AWAY),
        (busy("SQLITE_FULL"), Outage.FULL),
        (busy("SQLITE_ERROR"), None),
        (OSError(errno.ENOSPC, "no space"), Outage.FULL),
        (OSError(errno.ENOENT, "no file"), None),
        (caused(RuntimeError(), OSError(errno.ENOSPC, "no space")), Outage.FULL),
        (DatabaseError("a mistake"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)
def test_an_outage_is_told_from_a_mistake(error, outage):
    assert outage_of(error) is outage


def test_an_answer_that_was_not_saved_is_sent_again_with_one_button(amina_browser):
    troubles.append(busy("SQLITE_BUSY"))
    refused = send(amina_browser, choice=["a", "b"], text=TYPED)
    page = refused.content.decode()
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    assert "no-store" in refused["Cache-Control"]
    assert "What you have just sent was not saved" in page
    assert "<calma>" not in page
    troubles.clear()
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    kept: dict[str, list[str]] = {}
    for name, value in fields:
        kept.setdefault(name, []).append(html.unescape(value))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    saved = amina_browser.post("/responder/", {"csrfmiddlewaretoken": token, **kept})
    assert saved.content.decode() == f"saved ['a', 'b'] {TYPED}"


def test_what_was_written_stands_there_to_be_copied(amina_browser):
    troubles.append(OSError(errno.ENOSPC, "no space"))
    refused = send(amina_browser, text=TYPED)
    assert refused.status_code == 503
    assert refused["Retry-After"] == "300"
    assert "There is no room left" in refused.content.decode()
    assert html.unescape(refused.content.decode()).count(TYPED) == 2


@pytest.mark.parametrize("name", ["password", "password1", "pin", "totp-code", "oldpassword"])
def test_a_secret_is_never_written_into_a_page(amina_browser, name):
    troubles.append(busy("SQLITE_BUSY"))
    page = send(amina_browser, login="amina", **{name: "una-clave-bien-larga-y-secreta"}).content.decode()
    assert "una-clave" not in page
    assert "Send it again" not in page


def test_the_form_of_another_site_gets_no_button(amina_browser):
    troubles.append(busy("SQLITE_BUSY"))
    request = amina_browser.post("/responder/", {"text": "algo de otro sitio que nadie quiso"})
    assert "Send it again" not in request.content.decode()


def test_a_form_that_grew_old_shows_what_was_written(amina_browser):
    refused = amina_browser.post("/responder/", {"text": TYPED})
    assert refused.status_code == 403
    assert TYPED in html.unescape(refused.content.decode())


def test_a_page_asked_for_speaks_of_nothing_sent(amina_browser):
    troubles.append(busy("SQLITE_BUSY"))
    page = amina_browser.get("/responder/").content.decode()
    assert "was not saved" not in page


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Algo falló"), ("en", "Something broke"), ("fr", "a échoué")]
)
def test_the_last_words_need_no_template(amina_browser, monkeypatch, language, words):
    def no_template(*args):
        raise OSError(errno.EIO, "the disk is gone")

    monkeypatch.setattr(trouble, "render_to_string", no_template)
    troubles.append(ZeroDivisionError())
    refused = amina_browser.get("/responder/", headers={"accept-language": language})
    assert refused.status_code == 500
    assert words in refused.content.decode()
    assert f'<html lang="{language}">' in refused.content.decode()


def test_an_unknown_language_is_answered_in_spanish():
    assert '<html lang="es">' in last_words.page("nah", trouble.HTTPStatus.INTERNAL_SERVER_ERROR)


def test_an_embedded_database_that_cannot_be_opened_on_a_full_disk_is_told_as_a_full_disk(monkeypatch):
    monkeypatch.setattr(trouble.health, "disk", lambda: trouble.health.Part(trouble.health.State.DOWN))
    full = trouble.connection.vendor == "sqlite"
    assert trouble.outage_now(busy("SQLITE_CANTOPEN")) is (Outage.FULL if full else Outage.AWAY)


def test_numbers_that_nobody_wrote_are_not_shown_as_a_text(amina_browser):
    troubles.append(busy("SQLITE_BUSY"))
    page = send(amina_browser, block="a60613b8-c23f-5189-a475-02b3f414e21f", text=TYPED).content.decode()
    assert page.count("What you wrote") == 1
