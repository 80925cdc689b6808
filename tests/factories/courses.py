"""Makes a small real course: catalogue, course, one module, lessons and a quiz, published as an editor does."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import factory
import wagtail_factories
from django.test import TestCase
from wagtail.models import Locale, Page

from accounts.models import User
from assessments.models import Question, Quiz
from courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    QuizPage,
    Source,
    Topic,
)
from courses.teams import ensure_team, join
from home.models import HomePage
from tests.factories.assessments import QuestionFactory, QuizFactory


def committed() -> AbstractContextManager[list[Any]]:
    """Run what waits for the commit when the block ends, as a request would."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def publish(thing: Any, **changes: Any) -> Any:
    """Change and publish a page or snippet as the editor's form does, commit included; returns it fresh."""
    with committed():
        for name, value in changes.items():
            setattr(thing, name, value)
        thing.save_revision().publish()
    return type(thing).objects.get(pk=thing.pk)


class HomePageFactory(wagtail_factories.PageFactory):
    """The front page, below Wagtail's root."""

    class Meta:
        model = HomePage

    title = "Senda"
    slug = "inicio"


class CourseIndexPageFactory(wagtail_factories.PageFactory):
    """The catalogue."""

    class Meta:
        model = CourseIndexPage

    title = "Cursos"
    slug = "cursos"


class CoursePageFactory(wagtail_factories.PageFactory):
    """A course's own page."""

    class Meta:
        model = CoursePage

    title = "Primeros auxilios psicológicos"
    summary = "Escuchar, proteger y conectar."


class ModulePageFactory(wagtail_factories.PageFactory):
    """A part of a course."""

    class Meta:
        model = ModulePage

    title = factory.Sequence(lambda n: f"Módulo {n}")


class LessonPageFactory(wagtail_factories.PageFactory):
    """A required lesson of some words."""

    class Meta:
        model = LessonPage

    title = factory.Sequence(lambda n: f"Lección {n}")
    body = factory.LazyFunction(lambda: [("text", {"text": "<p>Mirar, escuchar, conectar.</p>"})])


class QuizPageFactory(wagtail_factories.PageFactory):
    """A quiz at its place on the path."""

    class Meta:
        model = QuizPage

    title = "Prueba final"


class SourceFactory(factory.django.DjangoModelFactory):
    """A document from which lessons take their facts."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"T{n}")
    title = factory.Sequence(lambda n: f"Manual {n}")


class TopicFactory(factory.django.DjangoModelFactory):
    """A subject of the catalogue."""

    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"tema-{n}")
    name_es = factory.Sequence(lambda n: f"Tema {n}")
    name_en = ""
    name_fr = ""


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    """A word of the field."""

    class Meta:
        model = GlossaryTerm

    slug = factory.Sequence(lambda n: f"palabra-{n}")
    term = factory.Sequence(lambda n: f"Palabra {n}")
    definition = "<p>Lo que quiere decir.</p>"
    locale = factory.LazyFunction(Locale.get_default)


@dataclass
class SmallCourse:
    """The parts of a course that `make_course` made."""

    course: Course
    index: CourseIndexPage
    page: CoursePage
    module: ModulePage
    lessons: list[LessonPage]
    quiz_page: QuizPage | None = None
    quiz: Quiz | None = None
    questions: list[Question] = field(default_factory=list)

    @property
    def keys(self) -> list[Any]:
        """Return the keys of the activities, in order."""
        return [page.translation_key for page in [*self.lessons, self.quiz_page] if page]


def catalogue() -> CourseIndexPage:
    """Return the catalogue, made once below the site's front page."""
    found = CourseIndexPage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    home = HomePage.objects.first() or HomePageFactory(parent=root)
    site = wagtail_factories.SiteFactory._meta.model.objects.filter(is_default_site=True).first()
    if site:
        site.root_page = home
        site.save()
    else:
        wagtail_factories.SiteFactory(root_page=home, is_default_site=True)
    return CourseIndexPageFactory(parent=home)


def make_course(
    *,
    code: str = "PAP-01",
    title: str = "Primeros auxilios psicológicos",
    lessons: int = 2,
    quiz: bool = True,
    live: bool = True,
    **fields: Any,
) -> SmallCourse:
    """Make a course with `lessons` lessons and a quiz of two questions; published (version 1) unless `live=False`."""
    index = catalogue()
    slug = code.lower() or "curso"
    page = CoursePageFactory(parent=index, code=code, title=title, slug=slug, live=False, **fields)
    with committed():
        module = ModulePageFactory(parent=page, title="El módulo", slug="modulo")
        made = [
            LessonPageFactory(parent=module, title=f"Lección {n}", slug=f"leccion-{n}")
            for n in range(1, lessons + 1)
        ]
        for lesson in made:
            lesson.save_revision().publish()
    small = SmallCourse(course=page.course, index=index, page=page, module=module, lessons=made)
    if quiz:
        _add_quiz(small)
    if live:
        small.page = publish(page)
        small.course = Course.objects.get(pk=page.course_id)
    return small


def _add_quiz(small: SmallCourse) -> None:
    own = shelf_of(small.course)
    small.questions = [QuestionFactory(collection=own), QuestionFactory(collection=own)]
    small.quiz = publish(QuizFactory(questions=small.questions, title="Prueba final", collection=own))
    small.quiz_page = QuizPageFactory(parent=small.module, slug="prueba", quiz=small.quiz)
    small.quiz_page = publish(small.quiz_page)


def shelf_of(course: Course) -> Any:
    """Return the collection in which the things of a course lie."""
    return ensure_team(course=course).collection


def writes(user: Any, *courses: Course) -> None:
    """Let somebody write courses, as a member of their teams."""
    User.objects.filter(pk=user.pk).update(is_staff=True)
    for course in courses:
        join(user=user, course=course)


def add_lesson(small: SmallCourse, title: str = "Lección nueva", **fields: Any) -> LessonPage:
    """Write a lesson at the end of the module and publish it."""
    parent = ModulePage.objects.get(pk=small.module.pk)
    return publish(LessonPageFactory(parent=parent, title=title, **fields))
