"""What is asked by SQL written before answers as Django's own query does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Value
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.prepared import KEYS, NAMES, NUMBERS, Prepared, PreparedUpdate
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


def test_what_is_annotated_comes_with_the_object(amina: Role, farid: Role) -> None:
    def build(pk: Any) -> Any:
        grouped = Exists(Group.objects.filter(user=OuterRef("pk")))
        return User.objects.select_related("person").annotate(grouped=grouped).filter(pk=pk)

    question = Prepared(build, NUMBERS[0])
    amina.person.user.groups.add(Group.objects.create(name="Quienes escriben"))
    found = [question.objects(who.person.user.pk)[0] for who in (amina, farid)]
    assert [user.grouped for user in found] == [True, False]
    assert [user.person for user in found] == [amina.person, farid.person]


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


def test_a_change_touches_the_rows_that_are_named_and_no_other(
    amina: Role, farid: Role, course: SmallCourse
) -> None:
    hers, his = enrol(amina.person, course), enrol(farid.person, course)
    change = PreparedUpdate(
        lambda pk, key: Enrolment.objects.filter(pk=pk),
        lambda pk, key: {"last_activity": key},
        NUMBERS[0],
        KEYS[0],
    )
    for key in (uuid.uuid4(), uuid.uuid4()):
        with CaptureQueriesContext(connection) as asked:
            assert change.run(hers.pk, key) == 1
        assert len(asked) == 1
        hers.refresh_from_db()
        his.refresh_from_db()
        assert (hers.last_activity, his.last_activity) == (key, None)
    assert change.run(0, uuid.uuid4()) == 0


def test_words_that_stand_in_a_question_are_words_and_not_gaps(amina: Role) -> None:
    """A per cent sign or a quotation mark that the question brings along is no gap and ends no text."""
    question = Prepared(
        lambda pk: User.objects.filter(pk=pk).values_list(
            "pk", Value("100 %s 'sí' %", output_field=CharField())
        ),
        NUMBERS[0],
    )
    pk = amina.person.user.pk
    assert question.rows(pk) == [(pk, "100 %s 'sí' %")]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it compiled by itself")
def test_the_server_plans_a_question_once_for_a_connection(amina: Role) -> None:
    question = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("username"), NUMBERS[0])
    for _time in range(3):
        assert question.rows(amina.person.user.pk) == [(amina.person.user.username,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%username%"])
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away")
def test_a_connection_that_the_server_ended_is_opened_anew_by_the_next_request(db: Any) -> None:
    """Nobody asks the server at each page whether it is there; that it went is heard all the same."""
    line: Any = connection.copy()
    line.settings_dict = {**line.settings_dict, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    try:
        first = _process_of(line)
        line.close_if_unusable_or_obsolete()
        assert _process_of(line) == first
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
        line.close_if_unusable_or_obsolete()
        assert _process_of(line) != first
    finally:
        line.close()


def _process_of(line: Any) -> int:
    with line.planned_cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
