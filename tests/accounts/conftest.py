"""People for the tests of this room, with a clean count of attempts before each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import doors
from accounts.models import Person, User
from tests.factories.accounts import SECRET, CodeUserFactory, PersonFactory, UserFactory, country


@pytest.fixture(autouse=True)
def clean_counts(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.accounts.urls"
    for cache in caches.all(initialized_only=False):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.fixture
def countries(db: None) -> dict[str, Any]:
    return {code: country(code) for code in ("MX", "GT", "HN", "SV")}


@pytest.fixture
def amina(countries: dict[str, Any]) -> User:
    """Learns in a public hospital, signs in by e-mail."""
    return UserFactory(email="amina@example.org", person__display_name="Amina")


@pytest.fixture
def farid(countries: dict[str, Any], bruno: User) -> User:
    """Learns without e-mail, by a code that Bruno handed out."""
    return CodeUserFactory(
        username="FARXDQ34",
        person__display_name="Farid",
        handed_out_by=bruno.person,
        person__country=countries["HN"],
    )


@pytest.fixture
def bruno(countries: dict[str, Any]) -> User:
    """Facilitates; who his learners are each test says."""
    return UserFactory(email="bruno@example.org", person__display_name="Bruno")


@pytest.fixture
def chipo(countries: dict[str, Any]) -> User:
    """Focal point of the institution where Amina and Farid work."""
    return UserFactory(email="chipo@example.org", person__display_name="Chipo")


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Person, Person]]:
    """Pairs of facilitator and learner, as the upper room would answer."""
    pairs: list[tuple[Person, Person]] = []
    monkeypatch.setattr(doors, "_may_reset", [lambda by, person: (by, person) in pairs])
    monkeypatch.setattr(doors, "_may_hand_out", [lambda by: any(by == first for first, _ in pairs)])
    return pairs


@pytest.fixture
def group_of_bruno(groups: list, bruno: User, farid: User) -> list:
    groups.append((bruno.person, farid.person))
    return groups


SignIn = Callable[..., HttpResponse]


@pytest.fixture
def sign_in() -> SignIn:
    def act(client: Client, login: str, secret: str = SECRET, query: str = "", **more: Any) -> HttpResponse:
        return client.post(reverse("account_login") + query, {"login": login, "password": secret, **more})

    return act


@pytest.fixture
def form(countries: dict[str, Any]) -> dict[str, str]:
    """A sign-up as Amina fills it in."""
    return {
        "identifier": "amina@example.org",
        "password1": SECRET,
        "country": "MX",
        "adult": "on",
        "notice": "on",
    }


@pytest.fixture
def stranger(countries: dict[str, Any]) -> Person:
    return PersonFactory(display_name="Dalia")
