"""When something goes wrong: what happened, what was kept, what to do, in the reader's language."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import path, reverse

from lms import urls as real
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


def forbidden(request: HttpRequest):
    raise PermissionDenied


def broken(request: HttpRequest):
    raise ZeroDivisionError


def strange(request: HttpRequest):
    raise SuspiciousOperation("odd")


def too_many(request: HttpRequest):
    return render(request, "429.html", status=429)


urlpatterns = [
    path("prohibida/", forbidden),
    path("rota/", broken),
    path("rara/", strange),
    path("demasiado/", too_many),
    *real.urlpatterns,
]


@pytest.fixture(autouse=True)
def _home():
    cache.clear()
    make_home()


@pytest.fixture
def reader():
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@override_settings(ROOT_URLCONF="tests.programme.test_error_pages")
@pytest.mark.parametrize(
    ("address", "status", "happened", "kept"),
    [
        ("/no-existe/", 404, "This page is not here", "Nothing of yours was lost"),
        ("/en/", 404, "This page is not here", "Nothing of yours was lost"),
        ("/prohibida/", 403, "This page is not open to you", "Nothing of yours was changed"),
        ("/rara/", 400, "We could not understand this", "Nothing was changed"),
        ("/rota/", 500, "Something broke on our side", "also the answers to a quiz"),
        ("/demasiado/", 429, "Too many tries in a short time", "Nothing of yours was lost"),
    ],
)
def test_a_reader_is_told_what_happened_and_what_was_kept(reader, address, status, happened, kept):
    answer = reader.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert happened in page
    assert kept in page
    assert 'name="robots" content="noindex"' in page
    assert '<html lang="en"' in page


def test_a_form_without_its_token_is_refused_kindly():
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post(reverse("set_language"), {"language": "fr"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This page had grown old" in page
    assert "also the answers that you had given" in page


@pytest.mark.parametrize(
    "form",
    [{f"campo-{n}": "x" for n in range(2100)}, {"identifier": "x" * 3 * 1024 * 1024}],
    ids=["too many fields", "three megabytes"],
)
def test_a_form_that_is_far_too_big_is_refused_in_words(form):
    strict = Client(
        enforce_csrf_checks=True, raise_request_exception=False, headers={"accept-language": "en"}
    )
    strict.get(reverse("account_login"))
    answer = strict.post(reverse("account_login"), urlencode(form), "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "That was too much at once" in answer.content.decode()


@override_settings(ROOT_URLCONF="tests.programme.test_error_pages")
def test_the_page_of_a_broken_site_asks_the_database_nothing(reader, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader.get("/rota/").status_code == 500


def test_robots_are_asked_to_leave_people_alone(client):
    text = client.get("/robots.txt").content.decode()
    for private in ("/admin/", "/cuenta/", "/aprender/", "/avisar/", "/verificar/"):
        assert f"Disallow: {private}" in text
