"""What JavaScript adds to pages that work without it, and that nothing comes from elsewhere or breaks the policy."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from wagtail.models import Page

from assessments.models import Attempt, AttemptAnswer
from common.clock import now
from courses.models import Course, LessonPage
from tests.browser.conftest import ELSEWHERE


def lesson_that_holds(kind: str) -> str:
    """Return the address of the first lesson with such a block."""
    pages = LessonPage.objects.live().exclude(slug="de-todo-un-poco").order_by("path")
    return next(page.url for page in pages if any(block.block_type == kind for block in page.body))


def open_attempt(who: str) -> Attempt:
    return Attempt.objects.get(person__user__email=f"{who}@senda.example", submitted_at=None)


def kept(attempt: Attempt, n: int) -> list[str]:
    question = attempt.version.quiz.questions[n - 1]
    row = AttemptAnswer.objects.filter(attempt=attempt, question_key=question.key).first()
    return row.chosen if row else []


def start_quiz(page: Any, world: Any) -> None:
    page.goto(world.quiz)
    page.click("main form button.btn-primary")
    page.wait_for_selector("form[data-quiz]")


def test_an_answer_is_saved_when_given_and_survives_a_reload(phone, world):
    with phone("nahum") as page:
        start_quiz(page, world)
        page.check("input[name=choice] >> nth=1", force=True)
        page.wait_for_selector("[data-status] .saved")
        chosen = page.input_value("input[name=choice]:checked")
        assert kept(open_attempt("nahum"), 1) == [chosen]
        page.reload()
        assert page.input_value("input[name=choice]:checked") == chosen
        assert page.said == []


def test_an_answer_given_before_the_script_has_come_is_saved_when_it_comes(phone, world):
    with phone("yolanda") as page:
        waiting: list[Any] = []

        def hold(route: Any) -> None:
            waiting.append(route)

        page.route("**/quiz*.js*", hold)
        start_quiz(page, world)
        page.check("input[name=choice] >> nth=1", force=True)
        assert kept(open_attempt("yolanda"), 1) == []
        while not waiting:
            page.wait_for_timeout(50)
        waiting[0].continue_()
        page.wait_for_selector("[data-status] .saved")
        assert kept(open_attempt("yolanda"), 1) == [page.input_value("input[name=choice]:checked")]


@pytest.fixture
def hurried(world):
    """The course as one on which a clock may run."""
    Course.objects.filter(code="PAP-01").update(sensitive=False)
    yield
    Course.objects.filter(code="PAP-01").update(sensitive=True)


def test_when_the_time_is_up_what_stands_there_is_saved_and_handed_in(phone, world, hurried):
    with phone("zoila") as page:
        start_quiz(page, world)
        attempt = open_attempt("zoila")
        # As if her attempt had begun long ago: a few seconds are left, whatever the phone's clock says.
        Attempt.objects.filter(pk=attempt.pk).update(due_at=now() + dt.timedelta(seconds=6))
        page.add_init_script("Date.now = () => 0")
        page.goto(f"/prueba/{attempt.key}/1/")
        assert "s." in page.inner_text("[data-clock-left]")
        page.check("input[name=choice] >> nth=1", force=True)
        page.wait_for_url("**/resultado/")
        attempt.refresh_from_db()
        assert attempt.submitted_at is not None
        assert kept(attempt, 1)


def test_a_lost_connection_is_told_and_the_answer_saved_when_it_is_back(phone, world):
    with phone("julian") as page:
        start_quiz(page, world)
        # The script that keeps the answer is there before the connection goes.
        page.wait_for_load_state("networkidle")
        page.context.set_offline(True)
        page.check("input[name=choice] >> nth=0", force=True)
        words = page.get_attribute("form[data-quiz]", "data-offline")
        page.wait_for_selector(f"[data-status] >> text={words[:20]}")
        assert kept(open_attempt("julian"), 1) == []
        page.context.set_offline(False)
        page.wait_for_selector("[data-status] .saved")
        assert kept(open_attempt("julian"), 1) == [page.input_value("input[name=choice]:checked")]


def test_a_self_check_adds_itself_up_and_tells_nobody(phone, world):
    with phone("maria") as page:
        page.goto(lesson_that_holds("self_check"))
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        check = page.locator("[data-self-check]").first
        for group in check.locator("fieldset").all():
            group.locator("input").last.check(force=True)
        values = [
            int(value)
            for value in check.evaluate("s => [...s.querySelectorAll(':checked')].map(i => i.value)")
        ]
        assert str(sum(values)) in check.locator("[data-total]").inner_text()
        assert check.locator("[data-here]").count() == 1
        assert asked == []


def test_a_knowledge_check_answers_in_place(phone, world):
    with phone("maria") as page:
        address = lesson_that_holds("knowledge_check")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        check = page.locator("form[data-check]").first
        check.locator("input[type=radio]").first.check(force=True)
        check.locator("button").click()
        assert check.locator("[data-answer] .feedback").is_visible()
        assert page.url.endswith(address)
        assert asked == []


def test_shift_three_times_leaves_a_lesson_and_no_step_back(open_page, world):
    with open_page("maria") as page:
        page.goto("/ayuda/")
        page.goto(world.lessons[0])
        for _press in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("**" + ELSEWHERE)
        page.go_back()
        assert page.url.endswith("/ayuda/")


def test_bruno_writes_in_the_admin_within_its_policy(open_page, world):
    """The editor opens, a picture is chosen, the preview shows the lesson, and the browser refused nothing."""
    lesson = LessonPage.objects.get(slug="apoyo-humano", locale__language_code="es")
    with open_page("bruno") as page:
        page.goto(f"/admin/pages/{lesson.pk}/edit/")
        assert page.is_visible("[data-edit-form]")
        page.locator("button", has_text="Imagen").or_(
            page.locator("[data-chooser-action-choose]")
        ).first.wait_for(state="attached")
        choose_a_picture(page)
        preview = page.goto(f"/admin/pages/{lesson.pk}/edit/preview/?mode=")
        assert preview.status == 200
        refused = [line for line in page.said if "Content Security Policy" in line or "Refused" in line]
        assert refused == []


def choose_a_picture(page: Any) -> None:
    page.evaluate("document.querySelector('[data-chooser-action-choose]').click()")
    page.wait_for_selector(".modal-body")


def test_the_preview_panel_shows_the_lesson_in_its_frame(open_page, world):
    lesson = Page.objects.get(slug="apoyo-humano", locale__language_code="es")
    with open_page("bruno") as page:
        page.goto(f"/admin/pages/{lesson.pk}/edit/")
        page.click("button[aria-label='Alternar vista previa'], [data-side-panel-toggle=preview]")
        frame = page.frame_locator(
            "#w-preview-iframe, iframe[data-preview-iframe], iframe.w-preview__iframe"
        ).first
        frame.locator("h1").wait_for()
        assert "Apoyo humano" in frame.locator("h1").inner_text()
        refused = [line for line in page.said if "Content Security Policy" in line or "Refused" in line]
        assert refused == []
