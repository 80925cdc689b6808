"""A lesson and a quiz from beginning to end with Tab, Space and Enter alone, and one always sees where one is."""

from __future__ import annotations

from typing import Any

from assessments.models import Attempt
from learning.models import ActivityCompletion, Enrolment

FAR = 120


def focused(page: Any) -> dict[str, Any]:
    """What holds the focus: its text, whether it is on the screen, and how it is marked."""
    return dict(
        page.evaluate(
            """() => {
                const element = document.activeElement;
                const box = element.getBoundingClientRect();
                const marked = (each) => {
                    const style = getComputedStyle(each);
                    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                };
                return {
                    tag: element.tagName,
                    text: (element.value && element.type !== "radio" ? element.value : element.textContent).trim(),
                    type: element.type || "",
                    seen: box.bottom > 0 && box.top < innerHeight,
                    marked: marked(element) || marked(element.closest(".form-check") || element),
                };
            }"""
        )
    )


def tab_to(page: Any, wanted: Any) -> dict[str, Any]:
    """Press Tab until `wanted` says yes of what has the focus; everything on the way must be seen and marked."""
    for _press in range(FAR):
        page.keyboard.press("Tab")
        now = focused(page)
        if now["tag"] in {"BODY", "HTML"}:
            continue
        assert now["marked"], f"No focus to be seen on {now}"
        if wanted(now):
            assert now["seen"], f"Outside the screen: {now}"
            return now
    raise AssertionError("Tab does not lead there")


def press_enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_tab_skips_to_the_content(open_page, world):
    with open_page("begona") as page:
        page.goto(world.lessons[0])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenido"


def test_a_lesson_is_finished_by_keyboard(open_page, world):
    with open_page("itzel", reduced_motion="reduce") as page:
        page.goto(world.lessons[0])
        tab_to(page, lambda now: "Terminé esta lección" in now["text"])
        press_enter(page)
        assert page.url.endswith(world.lessons[1])
    done = ActivityCompletion.objects.filter(enrolment__person__user__email="itzel@senda.example")
    assert done.count() == 1


def test_a_quiz_is_answered_and_handed_in_by_keyboard(open_page, world):
    with open_page("eulalia", reduced_motion="reduce") as page:
        page.goto(world.quiz)
        tab_to(page, lambda now: now["text"].startswith("Empezar la prueba"))
        press_enter(page)
        enrolment = Enrolment.objects.get(person__user__email="eulalia@senda.example")
        attempt = Attempt.objects.get(context=enrolment.key)
        for _question in attempt.version.quiz.questions:
            tab_to(page, lambda now: now["type"] in {"radio", "checkbox"})
            page.keyboard.press("Space")
            page.wait_for_selector("[data-status] .saved")
            tab_to(page, lambda now: now["text"].startswith("Guardar y"))
            press_enter(page)
        tab_to(page, lambda now: now["text"] == "Entregar la prueba")
        press_enter(page)
        page.wait_for_url("**/resultado/")
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None


def test_the_support_lines_open_by_keyboard(phone, world):
    with phone("begona") as page:
        page.goto("/aprender/")
        page.focus("details.support summary")
        page.keyboard.press("Enter")
        assert page.locator("details.support a[href^='tel:']").first.is_visible()
