"""Loads the questions and quizzes of a course into the bank."""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.models import Locale

from assessments.models import Question, Quiz
from home.starter import records
from home.starter.files import CourseFiles, key_of
from institutions.models import RouteStage
from programme.evidence import EvidenceStatus

LEVELS = {
    "recordar": "remember",
    "comprender": "understand",
    "aplicar": "apply",
    "analizar": "analyse",
    "evaluar": "evaluate",
}


def load_questions(files: CourseFiles, report: records.Report) -> dict[str, Question]:
    """Load the course's questions; returns them by their readable keys."""
    objectives = files.course.get("objectives", [])
    return {item["key"]: _load_question(item, objectives, report) for item in files.questions}


def _load_question(item: dict[str, Any], objectives: list[str], report: records.Report) -> Question:
    key = key_of(item["key"])

    def fill(question: Question) -> None:
        question_texts(question, item, objectives)
        question.kind = item["kind"]
        question.level = LEVELS.get(item.get("level", ""), "")
        question.sources = ", ".join(item.get("sources", []))
        question.evidence_status = item.get("evidence_status", EvidenceStatus.SOURCED)
        question.countries = item.get("countries", [])
        question.routes = [RouteStage(stage).value for stage in item.get("routes", [])]

    return _revised_snippet(f"question:{item['key']}", Question, key, item, report, fill)


def question_texts(question: Question, item: dict[str, Any], objectives: list[str]) -> None:
    """Put on a question what is translated of it, its choices under their lasting ids."""
    key = key_of(item["key"])
    question.stem, question.explanation = item["stem"], item.get("explanation", "")
    number = item.get("objective")
    question.objective = objectives[number - 1][:200] if number else ""
    question.choices = [
        {
            "type": "choice",
            "id": str(uuid.uuid5(key, str(place))),
            "value": {
                "text": option["text"],
                "correct": bool(option["correct"]),
                "feedback": option.get("feedback", ""),
            },
        }
        for place, option in enumerate(item["options"])
    ]


def load_quiz(item: dict[str, Any], questions: dict[str, Question], report: records.Report) -> Quiz:
    """Load one quiz from its activity file."""
    key = key_of(f"quiz/{item['key']}")

    def fill(quiz: Quiz) -> None:
        quiz.title = item["title"]
        quiz.pass_mark, quiz.max_attempts = item["pass_mark"], item["attempts"]
        quiz.items = [
            {"type": "question", "id": str(uuid.uuid5(key, name)), "value": questions[name].pk}
            for name in item["questions"]
        ]

    return _revised_snippet(f"quiz:{item['key']}", Quiz, key, item, report, fill)


def _revised_snippet(
    name: str, model: type[Any], key: uuid.UUID, content: dict[str, Any], report: records.Report, fill: Any
) -> Any:
    locale = Locale.get_default()

    def make() -> Any:
        thing = model(translation_key=key, locale=locale, live=False)
        fill(thing)
        thing.save()
        return thing

    return records.revised(
        name,
        content,
        report,
        find=lambda: model.objects.filter(translation_key=key, locale=locale).first(),
        make=make,
        fill=fill,
    )
