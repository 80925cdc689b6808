"""A facilitator's sessions and attendance on a telephone: whole form, single taps, conflicts, names, annulments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from common import clock
from learning import meeting
from learning.models import (
    AnnulmentProposal,
    Attendance,
    Cohort,
    Completion,
    Enrolment,
    Modality,
    Session,
    SessionState,
    WalkIn,
)
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, make_course, publish
from tests.factories.learning import enrol, group_of, tells_details
from tests.factories.room import DAY, mark, session_of
from tests.learning.pages import press
from tests.plugins.starter import module_transaction


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role, chipo: Role) -> Cohort:
    group = group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)
    group.facilitators.add(chipo.person)
    return group


@pytest.fixture
def enrolment(group: Cohort, amina: Role, made_workshop: SmallCourse) -> Enrolment:
    tells_details(amina.person)
    return enrol(amina.person, made_workshop, cohort=group)


@pytest.fixture
def session(group: Cohort, bruno: Role) -> Session:
    return session_of(group, bruno.person)


def page_of(session: Session) -> str:
    return f"/aprender/sesion/{session.key}/"


def words(answer: Any) -> str:
    return answer.content.decode()


PLANNED = {"title": "Escuchar", "place": "Aula 2", "day": "2026-03-04", "begins": "09:00", "ends": "13:00"}


def test_bruno_plans_the_same_on_three_days(group: Cohort, bruno: Role) -> None:
    address = f"/aprender/grupos/{group.key}/sesiones/"
    data = {**PLANNED, "breaks": "30", "days": "3", "led_by": [str(bruno.person.key)]}
    page = bruno.client.post(address, data, follow=True)
    rows = list(group.sessions.all())
    assert [(row.local_date.day, row.length) for row in rows] == [(4, 210), (5, 210), (6, 210)]
    assert page.context["view"].undecided, "they are over, and nobody said whether they took place"
    assert rows[0].facilitators.get() == bruno.person


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "08:00"},
        {"days": "99"},
        {"title": ""},
        {"breaks": "240"},
        {"day": "ayer"},
        {"day": "1926-11-23"},
    ],
)
def test_a_session_that_cannot_be_is_refused(group: Cohort, bruno: Role, wrong: dict[str, str]) -> None:
    data = {**PLANNED, "days": "1", "led_by": [str(bruno.person.key)], **wrong}
    answer = bruno.client.post(f"/aprender/grupos/{group.key}/sesiones/", data)
    assert answer.status_code == 400
    assert not group.sessions.exists()


def test_who_facilitates_is_chosen_and_stands_on_the_sheet(group: Cohort, bruno: Role, chipo: Role) -> None:
    address = f"/aprender/grupos/{group.key}/sesiones/"
    assert (
        "checked"
        in words(bruno.client.get(address)).split(f'value="{bruno.person.key}"')[0][-200:] + "checked"
    )
    bruno.client.post(address, {**PLANNED, "days": "1", "led_by": [str(chipo.person.key)]})
    (row,) = group.sessions.all()
    assert list(row.facilitators.all()) == [chipo.person]
    assert f"Facilita: {chipo.person}" in words(bruno.client.get(address))
    both = {**PLANNED, "led_by": [str(bruno.person.key), str(chipo.person.key)]}
    bruno.client.post(f"/aprender/sesion/{row.key}/datos/", both)
    assert set(row.facilitators.all()) == {bruno.person, chipo.person}
    stranger = UserFactory().person
    answer = bruno.client.post(
        f"/aprender/sesion/{row.key}/datos/", {**PLANNED, "led_by": [str(stranger.key)]}
    )
    assert answer.status_code == 400
    assert set(row.facilitators.all()) == {bruno.person, chipo.person}


def test_everybody_is_present_and_then_the_exceptions_without_javascript(
    session: Session, enrolment: Enrolment, bruno: Role, made_workshop: SmallCourse, group: Cohort
) -> None:
    other = enrol(UserFactory().person, made_workshop, cohort=group)
    press(bruno, page_of(session), {"everybody": "1"})
    assert set(Attendance.objects.values_list("mark", flat=True)) == {"present"}
    data = {
        f"mark-e{enrolment.pk}": "present",
        f"was-e{enrolment.pk}": "present:",
        f"seen-e{enrolment.pk}": "1",
        f"mark-e{other.pk}": "excused",
        f"was-e{other.pk}": "present:",
        f"seen-e{other.pk}": "1",
        "reason": "Llamó desde el camino",
    }
    press(bruno, page_of(session), data)
    assert Attendance.objects.get(enrolment=other).mark == "excused"
    assert Attendance.objects.get(enrolment=enrolment).stamp == 1
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def test_what_bruno_did_not_touch_is_not_written_over_what_chipo_marked_meanwhile(
    session: Session, enrolment: Enrolment, bruno: Role, chipo: Role
) -> None:
    mark(session, enrolment, "absent", by=bruno.person)
    mark(session, enrolment, "late", seen=1, by=chipo.person)
    old = {
        f"mark-e{enrolment.pk}": "absent",
        f"was-e{enrolment.pk}": "absent:",
        f"seen-e{enrolment.pk}": "1",
    }
    assert press(bruno, page_of(session), old).status_code == 302
    assert Attendance.objects.get().mark == "late"


def test_the_second_facilitator_reads_whose_mark_stands_and_chooses(
    session: Session, enrolment: Enrolment, bruno: Role, chipo: Role
) -> None:
    mark(session, enrolment, "absent", by=chipo.person)
    data = {f"mark-e{enrolment.pk}": "present", f"seen-e{enrolment.pk}": "0", f"was-e{enrolment.pk}": ""}
    answer = press(bruno, page_of(session), data)
    assert answer.status_code == 409
    (cell,) = answer.context["view"].cells
    assert (cell.mark, cell.seen, cell.was) == ("", 1, "")
    assert "Chipo" in cell.told
    assert cell.told in words(answer)
    assert press(bruno, page_of(session), data | {f"seen-e{enrolment.pk}": "1"}).status_code == 302
    assert Attendance.objects.get().mark == "present"


def test_part_of_it_asks_for_minutes_and_keeps_what_was_chosen(
    session: Session, enrolment: Enrolment, bruno: Role
) -> None:
    key = f"e{enrolment.pk}"
    answer = press(bruno, page_of(session), {f"mark-{key}": "partial", f"minutes-{key}": ""})
    assert answer.status_code == 409
    assert answer.context["view"].cells[0].mark == "partial"
    press(bruno, page_of(session), {f"mark-{key}": "partial", f"minutes-{key}": "45"})
    assert Attendance.objects.get().worth == 45


def test_one_tap_is_saved_within_ten_queries(
    session: Session, group: Cohort, bruno: Role, made_workshop: SmallCourse
) -> None:
    rows = [enrol(UserFactory().person, made_workshop, cohort=group) for _number in range(25)]
    tap = {f"mark-e{rows[0].pk}": "late", f"minutes-e{rows[0].pk}": "40", f"seen-e{rows[0].pk}": "0"}
    database = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    assert database != settings.TASKS
    with override_settings(TASKS=database), CaptureQueriesContext(connection) as asked:
        answer = press(bruno, f"{page_of(session)}marca/", tap)
    assert answer.json()["was"] == "late:40"
    real = [one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(real) <= 10, "\n".join(one["sql"] for one in real)
    assert Attendance.objects.get().minutes == 40


def test_a_tap_over_somebody_elses_mark_says_whose(
    session: Session, enrolment: Enrolment, bruno: Role, chipo: Role
) -> None:
    mark(session, enrolment, "absent", by=chipo.person)
    tap = {f"mark-e{enrolment.pk}": "present", f"seen-e{enrolment.pk}": "0"}
    answer = press(bruno, f"{page_of(session)}marca/", tap)
    assert answer.status_code == 409
    assert answer.json()["seen"] == 1
    assert "Chipo" in answer.json()["told"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"mark-e999999999": "present"},
        {"mark-eñ": "present"},
        {"mark-e999999999999999999999999": "present"},
        {"mark-w1": "present", "seen-w1": "x"},
        {"mark-": "present"},
    ],
)
def test_nonsense_marks_nobody(session: Session, bruno: Role, nonsense: dict[str, str]) -> None:
    assert press(bruno, page_of(session), nonsense).status_code == 302
    assert not Attendance.objects.exists()


def test_somebody_of_another_group_is_not_marked_by_her_number(
    session: Session, bruno: Role, dalia: Role, made_workshop: SmallCourse
) -> None:
    stranger = enrol(dalia.person, made_workshop)
    press(bruno, page_of(session), {f"mark-e{stranger.pk}": "present"})
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("page", ["", "marca/", "datos/", "sin-cuenta/"])
def test_another_facilitators_session_does_not_exist_for_dalia(
    session: Session, made_workshop: SmallCourse, dalia: Role, page: str
) -> None:
    group_of(made_workshop, facilitator=dalia.person, code="T-D")
    assert dalia.client.post(page_of(session) + page, {"everybody": "1", "name": "X"}).status_code == 404
    assert not Attendance.objects.exists()


def test_amina_does_not_mark_herself_present(session: Session, enrolment: Enrolment, amina: Role) -> None:
    assert amina.client.get(page_of(session)).status_code == 404
    tap = {f"mark-e{enrolment.pk}": "present"}
    assert amina.client.post(f"{page_of(session)}marca/", tap).status_code == 404


def test_who_came_without_account_is_noted_by_name_joined_and_parted(
    session: Session, enrolment: Enrolment, bruno: Role
) -> None:
    data = {"name": "Amina Xol", "institution": "Centro de salud"}
    press(bruno, f"{page_of(session)}sin-cuenta/", data)
    walk_in = WalkIn.objects.get()
    assert Attendance.objects.get().walk_in == walk_in
    address = f"/aprender/sin-cuenta/{walk_in.key}/"
    press(bruno, address, {"enrolment": enrolment.pk})
    assert Completion.objects.get().enrolment == enrolment
    answer = bruno.client.post(address, {"part": "1"}, follow=True)
    walk_in.refresh_from_db()
    assert walk_in.enrolment == enrolment, "her completion stands on it"
    assert answer.status_code == 200


def test_a_learner_of_another_group_is_not_offered(
    session: Session, bruno: Role, dalia: Role, made_workshop: SmallCourse, group: Cohort
) -> None:
    stranger = enrol(dalia.person, made_workshop)
    walk_in = meeting.add_walk_in(cohort=group, name="Dalia", by=bruno.person)
    answer = press(bruno, f"/aprender/sin-cuenta/{walk_in.key}/", {"enrolment": stranger.pk})
    assert answer.status_code == 400
    assert dalia.client.get(f"/aprender/sin-cuenta/{walk_in.key}/").status_code == 404


def test_a_session_is_cancelled_taken_back_and_put_right(session: Session, bruno: Role) -> None:
    address = f"{page_of(session)}datos/"
    bruno.client.post(address, {"act": "cancel"})
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    bruno.client.post(address, {"act": "restore"})
    bruno.client.post(address, {**PLANNED, "ends": "10:00", "led_by": [str(bruno.person.key)]})
    session.refresh_from_db()
    assert (session.state, session.title, session.length) == (SessionState.PLANNED, "Escuchar", 60)


def test_the_hours_of_a_session_with_marks_stay(session: Session, enrolment: Enrolment, bruno: Role) -> None:
    mark(session, enrolment, by=bruno.person)
    bruno.client.post(f"{page_of(session)}datos/", {**PLANNED, "ends": "10:00"})
    session.refresh_from_db()
    assert (session.title, session.length) == ("Taller", 100)


def test_a_session_to_come_takes_no_marks(group: Cohort, enrolment: Enrolment, bruno: Role) -> None:
    later = session_of(group, bruno.person, day=clock.now().date() + dt.timedelta(days=9))
    page = bruno.client.get(page_of(later))
    assert page.context["view"].closed in words(page)
    tap = {f"mark-e{enrolment.pk}": "present"}
    assert press(bruno, f"{page_of(later)}marca/", tap).status_code == 409
    assert not Attendance.objects.exists()


def test_a_second_person_decides_on_an_annulment_and_the_one_who_proposed_does_not(
    session: Session, enrolment: Enrolment, bruno: Role, chipo: Role, dalia: Role, amina: Role
) -> None:
    mark(session, enrolment, by=bruno.person)
    mark(session, enrolment, "absent", seen=1, by=bruno.person, reason="Firmó otra persona")
    proposal = AnnulmentProposal.objects.get()
    address = f"/aprender/anulacion/{proposal.key}/"
    for nobody in (dalia, amina):
        assert nobody.client.get(address).status_code == 404
        assert nobody.client.post(address, {"answer": "agree"}).status_code == 404
    press(bruno, address, {"answer": "agree"})
    assert not hasattr(Completion.objects.get(), "annulment")
    assert "Firmó otra persona" in words(chipo.client.get(address))
    press(chipo, address, {"answer": "agree"})
    assert Completion.objects.get().annulment.agreed_by == chipo.person


def test_who_went_to_another_group_keeps_the_mark_of_this_one(
    session: Session, enrolment: Enrolment, bruno: Role, made_workshop: SmallCourse
) -> None:
    mark(session, enrolment, "late", by=bruno.person)
    Enrolment.objects.filter(pk=enrolment.pk).update(cohort=group_of(made_workshop, code="T-9"))
    (cell,) = bruno.client.get(page_of(session)).context["view"].cells
    assert cell.mark == "late"


def test_the_page_of_a_session_asks_the_same_for_two_and_for_twenty(
    session: Session, group: Cohort, bruno: Role, made_workshop: SmallCourse
) -> None:
    def more(number: int) -> int:
        for _each in range(number):
            enrol(UserFactory().person, made_workshop, cohort=group)
        with CaptureQueriesContext(connection) as asked:
            assert bruno.client.get(page_of(session)).status_code == 200
        return len(asked)

    assert more(2) >= more(20)
    assert session.local_date == DAY


def test_amina_reads_her_sessions_her_marks_and_what_is_left_on_the_page_of_the_course(
    session: Session,
    enrolment: Enrolment,
    bruno: Role,
    amina: Role,
    group: Cohort,
    made_workshop: SmallCourse,
) -> None:
    later = session_of(group, bruno.person, day=clock.now().date() + dt.timedelta(days=9), title="Cierre")
    mark(session, enrolment, "partial", minutes=45, by=bruno.person)
    meeting.cancel(session=session_of(group, bruno.person, title="Visita"))
    page = amina.client.get(made_workshop.page.get_url())
    seen = {row.title: (row.minutes, row.cancelled) for row in page.context["standing"].sessions}
    assert seen == {"Taller": (45, False), "Visita": (None, True), later.title: (None, False)}
    assert "45 %" in page.context["standing"].left[0].text
    assert "Cierre" in words(page)
