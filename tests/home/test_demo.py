"""The demo shows every state, says who its people are once, and stays out of production."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import Person, User
from assessments.models import Attempt
from certificates.models import Certificate
from certificates.states import State
from courses.models import LessonPage
from courses.versions import current, manifest_of
from home.demo.places import CODE
from home.demo.table import rows
from institutions.models import Institution, Membership
from learning.models import ActivityCompletion, ActivitySkip, Cohort, Completion, Enrolment, EnrolmentCode
from programme.models import Identity


def say(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_production_refuses_the_demo(db: Any) -> None:
    with override_settings(SENDA_DEMO_ALLOWED=False), pytest.raises(CommandError, match="refuse"):
        call_command("load_demo")
    assert not Person.objects.exists()


def test_without_the_course_the_demo_says_what_to_run(db: Any) -> None:
    with pytest.raises(CommandError, match="load_starter"):
        call_command("load_demo")


def test_the_second_time_everybody_is_there_and_nothing_changes(demo: Path) -> None:
    before = {
        model: list(model.objects.order_by("pk").values_list())
        for model in (
            Person,
            Enrolment,
            ActivityCompletion,
            Completion,
            Certificate,
            Attempt,
            Membership,
            Cohort,
        )
    }
    with override_settings(VAR_DIR=demo.parent):
        words = say("load_demo")
    assert "already" in words
    assert "una-senda" not in words
    assert {model: list(model.objects.order_by("pk").values_list()) for model in before} == before


def test_the_accounts_stand_in_the_file_and_open_the_door(demo: Path, client: Client) -> None:
    written = demo.read_text()
    for row in rows():
        assert row.identifier in written
        assert row.look_at in written
    for row in rows()[:13]:
        answer = client.post("/cuenta/entrar/", {"login": row.identifier, "password": row.secret})
        assert answer.status_code == 302, row.role
        client.logout()


def test_everybody_is_marked_as_invented(demo: Path) -> None:
    assert not Person.objects.filter(is_demo=False).exists()
    assert not Institution.objects.filter(is_demo=False).exists()
    assert Institution.objects.values("country").distinct().count() == 4
    assert "demostración" in Identity.objects.get().organisation


def test_keys_and_codes_are_the_same_on_every_site(demo: Path) -> None:
    assert (
        str(Person.objects.get(user__email="amina@senda.example").key)
        == "e2073a95-08ce-5f31-80fc-e03e7d0ab6d9"
    )
    assert User.objects.get(username="FARE7493").has_pin
    assert EnrolmentCode.objects.filter(code=CODE).exists()


@pytest.mark.parametrize("state", list(State))
def test_a_certificate_is_seen_in_every_state(demo: Path, client: Client, state: State) -> None:
    certificate = next(row for row in Certificate.objects.all() if row.state == state)
    answer = client.get(f"/verificar/{certificate.code}/")
    assert answer.status_code == 200
    assert answer.context["verdict"].state == state


def test_learners_stand_in_every_state(demo: Path, starter: Any) -> None:
    by_name = {row.person.display_name: row for row in Enrolment.objects.order_by("enrolled_at")}
    assert by_name["Itzel"].done.count() == 0
    assert by_name["Amina"].done.count() == 8
    assert ActivitySkip.objects.filter(enrolment=by_name["Xiomara"]).exists()
    assert by_name["Eulalia"].done.filter(way="equivalent").exists()
    assert by_name["Óscar"].done.filter(way="accredited", recorded_by__display_name="Bruno").exists()
    assert [a.passed for a in Attempt.objects.filter(context=by_name["Yolanda"].key)] == [False]
    assert [a.passed for a in Attempt.objects.filter(context=by_name["Heriberto"].key)] == [False] * 3
    assert Attempt.objects.open().get().context == by_name["Zoila"].key
    assert not by_name["Nelson"].completion.certificates.exists()
    assert by_name["Ramiro"].state == "withdrawn"
    assert Enrolment.objects.filter(person__display_name="Lourdes").count() == 2
    assert len(by_name["María"].person.certificate_name) > 100


def test_nobody_did_anything_tomorrow_and_certificates_carry_the_day_of_the_completion(demo: Path) -> None:
    for row in Certificate.objects.select_related("completion"):
        assert row.issued_at >= row.completion.recorded_at
        assert row.valid_until > row.achieved_on
    for done in ActivityCompletion.objects.select_related("enrolment"):
        assert done.completed_at >= done.enrolment.enrolled_at


def test_the_group_with_dates_keeps_its_version(demo: Path, starter: Any) -> None:
    dated = Cohort.objects.get(code="DEMO-FECHAS")
    assert dated.pins_version
    assert dated.version == current(starter)
    assert not Cohort.objects.get(code="DEMO-ABIERTO").pins_version
    assert len(manifest_of(dated.version).activities) == 18


def test_carla_approves_in_the_demo_what_bruno_hands_in(demo: Path) -> None:
    lesson = LessonPage.objects.filter(live=True, locale__language_code="es").first()
    revision = lesson.save_revision()
    lesson.get_workflow().start(lesson, User.objects.get(email="bruno@senda.example"))
    state = lesson.current_workflow_task_state
    browser = Client()
    browser.force_login(User.objects.get(email="carla@senda.example"))
    approve = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", state.pk])
    assert approve in browser.get(reverse("wagtailadmin_home")).content.decode()
    browser.post(approve, {"comment": ""})
    assert LessonPage.objects.get(pk=lesson.pk).live_revision_id == revision.pk
