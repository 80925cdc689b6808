"""A forgotten password is regained by mail; the answer tells nobody who has an account."""

import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts.models import Person, User
from tests.factories.accounts import SECRET

FORGOTTEN = "/cuenta/contrasena/olvidada/"
NEW = "tres piedras en el camino"


def link() -> str:
    return "/cuenta" + mail.outbox[-1].body.split("/cuenta", 1)[1].split()[0]


def words(answer: HttpResponse) -> str:
    """Return the page without the form keys, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_amina_chooses_a_new_one_by_the_link(client: Client, amina: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(amina)
    assert client.post(FORGOTTEN, {"email": "Amina@example.org"}).status_code == 302
    form = client.get(link(), follow=True)
    address = form.redirect_chain[-1][0]
    assert client.post(address, {"password1": "corta"}).status_code == 400
    assert client.post(address, {"password1": NEW}).status_code == 302
    amina.refresh_from_db()
    assert amina.check_password(NEW)
    assert elsewhere.get("/aprender/").status_code == 302, "sessions elsewhere end"


def test_a_link_works_once(client: Client, amina: User) -> None:
    client.post(FORGOTTEN, {"email": "amina@example.org"})
    address = client.get(link(), follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW})
    assert Client().get(link(), follow=True).context["token_fail"]


@pytest.mark.parametrize("key", ["1-abc", "zzzzzzzzzzzzz-abc-def", "0-0"])
def test_an_invented_link_opens_nothing(client: Client, amina: User, key: str) -> None:
    answer = client.get(f"{FORGOTTEN}{key}/", follow=True)
    assert answer.context["token_fail"]
    assert answer.status_code == 410


def test_the_answer_is_the_same_for_everybody(amina: User) -> None:
    known = Client().post(FORGOTTEN, {"email": "amina@example.org"}, follow=True)
    unknown = Client().post(FORGOTTEN, {"email": "nadie@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert words(known) == words(unknown)
    assert len(mail.outbox) == 2, "both get a mail: the time it takes tells nothing either"


def test_the_page_says_whom_to_turn_to_without_an_email(client: Client, countries: dict) -> None:
    page = client.get(FORGOTTEN).content.decode()
    assert 'id="face"' in page


@pytest.mark.parametrize("typed", ["", "amina", "@", "a" * 300 + "@example.org", "a\x00@example.org"])
def test_what_is_no_email_is_refused(client: Client, countries: dict, typed: str) -> None:
    assert client.post(FORGOTTEN, {"email": typed}).status_code == 400


def test_one_address_cannot_be_flooded_and_what_was_typed_is_kept(client: Client, amina: User) -> None:
    for _mail in range(5):
        assert client.post(FORGOTTEN, {"email": "amina@example.org"}).status_code == 302
    answer = client.post(FORGOTTEN, {"email": "amina@example.org", "password": SECRET})
    assert answer.status_code == 429
    assert "amina@example.org" in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert len(mail.outbox) == 5


def test_a_mail_server_that_does_not_answer_changes_nothing(
    client: Client, amina: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    assert client.post(FORGOTTEN, {"email": "amina@example.org"}).status_code == 302


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("es", "Elige una contraseña nueva"),
        ("en", "Choose a new password"),
        ("fr", "Choisissez un nouveau mot de passe"),
    ],
)
def test_the_mail_is_in_the_language_of_whose_account_it_is(amina: User, language: str, subject: str) -> None:
    Person.objects.filter(pk=amina.person_id).update(language=language)
    asking = Client(headers={"accept-language": "fr" if language == "es" else "es"})
    asking.post(FORGOTTEN, {"email": "amina@example.org"})
    assert subject in mail.outbox[-1].subject
