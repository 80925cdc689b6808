"""Does whoever writes one course translate that course alone, whatever door of the translations he tries?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from tests.permissions.world import World

SHARED = ("home", "information", "catalogue")


def page_called(world: World, name: str) -> Any:
    pages = {
        "home": world.page.get_parent(),
        "information": world.page,
        "catalogue": world.small.index,
        "brunos": world.small.page,
        "gaels": world.done.page,
    }
    return Page.objects.get(pk=pages[name].pk).specific


def translated(page: Page) -> Translation:
    """Let an administrator begin the English of a page."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=english)
    return translation


def doors_of(world: World, name: str) -> list[str]:
    page = page_called(world, name)
    translation = translated(page)
    return [
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        reverse("wagtail_localize:update_translations", args=[translation.source_id]),
        reverse("wagtail_localize:download_pofile", args=[translation.pk]),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("who", "page"),
    [
        *(("gael", page) for page in (*SHARED, "brunos")),
        *(("bruno", page) for page in (*SHARED, "gaels")),
    ],
)
def test_nobody_translates_a_page_that_he_may_not_change(
    world: World, who: str, page: str, method: str
) -> None:
    asked = {address: getattr(world.clients[who], method)(address) for address in doors_of(world, page)}
    assert {address: answer.status_code for address, answer in asked.items()} == dict.fromkeys(asked, 404)


@pytest.mark.parametrize(("who", "page"), [("bruno", "brunos"), ("gael", "gaels")])
def test_who_writes_a_course_translates_it(world: World, who: str, page: str) -> None:
    own = page_called(world, page)
    for above in (world.page.get_parent(), world.small.index, own):
        translated(Page.objects.get(pk=above.pk).specific).save_target(publish=False)
    submit, update, _download = doors_of(world, page)
    assert world.clients[who].get(submit).status_code == 200
    assert world.clients[who].get(update).status_code == 200


@pytest.mark.parametrize("who", ["gael", "bruno"])
def test_the_english_of_the_front_page_is_not_opened_by_a_trainer(world: World, who: str) -> None:
    home = page_called(world, "home")
    translation = translated(home)
    translation.save_target(publish=False)
    english = home.get_translation(translation.target_locale)
    editor = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert world.clients["admin"].get(editor).status_code == 200
    for answer in (world.clients[who].get(editor), world.clients[who].post(editor, {"action": "publish"})):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    for name in ("preview_translation", "download_pofile"):
        asked = world.clients[who].get(reverse(f"wagtail_localize:{name}", args=[translation.pk]))
        assert asked.status_code == 404


def test_gael_sends_brunos_quiz_to_no_translation(world: World) -> None:
    submit = reverse(
        "wagtail_localize:submit_snippet_translation", args=["assessments", "quiz", world.small.quiz.pk]
    )
    assert world.clients["gael"].get(submit).status_code == 404
    assert world.clients["bruno"].get(submit).status_code == 200


def test_gael_sends_a_topic_of_the_catalogue_to_no_translation(world: World) -> None:
    topic = world.things["topic"]
    submit = reverse("wagtail_localize:submit_snippet_translation", args=["courses", "topic", topic.pk])
    assert world.clients["gael"].get(submit).status_code == 404


def test_gael_is_not_told_of_a_page_to_which_his_own_might_move(world: World) -> None:
    own, foreign = world.done.lessons[0], world.small.module
    address = reverse("wagtailadmin_pages:move_confirm", args=[own.pk, foreign.pk])
    assert world.clients["gael"].get(address).status_code == 404
    assert world.clients["gael"].post(address).status_code == 404
