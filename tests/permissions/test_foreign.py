"""Does a trainer meet anything of another's course, whatever address of the admin he asks?

Every address that carries an argument is walked, Wagtail's and wagtail-localize's own included, with Bruno's things in
it and Gael's browser: a new one that says more than «no» fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from courses.models import LessonPage
from tests.permissions.asking import status_of
from tests.permissions.foreign import MARK, mark, path_of
from tests.permissions.test_table import text_of
from tests.permissions.walking import Address, addresses
from tests.permissions.world import World

REFUSED = {"404", "403", "405", "back"}
# Addresses whose argument names nothing of a course, and why a trainer may ask or what keeps him out.
NOBODYS = {
    "wagtailadmin_workflows:*": "workflows belong to the site",
    "wagtailadmin_collections:*": "administrators' (tests/permissions/table_of_admin.py)",
    "wagtailadmin_password_reset_confirm": "leads to the site's own page",
    "wagtailadmin_editing_sessions:release": "ends one's own session alone",
    "wagtailadmin_block_preview*": "an example, nobody's content",
    "wagtailadmin_tag_model_autocomplete": "words, without what they stand on",
    "wagtailsnippets_courses_topic:*": "topics belong to the catalogue; programme staff keep them",
    "wagtailsnippetchoosers_courses_topic:*": "topics belong to the catalogue",
    "wagtailsnippets_programme_*": "programme staff's",
    "wagtailsnippetchoosers_programme_*": "support lines are public",
    "wagtailusers_*": "administrators'",
    "wagtailsites:*": "administrators'",
    "wagtaillocales:*": "administrators'",
    "wagtailsettings:*": "the site's",
    "constancias:*": "programme staff's",
    "instituciones:*": "programme staff's",
    "catalogo-oficial:*": "programme staff's",
    "wagtailadmin_dismissibles": "one's own",
    "second_factor_reset": "administrators'",
}
# Their argument names a kind of page: what they list is the reader's own.
LISTS = ("wagtailadmin_pages:type_use*",)


def of_courses() -> Iterator[Address]:
    """The addresses of the admin that may name something of a course."""
    for address in addresses():
        if address.admin and address.name and not any(fnmatch(address.name, part) for part in NOBODYS):
            yield address


def asked(world: World, method: str, path: str) -> Any:
    with transaction.atomic():
        try:
            return world.clients["gael"].generic(method, path)
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def marked(world: World) -> World:
    mark(world)
    return world


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_with_a_foreign_thing_in_it_is_answered(marked: World, method: str) -> None:
    answered = {}
    for address in of_courses():
        path = path_of(marked, address)
        if path is None:
            continue
        response = asked(marked, method, path)
        listed = any(fnmatch(address.name, part) for part in LISTS)
        if not (listed or status_of(response) in REFUSED) or MARK in text_of(response):
            answered[f"{address.name} {path}"] = status_of(response)
    assert not answered


def test_no_list_report_search_or_chooser_tells_of_foreign_things(marked: World) -> None:
    telling = []
    for address in of_courses():
        if path_of(marked, address) is None and address.name != "wagtailadmin_logout":
            path = reverse(address.name)
            for query in ("", f"?q={MARK[:8]}"):
                if MARK in text_of(asked(marked, "GET", path + query)):
                    telling.append(path + query)
    assert not telling


def ticked(world: World) -> dict[str, Any]:
    return {
        "bulk/assessments/question/delete": world.things["question"],
        "bulk/assessments/quiz/delete": world.things["quiz"],
        "bulk/courses/source/delete": world.things["source"],
        "bulk/media_library/picture/delete": world.picture,
        "bulk/media_library/handout/delete": world.handout,
        "bulk/wagtailcore/page/delete": world.draft,
        "bulk/wagtailcore/page/publish": world.draft,
        "choose-page/chosen-multiple": world.draft,
        "snippets/choose/assessments/quiz/chosen-multiple": world.things["quiz"],
        "snippets/choose/assessments/question/chosen-multiple": world.things["question"],
        "images/chooser/chosen-multiple": world.picture,
        "documents/chooser/chosen-multiple": world.handout,
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_ticked_foreign_things_are_neither_told_nor_touched(marked: World, method: str) -> None:
    for path, thing in ticked(marked).items():
        for keys in (f"id={thing.pk}", "id=all"):
            response = asked(marked, method, f"/admin/{path}/?{keys}")
            assert MARK not in text_of(response), path
            assert not response.cookies.get("messages")
        assert type(thing).objects.filter(pk=thing.pk).exists(), path


def test_a_copy_sent_below_anothers_page_names_nothing_of_it(marked: World) -> None:
    own = LessonPage.objects.descendant_of(marked.done.page).first()
    address = reverse("wagtailadmin_pages:copy", args=[own.pk])
    form = {"new_title": "Copia", "new_slug": "copia"}
    for chosen in (marked.draft.get_parent().pk, marked.draft.pk, 999999, "x", ""):
        response = marked.clients["gael"].post(address, {**form, "new_parent_page": chosen})
        assert response.status_code == 404
        assert MARK not in response.content.decode()
