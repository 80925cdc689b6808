"""Does every list of the admin answer who searches it, and with nobody else's rows?"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.urls import reverse

from assessments.models import Question
from courses.models import GlossaryTerm, Source
from media_library.models import Recording
from tests.permissions.asking import status_of
from tests.permissions.foreign import ARGUMENT
from tests.permissions.walking import addresses
from tests.permissions.world import World

# The last holds a quote that is never closed.
WORDS = ("Núñez Ávila", "%_'( \"abc")
FIELDS = [
    (Question, "stem"),
    (GlossaryTerm, "term"),
    (Source, "title"),
    (Source, "author"),
    (Recording, "title"),
]


def searched() -> list[str]:
    """Return each path of the admin that needs no argument: lists, their results, reports, choosers."""
    routes = {address.route for address in addresses() if address.admin and address.name}
    plain = {route for route in routes if not ARGUMENT.search(route) and "(" not in route}
    return sorted("/" + route.replace("^", "").replace("$", "").replace(r"\.", ".") for route in plain)


def test_the_walk_meets_the_lists(world: World) -> None:
    found = searched()
    for app, kind in (("assessments", "question"), ("courses", "source"), ("courses", "glossaryterm")):
        for screen in ("list", "list_results"):
            assert reverse(f"wagtailsnippets_{app}_{kind}:{screen}") in found
    for name in ("wagtailimages:index", "wagtaildocs:index_results", "wagtailadmin_pages:search_results"):
        assert reverse(name) in found


@pytest.mark.parametrize("role", ["admin", "bruno"])
@pytest.mark.parametrize("words", WORDS)
def test_no_list_breaks_when_it_is_searched(world: World, role: str, words: str) -> None:
    client, broken = world.clients[role], []
    client.raise_request_exception = False
    for path in searched():
        answer = client.get(f"{path}?q={quote(words)}")
        if answer.status_code >= 500:
            broken.append((path, status_of(answer)))
    assert broken == []


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("screen", ["list", "list_results"])
def test_a_trainer_finds_his_own_without_minding_accents_and_nobody_elses(
    world: World, model: type, field: str, screen: str
) -> None:
    things = {Question: "question", GlossaryTerm: "term", Source: "source"}
    thing = world.recording if model is Recording else world.things[things[model]]
    model.objects.filter(pk=thing.pk).update(**{field: "Ágora de la Migración"})  # type: ignore[attr-defined]
    address = reverse(f"{model.snippet_viewset.get_url_name(screen)}")  # type: ignore[attr-defined]

    def found(role: str, words: str) -> bool:
        answer = world.clients[role].get(address, {"q": words})
        return thing in answer.context["object_list"]

    assert found("bruno", "migracion ágORA")
    assert not found("bruno", "migracion hospital")
    assert not found("gael", "migracion")
