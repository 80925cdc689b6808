"""The cast, and where tests get database and browser from.

Amina learns in a public hospital; Bruno trains and facilitates; Chipo is focal point of Amina's hospital; Dalia is
focal point of another place and must see nothing of theirs; Elena follows the programme; Farid learns without
e-mail, with a code, on a shared phone. Each has `person`, `user` and a `client` that is signed in.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.middleware import SEEN_AT, SHARED_PHONE
from accounts.models import Person, User
from institutions.models import Institution, MembershipRole
from learning.models import Cohort
from programme.remembered import forget
from tests.factories.accounts import CodeUserFactory, UserFactory, country
from tests.factories.courses import SmallCourse
from tests.factories.learning import course_with_a_case, fresh, group_of, institution, works_at
from tests.plugins.starter import module_transaction

pytest_plugins = [
    "tests.plugins.template_database",
    "tests.plugins.browser",
    "tests.plugins.starter",
    "tests.plugins.translations",
]


@dataclass
class Role:
    """Somebody of the cast, signed in."""

    user: User
    client: Client

    @property
    def person(self) -> Person:
        """The person, as the database has her now."""
        return Person.objects.select_related("country").get(pk=self.user.person_id)


def signed_in(user: User) -> Role:
    client = Client()
    client.force_login(user)
    return Role(User.objects.get(pk=user.pk), client)


@pytest.fixture(autouse=True)
def nobody_was_counted() -> Iterator[None]:
    """Rate limits begin anew with each test, and nothing is remembered from another one: neither is part of the
    transaction that is rolled back.
    """
    caches["shared"].clear()
    forget()
    yield
    caches["shared"].clear()


@pytest.fixture
def hospital(db: Any) -> Institution:
    return institution("Hospital de Amina")


@pytest.fixture
def shelter(db: Any) -> Institution:
    return institution("Casa de Dalia", code="GT")


@pytest.fixture
def amina(hospital: Institution) -> Role:
    user = UserFactory(email="amina@senda.example", person__display_name="Amina")
    works_at(user.person, hospital)
    return signed_in(user)


@pytest.fixture
def bruno(db: Any) -> Role:
    return signed_in(UserFactory(email="bruno@senda.example", person__display_name="Bruno"))


@pytest.fixture
def chipo(hospital: Institution) -> Role:
    user = UserFactory(email="chipo@senda.example", person__display_name="Chipo")
    works_at(user.person, hospital)
    works_at(user.person, hospital, role=MembershipRole.FOCAL_POINT)
    return signed_in(user)


@pytest.fixture
def dalia(shelter: Institution) -> Role:
    user = UserFactory(
        email="dalia@senda.example", person__display_name="Dalia", person__country=country("GT")
    )
    works_at(user.person, shelter, role=MembershipRole.FOCAL_POINT)
    return signed_in(user)


@pytest.fixture
def elena(db: Any) -> Role:
    return signed_in(UserFactory(email="elena@senda.example", person__display_name="Elena", is_staff=True))


@pytest.fixture
def farid(bruno: Role) -> Role:
    user = CodeUserFactory(
        person__display_name="Farid", person__country=country("GT"), handed_out_by=bruno.user.person
    )
    role = signed_in(user)
    session = role.client.session
    session[SHARED_PHONE], session[SEEN_AT] = True, time.time()
    session.save()
    return role


@pytest.fixture(scope="module")
def made_course(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        yield course_with_a_case()


@pytest.fixture
def course(made_course: SmallCourse, db: Any) -> SmallCourse:
    """Two lessons, a case that may be skipped, and a quiz of two questions; made once for a module."""
    return fresh(made_course)


@pytest.fixture
def cohort(course: SmallCourse, bruno: Role, hospital: Institution) -> Cohort:
    """Bruno's group at Amina's hospital, without dates."""
    return group_of(course, facilitator=bruno.person, institution=hospital)
