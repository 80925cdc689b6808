"""Helps tests to put blocks into a lesson, and to read the lesson as Amina or as Bruno does."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import RequestFactory
from wagtail.models import Page

from courses.blocks import LessonBlocks
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from home.models import HomePage


@dataclass
class Study:
    """The reader's own part of a lesson, as the learners' room gives it; here only what blocks look at."""

    country: str = ""
    routes: frozenset[str] = frozenset()
    reflections: dict[str, str] = field(default_factory=dict)


def raw(kind: str, value: Any, block_id: str = "") -> dict[str, Any]:
    """Return a block as a page stores it; of running text the words are enough."""
    value = {"text": value} if kind == "text" and isinstance(value, str) else value
    return {"type": kind, "value": value, "id": block_id or str(uuid.uuid4())}


def read(*blocks: dict[str, Any], editing: bool = False, query: str = "", **context: Any) -> str:
    """Return the HTML of blocks as a learner reads them, or as an editor who looks at a preview."""
    stream = LessonBlocks()
    request = RequestFactory().get(f"/leccion/{query}")
    return stream.render(stream.to_python(list(blocks)), {"request": request, "editing": editing, **context})


def searched(*blocks: dict[str, Any]) -> str:
    """Return what the index of the search is given."""
    stream = LessonBlocks()
    return " ".join(str(words) for words in stream.get_searchable_content(stream.to_python(list(blocks))))


def lesson_with(*blocks: dict[str, Any], live: bool = True, **fields: Any) -> LessonPage:
    """Return a lesson that stands in a course of its own."""
    home = HomePage.objects.first() or Page.get_first_root_node().add_child(
        instance=HomePage(title="Inicio", slug=f"inicio-{uuid.uuid4().hex[:6]}")
    )
    index = CourseIndexPage.objects.first() or home.add_child(
        instance=CourseIndexPage(title="Cursos", slug="cursos")
    )
    slug = uuid.uuid4().hex[:8]
    course = index.add_child(instance=CoursePage(title="PAP", slug=f"pap-{slug}", summary="Apoyo"))
    module = course.add_child(instance=ModulePage(title="Escuchar", slug="escuchar"))
    page = LessonPage(title="Escuchar", slug="leccion", live=live, **fields)
    page.body = list(blocks)
    return module.add_child(instance=page)
