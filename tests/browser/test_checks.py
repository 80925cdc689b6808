"""Does the accessibility checker really run where Bruno writes, and is its bar on nobody else's page?"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage, ModulePage
from tests.browser.test_admin_policy import TELL

COUNT = "[data-side-panel='checks'] [data-content-checker-count]"
WORDS = "[data-side-panel='checks'] [data-content-word-count]"


@pytest.fixture
def draft(world: Any) -> Any:
    """A lesson whose only heading skips a level."""
    module = ModulePage.objects.order_by("path").first()
    page = LessonPage(title="Un borrador", slug="un-borrador", live=False)
    page.body = [("text", {"text": "<h3>Un título que se salta un nivel</h3><p>Mirar y escuchar.</p>"})]
    module.add_child(instance=page)
    page.save_revision()
    yield page
    page.delete()


def checks(page: Any, lesson: LessonPage) -> None:
    page.add_init_script(TELL)
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.click("[data-side-panel-toggle='checks']")
    expect(page.locator(WORDS)).not_to_have_text("-")


def test_bruno_reads_what_is_wrong_with_his_draft(open_page, draft):
    with open_page("bruno") as page:
        checks(page, draft)
        expect(page.locator(COUNT)).to_have_text("1")
        assert int(page.inner_text(WORDS)) > 5
        # Wagtail itself writes what it found to the console, as an error.
        assert [words for words in page.said if "refused" in words] == []


def test_a_lesson_in_order_has_nothing_to_mend(open_page, world):
    with open_page("bruno") as page:
        checks(page, LessonPage.objects.filter(slug="apoyo-humano").order_by("path").first())
        expect(page.locator(COUNT)).to_have_text("0")
        assert int(page.inner_text(WORDS)) > 500


def test_the_bar_is_on_the_live_page_for_who_works_in_the_admin_and_breaks_no_policy(open_page, world):
    with open_page("bruno") as page:
        page.add_init_script(TELL)
        page.goto("/admin/")
        page.goto(world.lessons[0])
        bar = page.locator("wagtail-userbar").locator("[data-wagtail-userbar-trigger]")
        expect(bar).to_be_visible()
        bar.click()
        expect(page.locator("wagtail-userbar").get_by_role("menuitem").first).to_be_visible()
        assert page.said == []


def test_amina_never_gets_it(open_page, world):
    with open_page("amina") as page:
        page.goto(world.lessons[0])
        assert page.locator("wagtail-userbar").count() == 0
        assert "wagtailadmin" not in page.content()


SHOWN = """() => {
  const of = root => root.querySelector(".w-editing-sessions-dialog-buttons");
  const kept = [...document.querySelectorAll("template")].map(one => of(one.content)).find(Boolean) || of(document);
  const buttons = document.querySelector("main").appendChild(kept.cloneNode(true));
  const colour = name => getComputedStyle(buttons.querySelector(name)).backgroundColor;
  return [colour(".button:not(.button-secondary)"), colour(".button-secondary")];
}"""


def test_where_two_people_edit_one_page_the_safe_way_has_the_colour(open_page, draft):
    with open_page("bruno") as page:
        page.goto(f"/admin/pages/{draft.pk}/edit/")
        writes_over_hers, looks_at_hers = page.evaluate(SHOWN)
        assert writes_over_hers == "rgba(0, 0, 0, 0)" != looks_at_hers
