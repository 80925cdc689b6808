"""Bruno and the administrator work in every corner of the admin, and the browser refuses nothing and asks nobody else.

Each test says what works too: a policy that breaks a chooser quietly would refuse nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Locale, Page

from courses.models import CoursePage, LessonPage
from media_library.models import Picture
from programme.models import SupportLine

# Tells of each refusal on the console, where `page.said` hears it: in frames too.
TELL = """document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`refused ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});"""

Desk = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def desk(open_page: Any) -> Desk:
    """Open a page of the admin for somebody, and hold it at the end to having been refused nothing."""

    @contextmanager
    def opened(who: str, address: str) -> Iterator[Any]:
        with open_page(who) as page:
            page.add_init_script(TELL)
            page.goto(address)
            yield page
            assert page.locator("template[data-desk-start]").count() == 0
            assert page.said == []

    return opened


@pytest.fixture
def lesson(world: Any) -> LessonPage:
    return LessonPage.objects.get(slug="apoyo-humano", locale__language_code="es")


@pytest.fixture
def english(world: Any) -> Iterator[Locale]:
    """A second language, and nothing of it left for whoever comes next."""
    locale, made = Locale.objects.get_or_create(language_code="en")
    before = set(Page.objects.values_list("pk", flat=True))
    yield locale
    for page in Page.objects.exclude(pk__in=before).order_by("-depth"):
        page.delete()
    if made:
        locale.delete()


def photograph(folder: Path, name: str) -> str:
    file = folder / name
    Image.new("RGB", (40, 30), "teal").save(file)
    return str(file)


def untranslated() -> Page:
    """Return a page whose translation is allowed, since the page above has one, and does not exist yet."""
    return Page.objects.get(slug="quienes-somos", locale__language_code="es")


def press(page: Any, selector: str) -> None:
    """Press what may stand in a part of the form that is folded."""
    page.eval_on_selector(selector, "element => element.click()")


def values(page: Any, selector: str) -> list[str]:
    return page.eval_on_selector_all(selector, "found => found.map(one => one.value)")


def test_bruno_chooses_a_picture(desk, world):
    course = CoursePage.objects.get(code="PAP-01", locale__language_code="es")
    with desk("bruno", f"/admin/pages/{course.pk}/edit/") as page:
        press(page, "#id_cover-chooser [data-chooser-action-choose]")
        chosen = page.locator(".modal-body a.image-choice").nth(1)
        chosen.wait_for()
        key = chosen.get_attribute("href").rstrip("/").split("/")[-1]
        chosen.click()
        page.wait_for_selector(f"[name=cover][value='{key}']", state="attached")


def test_bruno_uploads_a_picture_without_leaving_the_lesson(desk, world, tmp_path):
    course = CoursePage.objects.get(code="PAP-01", locale__language_code="es")
    file = photograph(tmp_path, "patio.png")
    with desk("bruno", f"/admin/pages/{course.pk}/edit/") as page:
        press(page, "#id_cover-chooser [data-chooser-action-choose]")
        page.locator(".modal-body [role=tab]").nth(1).click()
        page.fill("[name=image-chooser-upload-title]", "El patio")
        page.set_input_files("[name=image-chooser-upload-file]", file)
        page.fill("[name=image-chooser-upload-description]", "Un patio con sombra")
        page.fill("[name=image-chooser-upload-credit]", "Equipo del programa")
        # He writes two courses: whose the picture is, nobody guesses.
        page.select_option("[name=image-chooser-upload-collection]", label=course.code)
        page.locator(".modal-body form[enctype] [type=submit]").click()
        page.wait_for_selector(".modal-body", state="detached")
        picture = Picture.objects.get(title="El patio")
        assert values(page, "[name=cover]") == [str(picture.pk)]
        picture.delete()


def test_bruno_chooses_a_date_in_the_calendar(desk, world):
    course = CoursePage.objects.get(code="PAP-01", locale__language_code="es")
    with desk("bruno", f"/admin/pages/{course.pk}/edit/") as page:
        field = page.locator("[name=next_review_date]")
        field.evaluate("field => field.closest('section').scrollIntoView()")
        before = field.input_value()
        field.focus()
        day = page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date[data-date='17']").first
        day.click()
        assert field.input_value() != before
        assert field.input_value().endswith("-17")


def test_the_administrator_adds_a_row_and_chooses_a_task_in_it(desk, world):
    with desk("admin", "/admin/workflows/add/") as page:
        for rows in (1, 2):
            page.click("#id_workflow_tasks-ADD")
            assert page.locator("#id_workflow_tasks-FORMS > *").count() == rows
        page.locator("#id_workflow_tasks-FORMS [data-chooser-action-choose]").last.click()
        page.locator(".modal-body [role=tab]").last.click()
        page.locator(".modal-body a.task-choice").first.click()
        page.wait_for_selector("[name=workflow_tasks-1-task]:not([value=''])", state="attached")


def test_bruno_adds_a_block_and_links_words_in_it(desk, lesson):
    with desk("bruno", f"/admin/pages/{lesson.pk}/edit/") as page:
        blocks = page.locator("[data-streamfield-child]")
        blocks.first.wait_for()
        before = blocks.count()
        page.locator("button.c-sf-add-button").last.click()
        page.locator(".w-combobox__option").first.click()
        expect(blocks).to_have_count(before + 1)
        writing = page.locator(".public-DraftEditor-content").last
        writing.click()
        writing.type("Lo que ayuda")
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+K")
        page.locator(".modal-body a.choose-page").first.click()
        page.wait_for_selector(".modal-body", state="detached")
        page.wait_for_selector(".TooltipEntity")


def test_bruno_chooses_a_term_and_a_document_in_blocks(desk, world):
    everything = LessonPage.objects.get(slug="de-todo-un-poco", locale__language_code="es")
    with desk("bruno", f"/admin/pages/{everything.pk}/edit/") as page:
        for kind in ("snippet-chooser", "document-chooser"):
            chooser = page.locator(f".{kind}").first
            chooser.locator("[data-chooser-action-choose]").first.evaluate("button => button.click()")
            page.wait_for_selector(".modal-body")
            assert page.locator(".modal-body").inner_text()
            page.locator(".modal button[data-dismiss=modal]").first.click()
            page.wait_for_selector(".modal-body", state="detached")


def test_bruno_sees_the_preview_and_the_checks_beside_the_lesson(desk, lesson):
    with desk("bruno", f"/admin/pages/{lesson.pk}/edit/") as page:
        page.click("[data-side-panel-toggle=preview]")
        shown = page.frame_locator("iframe").first.locator("h1")
        shown.wait_for()
        assert "Apoyo humano" in shown.inner_text()
        page.click("[data-side-panel-toggle=checks]")
        page.wait_for_selector("[data-side-panel=checks] >> visible=true")


def test_bruno_compares_what_he_changed(desk, lesson):
    lesson.save_revision()
    with desk("bruno", f"/admin/pages/{lesson.pk}/history/") as page:
        page.goto(f"/admin/pages/{lesson.pk}/revisions/compare/earliest...latest/")
        assert lesson.title in page.inner_text("main")


def test_bruno_ticks_pages_and_is_asked_what_to_do_with_them(desk, lesson):
    with desk("bruno", f"/admin/pages/{lesson.get_parent().pk}/") as page:
        page.locator("[data-bulk-action-checkbox]").first.check()
        page.locator("[data-bulk-action-button]").first.click()
        page.wait_for_url("**/admin/bulk/wagtailcore/page/**")
        assert page.locator("main form").count()


def test_the_administrator_says_where_a_picture_matters(desk, world):
    picture = Picture.objects.exclude(file__endswith=".svg").first() or Picture.objects.first()
    with desk("admin", f"/admin/images/{picture.pk}/") as page:
        page.wait_for_selector(".jcrop-holder")


def test_the_administrator_uploads_many_at_once(desk, world, tmp_path):
    file = photograph(tmp_path, "fuente.png")
    with desk("admin", "/admin/images/multiple/add/") as page:
        page.set_input_files("input[type=file]", file)
        page.wait_for_selector("#upload-list [name$=-title]")
        Picture.objects.filter(title__startswith="fuente").delete()


def test_a_line_of_support_is_given_the_day_on_which_somebody_called_it(desk, world):
    line = SupportLine.objects.first()
    with desk("elena", f"/admin/snippets/programme/supportline/edit/{line.pk}/") as page:
        page.locator("[name=verified_on]").focus()
        page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date[data-date='15']").first.click()
        assert page.input_value("[name=verified_on]").endswith("-15")


def test_a_page_is_translated_in_the_editor_of_translations(desk, world, english):
    with desk("admin", f"/admin/localize/submit/page/{untranslated().pk}/") as page:
        page.locator("[name=locales]").first.check()
        page.locator("main form [type=submit]").click()
        page.wait_for_url("**/edit/**")
        page.wait_for_selector(".js-translation-editor textarea, .js-translation-editor button")
        assert page.evaluate("window.chooserUrls.imageChooser") == "/admin/images/chooser/"
        page.locator(".js-translation-editor button", has_text="Traducir").first.click()
        page.locator(".js-translation-editor textarea").first.fill("Training, in English")
        page.locator(".js-translation-editor button", has_text="Guardar").first.click()
        page.get_by_text("Training, in English").first.wait_for()


def test_all_languages_are_ticked_at_once(desk, world, english):
    french, made = Locale.objects.get_or_create(language_code="fr")
    with desk("admin", f"/admin/localize/submit/page/{untranslated().pk}/") as page:
        page.check("[name=select_all]")
        assert page.locator("[name=locales]:checked").count() == page.locator("[name=locales]").count()
    if made:
        french.delete()


CORNERS = [
    "/admin/",
    "/admin/account/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/multiple/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/groups/new/",
    "/admin/collections/add/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/workflows/list/",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/reports/aging-pages/",
    "/admin/localize/reports/translations/",
    "/admin/settings/programme/identity/",
    "/admin/snippets/assessments/question/add/",
    "/admin/snippets/assessments/quiz/add/",
    "/admin/snippets/media_library/recording/add/",
    "/admin/versiones/",
    "/admin/cohortes/new/",
    "/admin/instituciones/new/",
    "/admin/constancias/",
]


def test_no_corner_of_the_admin_is_refused_anything_or_asks_anybody_else(desk, world):
    asked: list[str] = []
    with desk("admin", "/admin/") as page:
        page.on("request", lambda request: asked.append(request.url))
        for address in CORNERS:
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.said == [], address
    assert asked
    assert [url for url in asked if not url.startswith((world.url, "data:", "blob:"))] == []


def test_a_script_that_somebody_slipped_in_does_not_run(open_page, world):
    with open_page("admin") as page:
        page.add_init_script(TELL)
        page.goto("/admin/")
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hurt = 1\">')"
        )
        page.evaluate("""() => {
            const script = document.createElement("script");
            script.textContent = "window.hurt = 2";
            document.body.append(script);
        }""")
        page.evaluate("""document.body.insertAdjacentHTML("beforeend",
            '<template data-desk-start="alert" data-desk-with="[1]"></template>')""")
        assert page.evaluate("window.hurt") is None
        assert len([line for line in page.said if line.startswith("error: refused script-src")]) == 2
