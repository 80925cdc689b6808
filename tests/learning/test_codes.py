"""An institution's code enrols who is signed in; it signs nobody in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from institutions.models import Institution
from learning import joining, services
from learning.access import Refusal
from learning.models import Cohort, Enrolment
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import code_for, enrol
from tests.learning.pages import press

PAGE = "/aprender/codigo/"


@pytest.mark.parametrize("typed", ["HOSPITAL9", "hospital9", " hos-pital 9 ", "HOSP–ITAL9", "Hospital—9"])
def test_capitals_dashes_and_blanks_do_not_matter(
    typed: str, amina: Role, course: SmallCourse, cohort: Cohort, shelter: Institution
) -> None:
    code_for(course, cohort=cohort, institution=shelter)
    answer = press(amina, PAGE, {"code": typed})
    assert answer.status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.way, enrolment.cohort, enrolment.at_institution) == ("code", cohort, shelter)


@pytest.mark.parametrize("typed", ["HOSPITAL8", "x", "  ", "", "9" * 41, "¿?", "\x00"])
def test_an_unknown_code_gets_a_clear_answer_and_keeps_what_was_typed(
    typed: str, amina: Role, course: SmallCourse
) -> None:
    code_for(course)
    answer = press(amina, PAGE, {"code": typed})
    assert answer.status_code == 400
    assert answer.context["form"].errors["code"]
    assert not Enrolment.objects.exists()


def test_a_code_past_its_day_is_refused(amina: Role, course: SmallCourse) -> None:
    code_for(course, valid_until=dt.date(2026, 1, 1))
    with pytest.raises(services.Refused) as caught:
        joining.join_by_code(person=amina.person, code="HOSPITAL9")
    assert caught.value.reason == Refusal.CODE_EXPIRED
    assert press(amina, PAGE, {"code": "HOSPITAL9"}).status_code == 400


def test_a_code_is_good_until_its_last_day_ends_where_she_works(amina: Role, course: SmallCourse) -> None:
    code_for(course, valid_until=dt.date(2026, 3, 5))
    late_in_mexico = dt.datetime(2026, 3, 6, 5, 0, tzinfo=dt.UTC)
    enrolment = joining.join_by_code(person=amina.person, code="HOSPITAL9", at=late_in_mexico)
    assert enrolment.enrolled_on == dt.date(2026, 3, 5)


def test_a_code_used_twice_enrols_once(amina: Role, course: SmallCourse) -> None:
    code_for(course)
    enrol(amina.person, course)
    answer = press(amina, PAGE, {"code": "HOSPITAL9"})
    assert answer.status_code == 400
    assert Enrolment.objects.count() == 1


def test_a_code_signs_nobody_in(client: Any, course: SmallCourse) -> None:
    code_for(course)
    answer = client.post(PAGE, {"code": "HOSPITAL9"})
    assert answer.status_code == 302
    assert answer.url.startswith("/cuenta/entrar/")
    assert "_auth_user_id" not in client.session
    sign_in = client.post("/cuenta/entrar/", {"login": "HOSPITAL9", "password": "HOSPITAL9"})
    assert sign_in.status_code == 400
    assert "_auth_user_id" not in client.session


def test_trying_codes_one_after_the_other_is_slowed_down(amina: Role, course: SmallCourse) -> None:
    code_for(course)
    with time_machine.travel("2026-03-05 12:00:00+00:00", tick=False):
        answers = [press(amina, PAGE, {"code": f"HOSPITA{n}"}).status_code for n in range(70)]
        refused = press(amina, PAGE, {"code": "HOSPITA9"})
    assert answers[0] == 400
    assert answers[-1] == refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (1, True)])
def test_bruno_sees_which_code_lets_nobody_in_any_more(
    bruno: Role, course: SmallCourse, cohort: Cohort, days: int, good: bool
) -> None:
    code_for(course, cohort=cohort, valid_until=timezone.localdate() + dt.timedelta(days=days))
    page = bruno.client.get(f"/aprender/grupos/{cohort.key}/", headers={"accept-language": "en"})
    words = page.content.decode()
    assert ("Enrolment code for this group: <b>HOSPITAL9</b>" in words) is good
    assert ("The enrolment code HOSPITAL9 expired on" in words) is not good
