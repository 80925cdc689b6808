"""Bruno writes a word into the search box of a list: does he find what is his, and does no list fail?"""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessments.models import Question
from tests.permissions.walking import addresses
from tests.permissions.world import World

LISTS = sorted({f"/{address.route}" for address in addresses() if address.admin and "<" not in address.route})
WORDS = ("salud", "Índice ñandú")


@pytest.mark.parametrize("role", ["bruno", "admin"])
def test_no_list_of_the_admin_fails_on_a_word(world: World, role: str) -> None:
    client = world.clients[role]
    client.raise_request_exception = False
    asked = [path for path in LISTS if "(" not in path and "jsi18n" not in path]
    failed = [
        f"{path}?q={word}"
        for path in asked
        for word in WORDS
        if client.get(path, {"q": word}).status_code >= 500
    ]
    assert len(asked) > 100
    assert not failed


@pytest.mark.parametrize("view", ["list", "list_results"])
def test_bruno_finds_his_own_question_by_a_word_of_it_and_gael_does_not(world: World, view: str) -> None:
    question = Question.objects.order_by("pk").first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(stem="¿Qué hace la cigüeñuela?")
    address = reverse(f"wagtailsnippets_assessments_question:{view}")
    found = {
        role: world.clients[role].get(address, {"q": "cigüeñuela"}).content.decode()
        for role in ("bruno", "gael")
    }
    edit = reverse("wagtailsnippets_assessments_question:edit", args=[question.pk])
    assert edit in found["bruno"]
    assert edit not in found["gael"]


@pytest.mark.parametrize("kind", ["courses_source", "courses_glossaryterm", "assessments_quiz"])
def test_what_is_nowhere_is_found_nowhere(world: World, kind: str) -> None:
    answer = world.clients["bruno"].get(reverse(f"wagtailsnippets_{kind}:list"), {"q": "cigüeñuela"})
    assert answer.status_code == 200
    assert len(answer.context["object_list"]) == 0
