"""A course like the one on the right to health: common lessons, country modules, a quiz that asks by country.

Amina works in Mexico, at a hospital of destination; Farid in Guatemala, at no institution that is known; Chipo in
Guatemala, at a shelter of transit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from courses.models import Course, LessonPage
from tests.blocks.lessons import raw
from tests.blocks.samples import items
from tests.factories.accounts import country
from tests.factories.assessments import QuestionFactory, QuizFactory
from tests.factories.courses import (
    LessonPageFactory,
    QuizPageFactory,
    SmallCourse,
    committed,
    make_course,
    publish,
)
from tests.plugins.starter import module_transaction

COMMON, MEXICO, GUATEMALA, TRANSIT = (
    "Todas las personas",
    "Ley de Migración",
    "Decreto 44-2016",
    "En tránsito",
)
SECRET_MX, SECRET_GT = "Clave zafiro", "Clave jade"
WORDS = " palabra" * 749


def block(text: str, countries: Any = (), routes: Any = ()) -> dict[str, Any]:
    scope = {"countries": list(countries), "routes": list(routes)}
    return raw("text", {"text": f"<p>{text}</p>", "scope": scope})


def body() -> list[dict[str, Any]]:
    variants = items(
        {"country": "MX", "text": f"<p>{SECRET_MX}</p>"}, {"country": "GT", "text": f"<p>{SECRET_GT}</p>"}
    )
    return [
        block(COMMON),
        block(MEXICO + WORDS, ["MX"]),
        block(GUATEMALA, ["GT"]),
        block(TRANSIT, ["GT"], ["transit"]),
        raw("country", {"title": "La norma", "mode": "own_only", "variants": variants}),
    ]


@dataclass
class Health:
    """The course, and its pages by what they are for."""

    small: SmallCourse
    common: LessonPage
    mexico: LessonPage
    guatemala: LessonPage
    hidden: LessonPage

    @property
    def course(self) -> Course:
        return self.small.course


def _lesson(small: SmallCourse, title: str, *, countries: list[str], **fields: Any) -> LessonPage:
    page = LessonPageFactory(parent=small.module, title=title, live=False, **fields)
    page.countries = [country(code) for code in countries]
    return publish(page)


def _quiz(small: SmallCourse) -> None:
    asked = [
        QuestionFactory(stem="¿Qué dice el PIDESC?"),
        QuestionFactory(stem="¿Qué artículo de México?", countries=["MX"]),
        QuestionFactory(stem="¿Qué decreto de Guatemala?", countries=["GT"]),
    ]
    small.questions = asked
    small.quiz = publish(QuizFactory(questions=asked, title="Prueba"))
    small.quiz_page = publish(QuizPageFactory(parent=small.module, slug="prueba", quiz=small.quiz))


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    with module_transaction(django_db_blocker):
        for code in ("MX", "GT", "HN", "SV"):
            country(code)
        small = make_course(code="DSM-02", title="Derecho a la salud", lessons=1, quiz=False, live=False)
        pages = {
            "common": publish(small.lessons[0], title="El derecho", body=body()),
            "mexico": _lesson(
                small, "Módulo de México", countries=["MX"], body=[block(COMMON), block(MEXICO, ["MX"])]
            ),
            "guatemala": _lesson(
                small, "Módulo de Guatemala", countries=["GT"], body=[block("Acuerdo 7-2019" + WORDS)]
            ),
            "hidden": _lesson(
                small, "Solo Guatemala", countries=["GT"], others="none", body=[block("Refugio ámbar")]
            ),
        }
        _quiz(small)
        with committed():
            small.page = publish(small.page)
        yield {
            "course": small.page.pk,
            **{name: page.pk for name, page in pages.items()},
            "quiz": small.quiz_page.pk,
        }


@pytest.fixture
def health(made: dict[str, int], db: Any) -> Health:
    from courses.models import CourseIndexPage, CoursePage, ModulePage, QuizPage

    page = CoursePage.objects.get(pk=made["course"])
    quiz_page = QuizPage.objects.get(pk=made["quiz"])
    lessons = {
        name: LessonPage.objects.get(pk=made[name]) for name in ("common", "mexico", "guatemala", "hidden")
    }
    small = SmallCourse(
        course=page.course,
        index=CourseIndexPage.objects.get(),
        page=page,
        module=ModulePage.objects.child_of(page).get(),
        lessons=list(lessons.values()),
        quiz_page=quiz_page,
        quiz=quiz_page.quiz,
        questions=[block.value for block in quiz_page.quiz.items],
    )
    return Health(small, **lessons)
