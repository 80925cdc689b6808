"""Reporting abuse by staff: without signing in, without a trace, and honestly where nothing is set."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import DatabaseError
from django.urls import reverse
from django.utils.translation import override

from home.demo.places import IDENTITY
from programme import checks, quiet
from programme.models import Identity
from tests.factories.home import make_home
from tests.factories.programme import identity_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home():
    cache.clear()
    make_home()


def page_of(client, language="en"):
    return client.get(reverse("programme:abuse"), headers={"accept-language": language})


def test_amina_reads_where_to_report_without_signing_in(client):
    identity_of(
        abuse_email="cuidado@example.org",
        abuse_phone="+52 961 555 0000",
        abuse_readers="dos personas de la sede",
        abuse_answer_time="en tres días hábiles",
        abuse_anonymous_url="https://example.org/anonimo",
    )
    page = page_of(client).content.decode()
    assert 'href="mailto:cuidado@example.org"' in page
    assert 'href="tel:+529615550000"' in page
    assert 'href="https://example.org/anonimo" rel="noreferrer"' in page
    assert "dos personas de la sede" in page
    assert "en tres días hábiles" in page


def test_without_a_form_of_its_own_the_anonymous_way_is_still_explained(client):
    identity_of(abuse_phone="961 555 0000")
    assert "You need not say who you are" in page_of(client).content.decode()


def test_where_no_address_is_set_the_page_says_so_and_offers_the_support_lines(client):
    answer = page_of(client)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "There is no address for reports here yet." in page
    assert "mailto:" not in page
    assert reverse("programme:lines") in page


def test_reading_the_page_leaves_nothing_behind(client, caplog):
    identity_of(abuse_email="cuidado@example.org")
    sessions = Session.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = page_of(client)
    assert Session.objects.count() == sessions
    assert "sessionid" not in answer.cookies
    assert not [line for line in caplog.messages if "avisar" in line]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def request_line(logger, path, status=200):
    """A line as a server's access log writes it."""
    return logger.makeRecord(
        logger.name, logging.INFO, __file__, 1, '"%s" %s', (f"GET {path} HTTP/1.1", status), None
    )


@pytest.mark.parametrize("name", ["django.server", "gunicorn.access", "uvicorn.access"])
def test_no_server_writes_down_that_somebody_looked_for_the_way_to_report(name):
    logger = logging.getLogger(name)
    assert reverse("programme:abuse").startswith(quiet.ABUSE)
    for path in ("/avisar/", "/avisar", "/AVISAR/?x=1"):
        assert not logger.filter(request_line(logger, path))
    assert logger.filter(request_line(logger, "/lineas-de-apoyo/"))


def test_a_refused_report_is_not_written_down_either(client, caplog):
    client.post(reverse("programme:abuse"), {"text": "algo"})
    client.get("/avisar/mas/")
    assert not [line for line in caplog.messages if "avisar" in line]


def test_that_the_page_broke_is_told_to_who_can_mend_it():
    logger = logging.getLogger("django.request")
    record = logger.makeRecord(logger.name, logging.ERROR, __file__, 1, "Broken: %s", ("/avisar/",), None)
    assert logger.filter(record)


def test_the_page_takes_nothing_in(client):
    assert client.post(reverse("programme:abuse"), {"text": "algo"}).status_code == 405


def test_one_can_leave_the_page_quickly(client):
    identity_of(quick_exit_url="https://example.org/clima")
    assert 'href="https://example.org/clima" rel="noreferrer" data-exit' in page_of(client).content.decode()


def test_the_production_check_fails_while_nobody_can_report():
    found = [problem.id for problem in run_checks(include_deployment_checks=True, databases=None)]
    assert "programme.E001" in found


@pytest.mark.parametrize("placeholder", [IDENTITY["abuse_email"], "avisos@senda.EXAMPLE.", ""])
def test_the_demos_address_which_nobody_reads_does_not_content_the_check(placeholder, settings):
    identity_of(abuse_email=placeholder)
    settings.SENDA_ABUSE_EMAIL = placeholder
    assert [problem.id for problem in checks.abuse_address_is_set(None)] == ["programme.E001"]


@pytest.mark.parametrize("address", [{"abuse_email": "cuidado@example.org"}, {"abuse_phone": "961"}])
def test_the_production_check_is_content_with_one_address(address):
    identity_of(**address)
    assert checks.abuse_address_is_set(None) == []


def test_the_check_stays_quiet_in_development():
    assert "programme.E001" not in [problem.id for problem in run_checks()]


def test_the_check_does_not_break_where_there_is_no_database(monkeypatch):
    def away():
        raise DatabaseError("no such table")

    monkeypatch.setattr(Identity.objects, "all", away)
    assert [problem.id for problem in checks.abuse_address_is_set(None)] == ["programme.E001"]


def test_until_one_is_filled_in_the_installations_address_takes_the_reports(client, settings):
    settings.SENDA_ABUSE_EMAIL = "instalacion@example.org"
    assert checks.abuse_address_is_set(None) == []
    assert 'href="mailto:instalacion@example.org"' in page_of(client).content.decode()
    identity_of(abuse_email="cuidado@example.org")
    assert "instalacion@example.org" not in page_of(client).content.decode()


def test_the_hint_says_where_the_address_is_written():
    with override("en"):
        (problem,) = checks.abuse_address_is_set(None)
    assert "Settings" in problem.hint
