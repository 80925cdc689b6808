"""Does the site tell of its machine what is nobody's business: by another host, by its health, by an error?"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.courses import committed
from tests.permissions.test_table import text_of
from tests.permissions.world import NAME, World


@pytest.mark.parametrize(
    "host", ["malo.example", "testserver.malo.example", "testserver@malo.example", "a b"]
)
def test_another_host_is_not_answered(world: World, host: str) -> None:
    assert Client().get("/", headers={"host": host}).status_code == 400
    form = {"email": "amina@senda.example"}
    assert Client().post(reverse("account_reset_password"), form, headers={"host": host}).status_code == 400
    assert not mail.outbox


def test_a_mail_leads_to_the_site_whatever_a_header_says(world: World) -> None:
    headers = {"x-forwarded-host": "malo.example", "x-host": "malo.example", "forwarded": "host=malo.example"}
    with committed():
        Client().post(reverse("account_reset_password"), {"email": "amina@senda.example"}, headers=headers)
    assert len(mail.outbox) == 1
    assert "malo.example" not in str(mail.outbox[0].message())


def secrets() -> tuple[str, ...]:
    """Return what no page may tell of the machine."""
    database = str(settings.DATABASES["default"]["NAME"])
    return (
        settings.SECRET_KEY,
        database,
        str(settings.BASE_DIR),
        str(settings.MEDIA_ROOT),
        "Traceback",
        "urlpatterns",
    )


def test_the_state_of_the_site_names_no_place_and_nobody(world: World) -> None:
    page = text_of(Client().get(reverse("programme:healthz")))
    assert not [
        secret for secret in (*secrets(), "@", NAME, "Amina", "sqlite3", "password") if secret in page
    ]


def test_an_error_tells_nothing_of_the_machine(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError(settings.SECRET_KEY)

    monkeypatch.setattr("programme.views.lines_screen", fail)
    browser = Client(raise_request_exception=False)
    answers = [
        browser.get(reverse("programme:lines")),
        browser.get("/no/hay/nada/"),
        browser.get("/", headers={"host": "malo.example"}),
        browser.get("/aprender/seguir/no-es-una-clave/"),
        Client(enforce_csrf_checks=True).post(reverse("account_login")),
    ]
    assert [answer.status_code for answer in answers] == [500, 404, 400, 404, 403]
    for answer in answers:
        assert not [secret for secret in secrets() if secret in text_of(answer)]
