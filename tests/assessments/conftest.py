"""Amina and Dalia before a quiz of three questions; Bruno who wrote it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments import services
from assessments.models import Attempt, Question, Quiz, QuizVersion
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of


def login_of(name: str, **fields: object) -> User:
    user = User.objects.create_user(email=f"{name.lower()}@example.org", password="una-clave-larga", **fields)
    type(user.person).objects.filter(pk=user.person_id).update(display_name=name)
    user.person.refresh_from_db()
    return user


@pytest.fixture
def amina(db) -> User:
    return login_of("Amina")


@pytest.fixture
def dalia(db) -> User:
    return login_of("Dalia")


@pytest.fixture
def bruno(db) -> User:
    return login_of("Bruno", is_staff=True, is_superuser=True)


@pytest.fixture
def questions(db) -> list[Question]:
    return [
        QuestionFactory(stem="¿Qué haces primero?"),
        QuestionFactory(
            stem="¿Qué señales piden referencia inmediata?",
            kind="multiple",
            choices=choices_of(
                ("No puede cuidar a su bebé", True),
                ("Habla de hacerse daño", True),
                ("Está enojada", False, "El enojo es una reacción esperable."),
                ("Quiere comer a solas", False),
            ),
        ),
        QuestionFactory(
            stem="Los primeros auxilios psicológicos piden el relato completo.",
            kind="true_false",
            choices=choices_of(("Verdadero", False), ("Falso", True)),
        ),
    ]


@pytest.fixture
def quiz(questions) -> Quiz:
    return QuizFactory(questions=questions)


@pytest.fixture
def version(quiz) -> QuizVersion:
    return services.freeze_quiz(quiz=quiz)


@pytest.fixture
def begin(version) -> Callable[..., Attempt]:
    """Begin (or go on with) an attempt within one enrolment."""
    context = uuid.uuid4()

    def start(user: User, **kwargs: object) -> Attempt:
        asked = {
            "context": context,
            "quiz_key": version.quiz_key,
            "pass_mark": 70,
            "max_attempts": 3,
            "reader": Reader("MX"),
        }
        return services.start_attempt(person=user.person, **{**asked, **kwargs})

    return start


@pytest.fixture
def attempt(begin, amina) -> Attempt:
    return begin(amina)


@pytest.fixture
def amina_browser(client: Client, amina) -> Client:
    client.force_login(amina)
    return client


@pytest.fixture
def desk(client: Client, bruno) -> Client:
    client.force_login(bruno)
    return client


def right(attempt: Attempt, n: int) -> list[str]:
    return [choice.key for choice in attempt.quiz.questions[n - 1].choices if choice.correct]


def wrong(attempt: Attempt, n: int) -> list[str]:
    return [choice.key for choice in attempt.quiz.questions[n - 1].choices if not choice.correct][:1]


def answer(attempt: Attempt, n: int, chosen: list[str]) -> None:
    key = attempt.quiz.questions[n - 1].key
    services.save_answer(attempt=attempt, question_key=key, chosen=chosen)


def hand_in(attempt: Attempt, *, well: int) -> Attempt:
    """Answer the first `well` questions well and the others wrongly, and hand in."""
    for n in range(1, len(attempt.quiz.questions) + 1):
        answer(attempt, n, right(attempt, n) if n <= well else wrong(attempt, n))
    return services.submit_attempt(attempt=attempt)
