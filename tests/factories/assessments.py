"""Questions and quizzes of the bank, published as an editor publishes them."""

from __future__ import annotations

from typing import Any

import factory
from wagtail.models import Locale

from assessments.choices import QuestionKind
from assessments.models import Question, Quiz

Choice = tuple[str, bool] | tuple[str, bool, str]


def choices_of(*choices: Choice) -> list[tuple[str, dict[str, Any]]]:
    """Return what the StreamField of a question takes, from (text, correct[, feedback])."""
    return [
        (
            "choice",
            {"text": choice[0], "correct": choice[1], "feedback": choice[2] if len(choice) > 2 else ""},
        )
        for choice in choices
    ]


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question with one right answer; live unless told otherwise."""

    class Meta:
        model = Question

    stem = factory.Sequence(lambda n: f"¿Qué haces primero en el caso {n}?")
    kind = QuestionKind.SINGLE
    explanation = "Primero la seguridad."
    sources = "S1"
    live = True
    locale = factory.LazyFunction(Locale.get_default)
    choices = factory.LazyFunction(
        lambda: choices_of(
            ("Preguntar qué necesita", True, "Así es."),
            ("Pedir el relato completo", False, "Nadie debe relatar para recibir ayuda."),
            ("Prometer que todo saldrá bien", False, "Lo que no se sabe no se promete."),
        )
    )


class QuizFactory(factory.django.DjangoModelFactory):
    """A live quiz of `questions`, in the order given."""

    class Meta:
        model = Quiz

    title = "Prueba final: primeros auxilios psicológicos"
    live = True
    locale = factory.LazyFunction(Locale.get_default)

    @classmethod
    def _create(cls, model_class: type[Quiz], *args: Any, questions: Any = (), **kwargs: Any) -> Quiz:
        items = [("question", question) for question in questions]
        return super()._create(model_class, *args, items=items, **kwargs)
