"""Whoever reads the logs learns how the site is, and of nobody who she is."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common import logs
from tests.factories.accounts import UserFactory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """All that is logged, at every level, as a site on the internet writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    root, django = logging.getLogger(), logging.getLogger("django.request")
    level, quiet = root.level, django.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    django.setLevel(quiet)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def line(message, *args, name="some.library", error=None):
    record = logging.LogRecord(
        name,
        logging.INFO,
        __file__,
        1,
        message,
        args,
        (type(error), error, error.__traceback__) if error else None,
    )
    return json.loads(logs.JsonLines().format(record))


def test_a_journey_leaves_no_personal_datum_in_any_line(written):
    make_home()
    amina = UserFactory(email="amina.lopez@hospital.example", person__display_name="Amina López Xicoténcatl")
    browser = Client(
        raise_request_exception=False, headers={"user-agent": "Teléfono de Amina", "accept-language": "es"}
    )
    data = {
        "identifier": "amina.lopez@hospital.example",
        "password": "Una-clave-9981-secreta",
        "phone": "+52 961 555 0142",
        "new": "nueva.persona@correo.example",
        "code": "ABCD-EFGH-JKLM",
        "words": "violencia-en-casa",
        "name": "Xicoténcatl",
        "agent": "Teléfono",
    }
    signup = reverse("account_signup")
    for identifier in (data["new"], data["phone"]):
        browser.post(
            signup, {"identifier": identifier, "password1": data["password"], "display_name": data["name"]}
        )
    browser.post(reverse("account_login"), {"identifier": data["identifier"], "password": data["password"]})
    browser.post(reverse("account_login"), {"identifier": data["phone"], "password": "246810"})
    browser.post(
        reverse("account_reset_password"), {"email": data["identifier"], "identifier": data["identifier"]}
    )
    browser.get(f"/verificar/{data['code']}/")
    browser.get("/buscar/", {"q": data["words"]})
    browser.get(f"/no-existe/{data['name']}/")
    browser.get("/", headers={"host": "amina.evil.example"})
    browser.force_login(User.objects.get(pk=amina.pk))
    browser.get(reverse("accounts:profile"))
    browser.post(reverse("accounts:profile"), {"display_name": data["name"], "phone": data["phone"]})
    text = written.getvalue()
    assert len([entry for entry in lines(written) if entry["event"] == "request"]) >= 10
    wanted = [*data.values(), "amina", "961 555", "246810", "127.0.0.1", "evil"]
    assert [datum for datum in wanted if datum.lower() in text.lower()] == []


def test_a_request_is_one_line_with_its_kind(written, client):
    make_home()
    answer = client.get(reverse("programme:lines"), headers={"x-request-id": "0123456789abcdef"})
    (entry,) = [entry for entry in lines(written) if entry["event"] == "request"]
    assert {**entry, "time": "", "ms": 0} == {
        "time": "",
        "level": "INFO",
        "logger": "common.requests",
        "event": "request",
        "request": "0123456789abcdef",
        "method": "GET",
        "route": "programme:lines",
        "status": 200,
        "ms": 0,
    }
    assert answer["X-Request-ID"] == "0123456789abcdef"


def test_a_number_that_is_a_message_is_not_taken_over(client):
    make_home()
    assert client.get("/", headers={"x-request-id": "soy Amina"})["X-Request-ID"] != "soy Amina"


@pytest.mark.parametrize("path", ["/avisar/", "/avisar", "/AVISAR/x/"])
def test_looking_for_the_way_to_report_is_not_written(written, client, path):
    make_home()
    client.get(path)
    assert [entry for entry in lines(written) if entry["event"] == "request"] == []


def test_an_exception_is_told_by_kind_and_place_without_its_words():
    try:
        raise IntegrityError("Key (email)=(amina@hospital.example) already exists. 961 555 0142")
    except IntegrityError as error:
        entry = line("It broke", error=error)
    assert entry["error"] == "IntegrityError"
    assert entry["at"][-1].startswith("tests/common/test_logs.py:")
    assert "amina" not in json.dumps(entry)


def test_a_task_that_breaks_is_told_the_same_way():
    try:
        raise ValueError("Amina López")
    except ValueError as error:
        entry = line(
            "Task id=%s path=%s state=%s",
            "a1",
            "learning.tasks.follow",
            "FAILED",
            name="django_tasks",
            error=error,
        )
    assert entry["event"] == "Task id=a1 path=learning.tasks.follow state=FAILED"
    assert entry["error"] == "ValueError"
    assert "Amina" not in json.dumps(entry)


@pytest.mark.parametrize(
    ("message", "args", "event"),
    [
        ("Page edited: %s id=%d", ("Amina", 7), "Page edited: … id=7"),
        ("Not Found: /verificar/ABCD/", (), "Not Found: …"),
        ("No such user 'Amina'", (), "No such user …"),
        ("mail to amina@hospital.example", (), "mail to …"),
        ("call +52 961 555 0142", (), "call …"),
        ("took %.1f s for %s", ("x", "y"), "took %.1f s for %s"),
    ],
)
def test_words_of_a_library_are_written_without_what_was_put_into_them(message, args, event):
    assert line(message, *args)["event"] == event


def test_the_same_as_text():
    record = logging.LogRecord("programme.timer", logging.INFO, __file__, 1, "night %s", ("done",), None)
    assert logs.TextLines().format(record).endswith("INFO programme.timer night done")


def test_a_warning_of_python_is_told_by_kind_and_place():
    said = "/usr/lib/python3.11/json/decoder.py:61: UserWarning: no «Amina» here\n  decode(x)\n"
    assert line("%s", said, name="py.warnings")["event"] == "UserWarning in python3.11/json/decoder.py:61"
