"""What stands around every page, as people see it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, User
from tests.factories.home import make_home, make_page
from tests.factories.programme import SupportLineFactory, identity_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()


@pytest.fixture
def home():
    return make_home()


def test_amina_finds_the_way_to_report_abuse_at_the_foot_of_every_page(client, home):
    for address in ("/", reverse("programme:lines"), reverse("programme:abuse"), "/no-existe/"):
        assert f'href="{reverse("programme:abuse")}"' in client.get(address).content.decode(), address


def test_a_visitor_is_offered_to_sign_in_and_never_to_sign_out(client, home):
    page = client.get("/").content.decode()
    assert reverse("account_login") in page
    assert f'action="{reverse("account_logout")}"' not in page


def test_the_second_page_asks_the_database_nothing_for_its_frame(client, home):
    SupportLineFactory()
    client.get("/no-existe/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/no-existe/")
    # What is left is Wagtail's own search for a page at this address.
    frame = ("programme_identity", "programme_supportline", '"role" =')
    assert not [query["sql"] for query in asked if any(table in query["sql"] for table in frame)]


def test_the_admin_never_pays_for_the_frame(client, home):
    bruno = User.objects.create(
        person=Person.objects.create(), username="bruno", is_staff=True, is_superuser=True
    )
    client.force_login(bruno)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert not [query for query in asked if "programme_supportline" in query["sql"]]


def test_a_line_that_bruno_saves_stands_on_the_next_page(client, home, django_capture_on_commit_callbacks):
    assert "Línea de la Vida" not in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        SupportLineFactory(name="Línea de la Vida")
    assert "Línea de la Vida" in client.get("/").content.decode()


def test_a_new_name_of_the_site_stands_on_the_next_page(client, home, django_capture_on_commit_callbacks):
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        identity_of(site_name="Camino", organisation="Una organización")
    page = client.get("/").content.decode()
    assert "· Camino</title>" in page
    assert "Una organización" in page


def test_donate_join_and_subscribe_are_shown_only_where_an_address_is_set(client, home):
    identity_of(donate_url="https://example.org/donar")
    page = client.get("/").content.decode()
    assert "https://example.org/donar" in page
    assert page.count('rel="noreferrer"') == 1


def test_a_page_with_a_role_is_linked_from_the_foot_once_it_is_published(
    client, home, django_capture_on_commit_callbacks
):
    notice = make_page(home, "Aviso de privacidad", "aviso-de-privacidad", role="privacy", live=False)
    assert "/aviso-de-privacidad/" not in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        notice.save_revision().publish()
    assert 'href="/aviso-de-privacidad/"' in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_a_reader_chooses_a_language_and_stays_on_her_page(client, home, language):
    answer = client.post(
        reverse("set_language"), {"language": language, "next": "/lineas-de-apoyo/?x=1"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/lineas-de-apoyo/?x=1"
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_language_switch_leads_to_no_other_site(client, home):
    answer = client.post(reverse("set_language"), {"language": "fr", "next": "https://example.org/"})
    assert "example.org" not in answer["Location"]


def test_another_palette_is_named_on_the_page_and_written_nowhere_inline(client, home):
    identity_of(palette="plum")
    page = client.get("/").content.decode()
    assert 'data-palette="plum"' in page
    assert "style=" not in page
    assert "<style" not in page


def test_spanish_words_are_marked_for_a_screen_reader_that_reads_english(client, home):
    SupportLineFactory(name="Línea de la Vida")
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get("/").content.decode()
    assert '<span lang="es"><b>Línea de la Vida</b>' in page
    assert '<h1 lang="es">' in page
