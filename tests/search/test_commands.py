"""Bruno tunes the search from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.search.models import IndexEntry

from tests.search import world

pytestmark = pytest.mark.django_db


def run(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_bruno_sees_what_visitors_find_and_who_answered():
    page = world.course("Agua segura")
    world.lesson(page, "Hervir el agua", "Agua.")
    told = run("find", "aguas")
    assert "2 found by database · page 1 of 1" in told
    assert "course    Agua segura" in told
    assert page.url in told


def test_the_same_as_json_narrowed_to_lessons():
    world.lesson(world.course("Agua segura"), "Hervir el agua", "Agua.")
    told = json.loads(run("find", "agua", "segura", "--kind", "lesson", "--format", "json"))
    assert told["counts"] == {"course": 1}
    told = json.loads(run("find", "agua", "--kind", "lesson", "--format", "json"))
    assert [(hit["kind"], hit["title"], hit["course"]) for hit in told["hits"]] == [
        ("lesson", "Hervir el agua", "Agua segura")
    ]


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(CommandError, match="course, lesson"):
        run("find", "agua", "--kind", "dragon")


def test_words_that_no_page_has_together_are_said_to_be_loosened():
    world.course("Agua segura")
    assert "1 found by database, some of the words" in run("find", "agua", "dragones")


def test_a_lost_index_is_written_anew_and_the_ghosts_are_gone():
    page = world.course("Agua segura")
    IndexEntry.objects.all().delete()
    IndexEntry.objects.create(content_type_id=page.content_type_id, object_id="999999", title="agu")
    assert "0 found" in run("find", "agua")
    told = run("rebuild_search")
    assert "course             1\n  lesson             0\n" in told
    assert "1 found" in run("find", "agua")
