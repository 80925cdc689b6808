"""Measures how the questions of a quiz did, over HTTP: 100 questions, 10,000 attempts, a million answers.

On PostgreSQL, in a process and a database of its own: that of DATABASE_URL, or a server in a temporary folder. The
answers are skewed as real ones are, and what the page says of the first and the last question is compared with what
was put in; a page that says something else counts for nothing, however quick it was.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import statistics
import subprocess
import sys
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.site import Site

if TYPE_CHECKING:
    from assessments.content import QuestionContent
    from assessments.models import Quiz, QuizVersion
    from benchmarks.report import Report

QUESTIONS = 100
ATTEMPTS = 10_000
PEOPLE = 500
TIMES = 5
SECONDS_AT_MOST = 2
AT_ONCE = 200


def run(report: Report) -> None:
    """Print how long the page takes and asks."""
    from benchmarks.peers import postgres

    with postgres.server() as url:
        command = [sys.executable, "-m", "benchmarks.bench_items"]
        environment = {**os.environ, "DATABASE_URL": url}
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        raise RuntimeError("The questions could not be measured: see above.")
    found = json.loads(result.stdout.splitlines()[-1])
    size = f"{QUESTIONS}-questions-{ATTEMPTS}-attempts-load-{found['load']:.1f}"
    report.figure("items.page_cold", found["cold"], "s", size=size)
    report.figure("items.page", found["warm"], "s", size=size, at_most=SECONDS_AT_MOST)
    report.figure("items.queries", found["queries"], "queries", size=size)
    report.figure("items.weight", found["weight"] / 1e3, "kB", size=size)


def main() -> None:
    """Make a site, fill it, ask, and print one line of JSON."""
    site = Site()
    site.environment["LOG_LEVEL"] = "ERROR"
    try:
        site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable", "load_starter --course PAP-01"):
            site.run("manage.py", *command.split(), "--verbosity", "0", settings="development")
        site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", settings="production")
        os.environ.update(site.settings("production"))
        import django

        django.setup()
        print(json.dumps(measure(site)))
    finally:
        site.close()


def measure(site: Site) -> dict[str, float]:
    """Fill, ask over HTTP, check what came, and return the figures."""
    from django.urls import reverse

    from benchmarks.bench_lists import queries
    from benchmarks.bench_publishing import Reader, an_editor

    quiz, right = fill()
    reader = Reader(site.url, an_editor())
    address = reverse("wagtailsnippets_assessments_quiz:analysis", args=[quiz.pk])
    took = []
    for _each in range(TIMES + 1):
        took.append(reader.look(address))
        check(reader.said, right)
    return {
        "cold": took[0],
        "warm": statistics.median(took[1:]),
        "queries": queries(reader, address),
        "weight": len(reader.said.encode()),
        "load": os.getloadavg()[0],
    }


def check(said: str, right: list[int]) -> None:
    """Raise unless the page tells every question, and of each how many chose what is right."""
    told = [int(number) for number in re.findall(r"</strong>: (\d+) \(\d+ %\)", said)]
    if told != right or said.count(f"n = {ATTEMPTS}") < QUESTIONS:
        raise RuntimeError(f"The page tells {len(told)} questions, or other figures than were put in")


def fill() -> tuple[Quiz, list[int]]:
    """Freeze a quiz of many questions and hand it in often; return it and how often each was answered right."""
    from django.db import connection

    from assessments.models import QuizVersion

    pattern = QuizVersion.objects.order_by("pk").first()
    assert pattern is not None
    version, questions = frozen(pattern)
    right = hand_in(version, questions)
    with connection.cursor() as cursor:
        # As the server's own housekeeping does after some minutes.
        cursor.execute("ANALYZE")
    return quiz_of(version), right


def quiz_of(version: QuizVersion) -> Quiz:
    """Return the quiz of a version."""
    from assessments.models import Quiz

    return Quiz.objects.get(translation_key=version.quiz_key, locale__language_code="es")


def frozen(pattern: QuizVersion) -> tuple[QuizVersion, list[QuestionContent]]:
    """Return a version of many questions, each a copy of one that asks to choose one answer."""
    from assessments.models import QuizVersion
    from common import clock

    content = pattern.quiz
    model = next(each for each in content.questions if each.is_chosen and not each.takes_several)
    questions = [replace(model, key=uuid.uuid4()) for _each in range(QUESTIONS)]
    version = QuizVersion.objects.create(
        quiz_key=pattern.quiz_key,
        number=pattern.number + 100,
        fingerprint="benchmark",
        content=replace(content, questions=tuple(questions), draws=()).to_json(),
        frozen_at=clock.now(),
    )
    return version, questions


def hand_in(version: QuizVersion, questions: list[QuestionContent]) -> list[int]:
    """Hand the quiz in as people of different knowledge do, each question harder than the one before."""
    from accounts.models import Person
    from assessments.models import Attempt
    from common import clock

    people = Person.objects.bulk_create(
        Person(display_name=f"Persona {number}", country_id="GT") for number in range(PEOPLE)
    )
    dice, at = random.Random(7), clock.now() - dt.timedelta(days=30)
    counts = [0] * QUESTIONS
    (key,) = questions[0].right_keys
    others = [choice.key for choice in questions[0].choices if choice.key != key]
    for begun in range(0, ATTEMPTS, AT_ONCE):
        attempts, given = [], []
        for number in range(begun, begun + AT_ONCE):
            knows = dice.betavariate(4, 2)
            good = [dice.random() < knows * (1 - place / (2 * QUESTIONS)) for place in range(QUESTIONS)]
            given.append(good)
            counts = [count + one for count, one in zip(counts, good, strict=True)]
            attempts.append(
                Attempt(
                    person=people[number % PEOPLE],
                    context=uuid.uuid4(),
                    version=version,
                    quiz_key=version.quiz_key,
                    number=1,
                    seed=number,
                    questions=[str(question.key) for question in questions],
                    pass_mark=60,
                    max_attempts=3,
                    started_at=at,
                    submitted_at=at,
                    points=sum(good),
                    max_points=QUESTIONS,
                    passed=sum(good) >= 60,
                )
            )
        Attempt.objects.bulk_create(attempts)
        answer(
            (attempt.pk, question.key, key if one else chosen_wrongly(dice, others), at, int(one))
            for attempt, good in zip(attempts, given, strict=True)
            for question, one in zip(questions, good, strict=True)
        )
    return counts


def chosen_wrongly(dice: random.Random, others: list[str]) -> str:
    """Return a wrong choice; the first is taken most."""
    return others[min(int(dice.expovariate(1)), len(others) - 1)]


def answer(rows: Iterable[tuple[int, uuid.UUID, str, dt.datetime, int]]) -> None:
    """Write answers as PostgreSQL copies them: a million by the ORM would take minutes."""
    from django.db import connection

    connection.ensure_connection()
    columns = "attempt_id, question_key, chosen, answered_at, comment, points"
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY assessments_attemptanswer ({columns}) FROM STDIN") as copy,
    ):
        for attempt, question, chosen, at, points in rows:
            copy.write_row((attempt, str(question), json.dumps([chosen]), at.isoformat(), "", points))


if __name__ == "__main__":
    main()
