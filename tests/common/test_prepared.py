"""What is asked by SQL written before answers as Django's own query does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.prepared import KEYS, NAMES, NUMBERS, Prepared
from learning.models import Enrolment
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol


def test_it_returns_the_object_with_what_is_joined_and_asks_no_more(amina: Role, farid: Role) -> None:
    question = Prepared(lambda pk: User.objects.select_related("person").filter(pk=pk), NUMBERS[0])
    known = [(who.person.user, who.person.display_name) for who in (amina, farid, amina)]
    for login, name in known:
        with CaptureQueriesContext(connection) as asked:
            [user] = question.objects(login.pk)
            assert user == login
            assert user.person.display_name == name
        assert len(asked) == 1


def test_fields_are_read_as_django_reads_them(amina: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    plain = Enrolment.objects.values_list("key", "enrolled_at", "at_route_stages", "enrolled_on")
    question = Prepared(lambda key: plain.filter(key=key), KEYS[0])
    assert question.rows(enrolment.key) == list(plain)
    assert question.rows(uuid.uuid4()) == []


def test_a_value_is_never_part_of_the_sql(db: Any) -> None:
    question = Prepared(lambda name: User.objects.filter(username=name).values_list("pk"), NAMES[0])
    assert question.rows("' OR 1=1 --") == []


def test_a_value_of_another_kind_is_refused(db: Any) -> None:
    question = Prepared(lambda pk: User.objects.filter(pk=pk), NUMBERS[0])
    with pytest.raises(TypeError):
        question.objects("1")


def test_a_question_that_ignores_its_value_is_refused(db: Any) -> None:
    with pytest.raises(ValueError, match="mark"):
        Prepared(lambda pk: User.objects.all(), NUMBERS[0]).objects(1)
