"""Each is asked her own country's lessons and questions; the others' she may consult, and they never count."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.marking import AttemptRefused, RefusalReason
from assessments.models import Attempt, Question
from assessments.services import submit_attempt
from courses import versions
from courses.manifest import SELF_PACED, Activity, Manifest, Part, difference
from learning.models import ActivityCompletion, Completion, Enrolment
from learning.services import outcome_of
from programme.scope import Reader
from tests.conftest import Role
from tests.countries.conftest import Health
from tests.factories.accounts import country
from tests.factories.courses import committed, publish
from tests.factories.learning import do, enrol, tells_details, try_quiz
from tests.learning.pages import press


def keys(*pages: Any) -> list[Any]:
    return [page.translation_key for page in pages]


def left(enrolment: Enrolment) -> list[Any]:
    return [item.activity for item in outcome_of(enrolment).left]


def test_each_is_asked_her_own_module(health: Health, amina: Role, farid: Role) -> None:
    quiz = health.small.quiz_page
    assert left(enrol(amina.person, health.course)) == keys(health.common, health.mexico, quiz)
    assert left(enrol(farid.person, health.course)) == keys(
        health.common, health.guatemala, health.hidden, quiz
    )


def test_another_country_s_lesson_is_read_and_never_counts(health: Health, amina: Role) -> None:
    enrol(amina.person, health.course)
    answer = amina.client.get(health.guatemala.url)
    assert answer.status_code == 200
    html = answer.content.decode()
    key = health.guatemala.translation_key
    assert f"/aprender/actividad/{key}/" not in html
    assert "Acuerdo 7-2019" in html
    for act in ("terminar", "saltar", "cuaderno", "prueba"):
        assert press(amina, f"/aprender/actividad/{key}/{act}/", {"block": "x"}).status_code == 404
    assert not ActivityCompletion.objects.exists()
    assert Enrolment.objects.get().last_activity is None


def test_the_course_page_shows_her_module_and_folds_the_others(health: Health, amina: Role) -> None:
    enrol(amina.person, health.course)
    view = amina.client.get(health.small.page.url).context["view"]
    asked = [step.words.title for stretch in view.stretches for step in stretch.steps]
    assert asked == ["El derecho", "Módulo de México", "Prueba final"]
    assert [step.words.title for step in view.elsewhere] == ["Módulo de Guatemala"]
    assert view.required == 3


def test_her_hours_count_what_she_was_shown(health: Health, amina: Role, farid: Role) -> None:
    hers, his = enrol(amina.person, health.course), enrol(farid.person, health.course)
    for enrolment, pages in (
        (hers, [health.common, health.mexico]),
        (his, [health.common, health.guatemala, health.hidden]),
    ):
        tells_details(enrolment.person)
        do(enrolment, *keys(*pages))
        try_quiz(enrolment)
    # Amina: 759 words 10, her module 5, two questions 5. Farid: 5, his module 10, the hidden one 5, two questions 5.
    assert Completion.objects.get(enrolment=hers).minutes == 20
    assert Completion.objects.get(enrolment=his).minutes == 25
    manifest = versions.manifest_of(hers.version)
    assert manifest.minutes(modality=SELF_PACED, reader=Reader("MX")) == 20
    assert manifest.minutes(modality=SELF_PACED, reader=Reader()) == 25


def test_a_mark_is_out_of_the_questions_that_were_asked(health: Health, amina: Role, farid: Role) -> None:
    hers, his = try_quiz(enrol(amina.person, health.course)), try_quiz(enrol(farid.person, health.course))
    common, mexico, guatemala = (str(question.translation_key) for question in health.small.questions)
    assert (hers.questions, his.questions) == ([common, mexico], [common, guatemala])
    assert (hers.max_points, hers.passed) == (2, True)
    html = amina.client.get(f"/prueba/{hers.key}/resultado/", follow=True).content.decode()
    assert "¿Qué decreto de Guatemala?" not in html


def test_the_number_of_another_country_s_question_is_not_hers(health: Health, amina: Role) -> None:
    from django.urls import reverse

    attempt = try_quiz(enrol(amina.person, health.course), hand_in=False)
    assert amina.client.get(reverse("assessments:question", args=[attempt.key, 2])).status_code == 200
    assert amina.client.get(reverse("assessments:question", args=[attempt.key, 3])).status_code == 404


def test_a_question_retired_or_narrowed_meanwhile_stays_as_it_was_shown(health: Health, amina: Role) -> None:
    enrolment = enrol(amina.person, health.course)
    attempt = try_quiz(enrolment, hand_in=False)
    with committed():
        health.small.questions[1].unpublish()
        publish(Question.objects.get(pk=health.small.questions[0].pk), countries=["GT"])
    begun = Attempt.objects.select_related("version").get(pk=attempt.pk)
    assert [str(question.key) for question in begun.quiz.questions] == attempt.questions
    with committed():
        assert submit_attempt(attempt=begun).max_points == 2


def test_a_quiz_without_a_question_for_her_is_not_begun_and_says_why(health: Health, dalia: Role) -> None:
    enrolment = enrol(dalia.person, health.course, country=country("HN"))
    for question in health.small.questions:
        publish(Question.objects.get(pk=question.pk), countries=["MX"])
    with pytest.raises(AttemptRefused) as refused:
        try_quiz(enrolment)
    assert refused.value.reason == RefusalReason.NOTHING_FOR_HER
    address = f"/aprender/actividad/{health.small.quiz_page.translation_key}/prueba/"
    answer = press(dalia, address, follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not Attempt.objects.exists()


def test_its_trainer_is_told_country_by_country(health: Health) -> None:
    from assessments.freezing import compose, countries_without_questions

    publish(Question.objects.get(pk=health.small.questions[0].pk), countries=["MX"])
    without = countries_without_questions(compose(quiz=health.small.quiz))
    assert sorted(without) == ["El Salvador", "Honduras"]


def test_an_upgrade_alone_proposes_no_version(health: Health) -> None:
    activity = versions.manifest_of(health.course.versions.get()).activities[0]
    assert {"routes", "parts", "minutes"}.isdisjoint(activity.requirement())
    old = Manifest((activity,), ()).to_json()["activities"][0]
    for name in ("routes", "parts"):
        del old[name]
    read = Manifest.from_json({"activities": [old], "rules": []})
    assert read.fingerprint() == Manifest((activity,), ()).fingerprint()
    assert read.activities[0].minutes_for(Reader("GT")) == activity.minutes


def test_another_stage_of_the_route_proposes_a_version(health: Health) -> None:
    from dataclasses import replace

    activity: Activity = versions.manifest_of(health.course.versions.get()).activities[0]
    narrowed = replace(activity, routes=("transit",), parts=(Part(150),))
    assert difference(Manifest((activity,), ()), Manifest((narrowed,), ())).changed == (activity.key,)
    assert Manifest.from_json(Manifest((narrowed,), ()).to_json()) == Manifest((narrowed,), ())
