"""Data of the release before scopes: text blocks, their revisions and translations, attempts in hand."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Revision

from assessments.models import Attempt
from courses.migrations._prose import PATHS, move_prose, move_translations
from courses.models import LessonPage
from home.models import InformationPage
from learning.models import Reflection
from tests.blocks.lessons import lesson_with
from tests.conftest import Role
from tests.countries.conftest import Health
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, try_quiz

TEXT, NOTE = "10000000-0000-4000-8000-000000000001", "10000000-0000-4000-8000-000000000002"
WORDS = '<h2>En la banca</h2><p>Llama al <a href="tel:911">911</a>.</p>'


def old_body(words: str = WORDS) -> list[dict[str, Any]]:
    return [
        {"type": "text", "id": TEXT, "value": words},
        {"type": "reflection", "id": NOTE, "value": {"prompt": "¿Qué te ayuda?", "help": ""}},
    ]


def write_raw(table: str, pk: int, body: list[dict[str, Any]]) -> None:
    """Store a body as the earlier release did; today's model would not."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = %s WHERE page_ptr_id = %s", [json.dumps(body), pk])


def age(revision: Revision, words: str) -> None:
    revision.content["body"] = json.dumps(old_body(words))
    revision.save(update_fields=["content"])


def upgrade(app: str, model: str) -> None:
    move_prose(app, model).migrate_stream_data_forward(apps, None)
    move_translations(app, model.lower())(apps, None)


@pytest.fixture
def old(db: Any) -> LessonPage:
    """A lesson of the earlier release: published, with a draft after it and a publication that waits for its day."""
    page = lesson_with()
    for words, fields in (
        (WORDS, {}),
        ("<p>Borrador</p>", {}),
        ("<p>Mañana</p>", {"approved_go_live_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)}),
    ):
        revision = page.save_revision()
        age(revision, words)
        Revision.objects.filter(pk=revision.pk).update(**fields)
    write_raw("courses_lessonpage", page.pk, old_body())
    return page


def bodies(page: LessonPage) -> list[list[dict[str, Any]]]:
    rows = Revision.objects.for_instance(page).order_by("pk")
    return [json.loads(row.content["body"]) for row in rows]


def test_the_words_and_the_ids_of_a_lesson_stay(old: LessonPage) -> None:
    upgrade("courses", "LessonPage")
    body = LessonPage.objects.get(pk=old.pk).body
    assert [str(child.id) for child in body] == [TEXT, NOTE]
    assert body[0].value["text"].source == WORDS
    assert "En la banca" in body.render_as_block()
    assert body.raw_data[1]["value"] == {"prompt": "¿Qué te ayuda?", "help": ""}


def test_drafts_and_scheduled_revisions_are_moved_too(old: LessonPage) -> None:
    upgrade("courses", "LessonPage")
    assert [body[0]["value"]["text"] for body in bodies(old)] == [WORDS, "<p>Borrador</p>", "<p>Mañana</p>"]
    assert {body[0]["id"] for body in bodies(old)} == {TEXT}
    scheduled = Revision.objects.for_instance(old).get(approved_go_live_at__isnull=False)
    scheduled.publish()
    assert LessonPage.objects.get(pk=old.pk).body[0].value["text"].source == "<p>Mañana</p>"


def test_moved_twice_nothing_is_wrapped_twice(old: LessonPage) -> None:
    upgrade("courses", "LessonPage")
    once = bodies(old)
    upgrade("courses", "LessonPage")
    assert bodies(old) == once


def test_a_note_of_hers_still_hangs_on_its_question(old: LessonPage, amina: Role) -> None:
    from courses.gate import notebook_questions
    from programme.scope import Reader

    Reflection.objects.create(
        person=amina.person,
        activity=old.translation_key,
        block=NOTE,
        text="Caminar.",
        written_at=dt.datetime.now(dt.UTC),
    )
    upgrade("courses", "LessonPage")
    assert notebook_questions(old.translation_key, Reader("MX")) == {NOTE}


def test_a_page_of_help_is_moved_alike(db: Any) -> None:
    from tests.search.world import home

    page = home().add_child(instance=InformationPage(title="Ayuda", slug="ayuda-vieja"))
    write_raw("home_informationpage", page.pk, old_body())
    upgrade("home", "InformationPage")
    assert InformationPage.objects.get(pk=page.pk).body[0].value["text"].source == WORDS


def test_translated_paragraphs_keep_their_translation(old: LessonPage) -> None:
    from wagtail_localize.models import TranslatableObject, TranslationContext, TranslationSource

    thing = TranslatableObject.objects.create(
        translation_key=old.translation_key, content_type=ContentType.objects.get_for_model(LessonPage)
    )
    source = TranslationSource.objects.create(
        object=thing,
        specific_content_type=ContentType.objects.get_for_model(LessonPage),
        locale=old.locale,
        object_repr="Escuchar",
        content_json=json.dumps({"title": "Escuchar", "body": json.dumps(old_body())}),
        last_updated_at=dt.datetime.now(dt.UTC),
    )
    for path in (f"body.{TEXT}", f"body.{TEXT}.'tel:911'", f"body.{NOTE}.prompt", "title"):
        TranslationContext.objects.create(
            object=thing, path=path, path_id=uuid.uuid5(PATHS, path), field_path="body"
        )
    upgrade("courses", "LessonPage")
    upgrade("courses", "LessonPage")
    moved = TranslationContext.objects.filter(object=thing).order_by("pk")
    paths = [f"body.{TEXT}.text", f"body.{TEXT}.text.'tel:911'", f"body.{NOTE}.prompt", "title"]
    assert [row.path for row in moved] == paths
    assert all(row.path_id == TranslationContext._get_path_id(row.path) for row in moved)
    source.refresh_from_db()
    assert json.loads(json.loads(source.content_json)["body"])[0]["value"] == {"text": WORDS}


def test_an_attempt_in_hand_asks_its_whole_version(course: SmallCourse, amina: Role) -> None:
    attempt = try_quiz(enrol(amina.person, course), hand_in=False)
    asked = attempt.questions
    Attempt.objects.update(questions=[])
    import_module("assessments.migrations.0002_scope").fill_questions(apps, None)
    attempt.refresh_from_db()
    assert attempt.questions == asked == [str(each.translation_key) for each in course.questions]


def test_what_is_narrowed_already_stays_as_its_attempt_says(health: Health, amina: Role) -> None:
    attempt = try_quiz(enrol(amina.person, health.course), hand_in=False)
    import_module("assessments.migrations.0002_scope").fill_questions(apps, None)
    assert Attempt.objects.get().questions == attempt.questions
