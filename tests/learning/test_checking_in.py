"""Checking oneself in: the codes of the room, whose mark it is, what stands, and what a forwarded code is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning import checking_in, meeting, room_codes
from learning.models import Attendance, AttendanceWay, Cohort, Enrolment, EnrolmentState, Modality, Session
from learning.presence import Mark, Noted, arrived
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, make_course, publish
from tests.factories.learning import enrol, group_of, tells_details
from tests.factories.room import mark, session_of
from tests.learning.pages import press
from tests.plugins.starter import module_transaction

TYPED = "/aprender/presente/"


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role) -> Cohort:
    return group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)


@pytest.fixture
def enrolment(group: Cohort, amina: Role, made_workshop: SmallCourse) -> Enrolment:
    tells_details(amina.person)
    return enrol(amina.person, made_workshop, cohort=group)


@pytest.fixture
def session(group: Cohort, bruno: Role) -> Session:
    return session_of(group, bruno.person)


class Watch:
    """The clock on the wall of the room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
        self.begins = session.starts_at
        self.now = session.starts_at
        monkeypatch.setattr("common.clock.now", lambda: self.now)

    def at(self, minute: float) -> None:
        """Set it to so many minutes after the session began."""
        self.now = self.begins + dt.timedelta(minutes=minute)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, session: Session) -> Watch:
    return Watch(monkeypatch, session)


def scanned(session: Session, at: dt.datetime) -> str:
    """The address that the picture on the wall carries."""
    token = room_codes.token(checking_in.secret_of(session), str(session.key), room_codes.PICTURE.now(at))
    return reverse("learning:scanned", kwargs={"session": session.key, "token": token})


def said(session: Session, at: dt.datetime) -> str:
    """The digits that Bruno says aloud."""
    return room_codes.spoken(checking_in.secret_of(session), str(session.key), room_codes.SPOKEN.now(at))


def here(session: Session) -> str:
    return f"/aprender/presente/{session.key}/"


def words(answer: Any) -> str:
    return answer.content.decode()


def test_amina_scans_reads_her_name_and_is_present(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    page = amina.client.get(scanned(session, watch.now), follow=True)
    assert str(amina.person) in words(page)
    assert not Attendance.objects.exists(), "opening a link marks nobody"
    answer = press(amina, here(session), follow=True)
    assert str(amina.person) in words(answer)
    row = Attendance.objects.get()
    assert (row.enrolment, row.mark, row.way) == (enrolment, "present", AttendanceWay.CHECK_IN)
    assert row.marked_by == amina.person


def test_farid_who_signs_in_on_the_way_lands_back_and_has_ten_minutes_for_it(
    session: Session, group: Cohort, farid: Role, made_workshop: SmallCourse, watch: Watch, client: Any
) -> None:
    enrol(farid.person, made_workshop, cohort=group)
    asked = client.get(scanned(session, watch.now), follow=True)
    assert asked.redirect_chain[-1][0].endswith(f"?next={here(session)}")
    watch.at(8)
    client.force_login(farid.user)
    assert str(farid.person) in words(client.get(here(session)))
    client.post(here(session))
    assert Attendance.objects.get().mark == "present"
    assert Attendance.objects.get().marked_at == watch.begins, "she was there when she scanned"


def test_who_takes_longer_than_that_scans_again(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    amina.client.get(scanned(session, watch.now))
    watch.at(11)
    assert amina.client.post(here(session)).status_code == 409
    assert not Attendance.objects.exists()


def test_a_forwarded_picture_is_worth_nothing_a_minute_later(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    forwarded = scanned(session, watch.now)
    watch.at(1)
    answer = amina.client.get(forwarded)
    assert answer.status_code == 410
    assert amina.client.post(here(session)).status_code == 409
    assert not Attendance.objects.exists()


def test_the_code_that_is_said_aloud_is_typed_with_or_without_a_gap(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    code = said(session, watch.now)
    answer = amina.client.post(TYPED, {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    assert str(amina.person) in words(answer)
    press(amina, here(session))
    assert Attendance.objects.get().enrolment == enrolment


def test_whoever_comes_after_the_margin_is_late_with_the_minutes_that_are_left(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    watch.at(40)
    amina.client.get(scanned(session, watch.now))
    press(amina, here(session))
    assert (Attendance.objects.get().mark, Attendance.objects.get().worth) == ("late", 60)


def test_the_rule_of_arriving() -> None:
    starts = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    ends = starts + dt.timedelta(hours=3)

    def noted(minutes: int) -> Noted:
        return arrived(starts + dt.timedelta(minutes=minutes), starts=starts, ends=ends, length=150)

    assert noted(-20) == noted(15) == Noted(Mark.PRESENT)
    assert noted(16) == Noted(Mark.LATE, 150), "breaks are in her favour"
    assert noted(60) == Noted(Mark.LATE, 120)
    assert noted(180) == Noted(Mark.LATE, 1)


@pytest.mark.parametrize("minute", [-31, 101])
def test_before_and_after_the_session_nobody_checks_in(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, watch: Watch, minute: int
) -> None:
    watch.at(minute)
    assert amina.client.get(scanned(session, watch.now)).status_code == 410
    assert amina.client.post(TYPED, {"code": said(session, watch.now)}).status_code == 400
    shown = bruno.client.get(f"/aprender/sesion/{session.key}/codigo/")
    assert shown.context["view"].closed
    assert "<svg xmlns" not in words(shown)


def test_nobody_checks_in_to_a_session_that_was_cancelled(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    amina.client.get(scanned(session, watch.now))
    meeting.cancel(session=session)
    assert amina.client.post(here(session)).status_code == 409
    assert not Attendance.objects.exists()


def test_what_bruno_noted_is_never_written_over(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, watch: Watch
) -> None:
    mark(session, enrolment, "absent", by=bruno.person)
    amina.client.get(scanned(session, watch.now))
    answer = press(amina, here(session), follow=True)
    row = Attendance.objects.get()
    assert (row.mark, row.stamp, row.marked_by) == ("absent", 1, bruno.person)
    assert "Ausente" in words(answer)


def test_bruno_sees_who_checked_in_and_puts_it_right(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, watch: Watch
) -> None:
    amina.client.get(scanned(session, watch.now))
    press(amina, here(session))
    (cell,) = bruno.client.get(f"/aprender/sesion/{session.key}/").context["view"].cells
    assert (cell.mark, cell.seen) == ("present", 1)
    assert bruno.client.get(f"/aprender/sesion/{session.key}/codigo/").context["view"].came == 1
    mark(session, enrolment, "partial", minutes=30, seen=1, by=bruno.person, reason="Se fue antes")
    press(amina, here(session))
    assert Attendance.objects.get().worth == 30


def test_twice_and_from_two_telephones_the_first_one_stands(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch, client: Any
) -> None:
    amina.client.get(scanned(session, watch.now))
    press(amina, here(session))
    watch.at(30)
    client.force_login(amina.user)
    client.get(scanned(session, watch.now))
    for browser in (amina.client, client):
        assert browser.post(here(session)).status_code in {302, 409}
    row = Attendance.objects.get()
    assert (row.mark, row.stamp) == ("present", 1)


def test_amina_forges_no_mark_for_farid(
    session: Session,
    enrolment: Enrolment,
    amina: Role,
    farid: Role,
    made_workshop: SmallCourse,
    group: Cohort,
    watch: Watch,
) -> None:
    other = enrol(farid.person, made_workshop, cohort=group)
    amina.client.get(scanned(session, watch.now))
    forged = {"person": farid.person.key, "enrolment": other.pk, f"mark-e{other.pk}": "present"}
    press(amina, f"{here(session)}?enrolment={other.pk}", forged)
    assert Attendance.objects.get().enrolment == enrolment


def test_the_code_of_one_session_opens_no_other(
    session: Session, enrolment: Enrolment, amina: Role, bruno: Role, made_workshop: SmallCourse, watch: Watch
) -> None:
    elsewhere = session_of(group_of(made_workshop, facilitator=bruno.person, code="T-2"), bruno.person)
    token = scanned(elsewhere, watch.now).rstrip("/").rpartition("/")[2]
    amina.client.get(scanned(elsewhere, watch.now))
    assert amina.client.post(here(session)).status_code == 409
    assert amina.client.get(f"{here(session)}{token}/").status_code == 410
    assert amina.client.post(TYPED, {"code": said(elsewhere, watch.now)}).status_code == 400
    assert not Attendance.objects.exists()


def test_who_is_not_in_the_group_reads_how_to_join(session: Session, dalia: Role, watch: Watch) -> None:
    page = dalia.client.get(scanned(session, watch.now), follow=True)
    assert page.status_code == 409
    assert reverse("learning:code") in words(page)
    assert dalia.client.post(here(session)).status_code == 409
    assert not Attendance.objects.exists()


def test_who_left_the_course_is_not_in_the_group(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN)
    assert amina.client.get(scanned(session, watch.now), follow=True).status_code == 409
    assert amina.client.post(TYPED, {"code": said(session, watch.now)}).status_code == 400


def test_bruno_does_not_check_himself_in_with_the_codes_that_he_shows(
    session: Session, group: Cohort, bruno: Role, made_workshop: SmallCourse, watch: Watch
) -> None:
    enrol(bruno.person, made_workshop, cohort=group)
    bruno.client.get(scanned(session, watch.now))
    assert bruno.client.post(here(session)).status_code == 409
    assert not Attendance.objects.exists()


def test_who_guesses_the_digits_is_asked_to_wait_even_for_the_right_ones(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch
) -> None:
    right = said(session, watch.now)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _guess in range(checking_in.GUESSES.amount):
        assert amina.client.post(TYPED, {"code": wrong}).status_code == 400
    assert amina.client.post(TYPED, {"code": right}).status_code == 429
    assert amina.client.post(here(session)).status_code == 409


def test_a_right_code_is_no_guess(session: Session, enrolment: Enrolment, amina: Role, watch: Watch) -> None:
    for _time in range(checking_in.GUESSES.amount + 2):
        assert amina.client.post(TYPED, {"code": said(session, watch.now)}).status_code == 302


@pytest.mark.parametrize("page", ["codigo/"])
def test_another_facilitator_is_shown_no_code_of_this_room(
    session: Session, made_workshop: SmallCourse, dalia: Role, amina: Role, page: str
) -> None:
    group_of(made_workshop, facilitator=dalia.person, code="T-D")
    for role in (dalia, amina):
        assert role.client.get(f"/aprender/sesion/{session.key}/{page}").status_code == 404


@pytest.mark.parametrize("rhythm", [room_codes.PICTURE, room_codes.SPOKEN])
def test_at_the_edge_of_a_window_both_neighbours_are_taken_for_some_seconds(
    rhythm: room_codes.Rhythm,
) -> None:
    edge = dt.datetime.fromtimestamp(rhythm.seconds * 1_000_000, tz=dt.UTC)

    def taken(window: int, seconds: float) -> bool:
        return window in rhythm.windows(edge + dt.timedelta(seconds=seconds))

    former, new = 999_999, 1_000_000
    assert taken(former, -1)
    assert taken(former, rhythm.after - 1), "who was slow"
    assert not taken(former, rhythm.after + 1)
    assert taken(new, -rhythm.before), "a server whose clock goes ahead"
    assert not taken(new, -rhythm.before - 1)
    assert not any(taken(window, 0) for window in (new + 1, former - 1))


def test_codes_differ_by_session_by_window_and_by_secret() -> None:
    made = {
        room_codes.token(secret, key, window)
        for secret in ("a", "b")
        for key in ("k", "l")
        for window in (1, 2)
    }
    assert len(made) == 8
    assert room_codes.token("a", "k", 1) == room_codes.token("a", "k", 1)


@pytest.mark.parametrize("nonsense", ["", "ñ", "0" * 20, "null", "١٢٣٤٥٦"])
def test_nonsense_is_no_code(
    session: Session, enrolment: Enrolment, amina: Role, watch: Watch, nonsense: str
) -> None:
    assert amina.client.post(TYPED, {"code": nonsense}).status_code == 400


def test_checking_in_takes_ten_queries_at_most(
    session: Session,
    group: Cohort,
    enrolment: Enrolment,
    amina: Role,
    made_workshop: SmallCourse,
    watch: Watch,
) -> None:
    for _number in range(25):
        enrol(UserFactory().person, made_workshop, cohort=group)
    amina.client.get(scanned(session, watch.now))
    database = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    with override_settings(TASKS=database), CaptureQueriesContext(connection) as asked:
        press(amina, here(session))
    real = [one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(real) <= 10, "\n".join(one["sql"] for one in real)
    assert Attendance.objects.get().enrolment == enrolment
