"""Amina answers in her own words; Bruno, who facilitates her group, reads it by the rubric; nobody else does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Disclosure
from assessments import privacy, reading, services, timed
from assessments.content import QuestionContent
from assessments.marking import READ, UNREAD, MarkReason, RefusalReason, mark
from assessments.models import Attempt, AttemptAnswer, Handover
from assessments.typed import LONGEST_OPEN
from common import clock
from courses.models import Team
from learning.handing_over import tell_again
from learning.models import Cohort, Enrolment
from programme.models import Identity
from tests.assessments.test_attempts import refusal_of
from tests.conftest import Role
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol

WROTE = "Me acerco despacio, digo mi nombre.\n\nUna vez me pasó algo parecido."


@pytest.fixture
def enrolment(cohort: Cohort, amina: Role, course: SmallCourse) -> Enrolment:
    return enrol(amina.person, course, cohort=cohort)


@pytest.fixture
def attempt(enrolment: Enrolment, amina: Role) -> Attempt:
    """An attempt with one question to choose and one to write, to be passed with 70 %."""
    criteria = choices_of(("Se presenta", False), ("Pregunta qué necesita", False))
    questions = [
        QuestionFactory(stem="¿Qué haces primero?"),
        QuestionFactory(stem="Cuenta cómo te acercas.", kind="free", choices=criteria),
    ]
    quiz = QuizFactory(questions=questions)
    services.freeze_quiz(quiz=quiz)
    return begin(enrolment, amina, quiz.translation_key)


def begin(enrolment: Enrolment, amina: Role, quiz_key: Any) -> Attempt:
    return services.start_attempt(
        person=amina.person,
        context=enrolment.key,
        quiz_key=quiz_key,
        pass_mark=70,
        max_attempts=3,
        reader=enrolment.reader,
    )


@pytest.fixture
def handed_in(attempt: Attempt, amina: Role) -> Attempt:
    first = attempt.quiz.questions[0]
    amina.client.post(page_of(attempt, 1), {"choice": [c.key for c in first.choices if c.correct]})
    amina.client.post(page_of(attempt, 2), {"choice": WROTE})
    amina.client.post(reverse("assessments:submit", args=[attempt.key]))
    attempt.refresh_from_db()
    return attempt


@pytest.fixture
def contact(db: None) -> str:
    Identity.objects.update(safeguarding_email="salvaguarda@example.org")
    if not Identity.objects.exists():
        from wagtail.models import Site

        Identity.objects.create(site=Site.objects.get(), safeguarding_email="salvaguarda@example.org")
    return "salvaguarda@example.org"


def page_of(attempt: Attempt, n: int) -> str:
    return reverse("assessments:question", args=[attempt.key, n])


def result_of(attempt: Attempt) -> str:
    return reverse("assessments:result", args=[attempt.key])


def desk(attempt: Attempt) -> str:
    return reverse("learning:read_answers", args=[attempt.key])


def criteria_of(attempt: Attempt) -> list[str]:
    return [choice.key for choice in attempt.quiz.questions[1].choices]


def open_question(attempt: Attempt) -> QuestionContent:
    return attempt.quiz.questions[1]


class TestTheRule:
    def test_each_criterion_that_is_met_adds_its_share(self, attempt: Attempt) -> None:
        question, (one, two) = open_question(attempt), criteria_of(attempt)
        cases = {
            (): (0, MarkReason.UNANSWERED),
            (UNREAD,): (0, MarkReason.WAITING),
            (READ,): (0, MarkReason.NOT_YET),
            (READ, one): (0.5, MarkReason.PARTLY),
            (READ, two, one, one): (1, MarkReason.RIGHT),
            (READ, "ajeno"): (0, MarkReason.NOT_YET),
        }
        for chosen, (points, reason) in cases.items():
            assert (mark(question, chosen).points, mark(question, chosen).reason) == (points, reason)

    def test_who_writes_the_programs_own_words_gains_nothing(self, handed_in: Attempt) -> None:
        answer = reading.open_answers(handed_in)[0]
        answer.chosen = [READ]
        assert services.counted(open_question(handed_in), answer) == [UNREAD]


class TestAminaWrites:
    def test_she_reads_who_reads_it_and_where_help_is(
        self, attempt: Attempt, amina: Role, bruno: Role
    ) -> None:
        page = amina.client.get(page_of(attempt, 2)).text
        assert f"La lee quien facilita tu grupo: {bruno.person}" in page
        assert "<textarea" in page
        assert "No escribas nombres de personas que atiendes" in page
        # The rubric is nobody's hint.
        assert "Pregunta qué necesita</" not in page
        assert criteria_of(attempt)[1] not in page

    def test_what_she_wrote_stands_there_on_another_device_with_its_lines(
        self, attempt: Attempt, amina: Role
    ) -> None:
        amina.client.post(page_of(attempt, 2), {"choice": WROTE.replace("\n", "\r\n")})
        assert attempt.answers.get().chosen == [WROTE]
        assert "Una vez me pasó algo parecido." in amina.client.get(page_of(attempt, 2)).text

    def test_fifty_thousand_signs_are_refused_and_stay_in_the_field(
        self, attempt: Attempt, amina: Role
    ) -> None:
        long = "á" * 50_000
        answer = amina.client.post(page_of(attempt, 2), {"choice": long})
        assert answer.status_code == 400
        assert long in answer.text
        assert f"{LONGEST_OPEN}" in answer.text.replace("\xa0", "")
        assert not attempt.answers.exists()

    @pytest.mark.parametrize(
        "text", ["مرحبا بكم", "a\u0301\u0301\u0301" * 50, "\x00\x07", "<script>alert(1)</script>"]
    )
    def test_any_writing_is_kept_as_text(self, attempt: Attempt, amina: Role, text: str) -> None:
        assert amina.client.post(page_of(attempt, 2), {"choice": text}).status_code == 302
        assert "<script>alert(1)" not in amina.client.get(page_of(attempt, 2)).text

    def test_until_it_is_read_she_neither_failed_nor_tries_again(
        self, handed_in: Attempt, enrolment: Enrolment, amina: Role
    ) -> None:
        assert (handed_in.to_read, handed_in.passed, handed_in.points) == (1, False, 1)
        page = amina.client.get(result_of(handed_in)).text
        assert "falta que alguien lea lo que escribiste" in page
        assert "Intentar de nuevo" not in page
        reason = refusal_of(lambda: begin(enrolment, amina, handed_in.quiz_key))
        assert reason is RefusalReason.STILL_READ


class TestBrunoReads:
    def test_he_ticks_what_is_there_and_she_passes(
        self, handed_in: Attempt, amina: Role, bruno: Role
    ) -> None:
        group = f"/aprender/grupos/{Enrolment.objects.get(key=handed_in.context).cohort.key}/"
        assert reverse("learning:answers_to_read") in bruno.client.get(group).text
        assert desk(handed_in) in bruno.client.get(reverse("learning:answers_to_read")).text
        page = bruno.client.get(desk(handed_in)).text
        assert "Una vez me pasó algo parecido." in page
        assert Disclosure.objects.filter(what="open_answers").exists()
        told = {
            "n": "1",
            "act": "read",
            "met": criteria_of(handed_in)[:1],
            "comment": "Gracias por contarlo.",
        }
        assert bruno.client.post(desk(handed_in), told).status_code == 302
        handed_in.refresh_from_db()
        assert (handed_in.to_read, handed_in.passed, float(handed_in.points)) == (0, True, 1.5)
        result = amina.client.get(result_of(handed_in)).text
        assert "Gracias por contarlo." in result
        assert re.search(r"Pregunta qué necesita</span> <span[^>]*>\(todavía falta\)", result)
        # Read once more: a pass is not taken back.
        bruno.client.post(desk(handed_in), {"n": "1", "act": "read"})
        handed_in.refresh_from_db()
        assert (handed_in.passed, float(handed_in.points)) == (True, 1)

    def test_a_pass_that_comes_by_reading_is_announced_once(
        self, handed_in: Attempt, bruno: Role, django_capture_on_commit_callbacks: Any
    ) -> None:
        answer = reading.open_answers(handed_in)[0]
        with django_capture_on_commit_callbacks() as first:
            reading.read_answer(answer=answer, met=criteria_of(handed_in), comment="", by=bruno.person)
        with django_capture_on_commit_callbacks() as second:
            reading.read_answer(answer=answer, met=criteria_of(handed_in), comment="", by=bruno.person)
        assert (len(first), len(second)) == (1, 0)

    def test_nobody_else_finds_it(self, handed_in: Attempt, amina: Role, farid: Role, elena: Role) -> None:
        type(elena.user).objects.filter(pk=elena.user.pk).update(is_superuser=True)
        for role in (amina, farid, elena):
            assert role.client.get(desk(handed_in)).status_code == 404
            assert role.client.post(desk(handed_in), {"n": "1"}).status_code == 404
        assert handed_in.answers.filter(read_at__isnull=False).count() == 0

    def test_what_a_form_forges_does_not_exist(self, handed_in: Attempt, bruno: Role) -> None:
        for told in ({"n": "2"}, {"n": "x"}, {"n": "-1"}, {"n": "²"}, {}, {"n": "1", "met": "ajeno"}):
            assert bruno.client.post(desk(handed_in), told).status_code == 404
        assert not AttemptAnswer.objects.filter(read_at__isnull=False).exists()

    def test_an_attempt_that_is_open_is_read_by_nobody(
        self, attempt: Attempt, amina: Role, bruno: Role
    ) -> None:
        amina.client.post(page_of(attempt, 2), {"choice": WROTE})
        assert bruno.client.get(desk(attempt)).status_code == 404
        with pytest.raises(reading.NotToBeRead):
            reading.read_answer(answer=attempt.answers.get(), met=[], comment="", by=bruno.person)

    def test_who_learns_alone_is_read_by_who_writes_the_course_without_a_name(
        self, handed_in: Attempt, enrolment: Enrolment, amina: Role, elena: Role, course: SmallCourse
    ) -> None:
        from django.contrib.auth.models import Group

        Enrolment.objects.filter(pk=enrolment.pk).update(cohort=None)
        group = Group.objects.create(name="Quienes escriben")
        Team.objects.update_or_create(course=course.course, defaults={"group": group})
        elena.user.groups.add(group)
        page = elena.client.get(desk(handed_in)).text
        assert "Alguien que aprende por su cuenta" in page
        assert str(amina.person) not in page
        assert (
            "La leen las personas que escriben este curso, sin tu nombre"
            in amina.client.get(result_of(handed_in)).text
        )


class TestDisclosures:
    def test_the_contact_reads_a_reference_and_nothing_else(
        self,
        handed_in: Attempt,
        bruno: Role,
        amina: Role,
        contact: str,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                bruno.client.post(desk(handed_in), {"n": "1", "act": "hand_over"})
        (letter,) = mail.outbox
        row = Handover.objects.get()
        assert letter.to == [contact]
        assert str(row.key)[:8] in letter.subject
        assert bruno.user.email in letter.body
        for secret in ("parecido", str(amina.person), amina.user.email, str(handed_in.key), "despacio"):
            assert secret not in letter.body + letter.subject
        assert "Se avisó a la persona de salvaguarda" in bruno.client.get(desk(handed_in)).text

    def test_what_could_not_be_sent_is_tried_again(
        self, handed_in: Attempt, bruno: Role, contact: str, django_capture_on_commit_callbacks: Any
    ) -> None:
        reading.hand_over(answer=reading.open_answers(handed_in)[0], by=bruno.person)
        assert tell_again(clock.now()) == 0
        assert tell_again(clock.now() + dt.timedelta(minutes=5)) == 1
        assert len(mail.outbox) == 1
        assert tell_again(clock.now() + dt.timedelta(minutes=10)) == 0

    def test_without_a_contact_there_is_no_such_button(self, handed_in: Attempt, bruno: Role) -> None:
        Identity.objects.update(safeguarding_email="")
        page = bruno.client.get(desk(handed_in)).text
        assert 'value="hand_over"' not in page
        assert "llama a la coordinación de tu país" in page
        assert bruno.client.post(desk(handed_in), {"n": "1", "act": "hand_over"}).status_code == 404


class TestItEnds:
    def test_what_she_wrote_goes_with_her_and_the_marks_stay(
        self, handed_in: Attempt, bruno: Role, amina: Role
    ) -> None:
        answer = reading.open_answers(handed_in)[0]
        reading.read_answer(
            answer=answer, met=criteria_of(handed_in), comment="Gracias, Amina.", by=bruno.person
        )
        assert "parecido" in str(privacy.export(amina.person))
        assert "Gracias, Amina." in str(privacy.export(amina.person))
        privacy.erase(amina.person)
        answer.refresh_from_db()
        assert (answer.chosen, answer.comment) == (["…"], "")
        handed_in.refresh_from_db()
        assert float(handed_in.points) == 2

    def test_past_its_term_nothing_waits_and_the_hand_over_is_remembered(
        self, handed_in: Attempt, bruno: Role
    ) -> None:
        reading.hand_over(answer=reading.open_answers(handed_in)[0], by=bruno.person)
        timed.end_answers(clock.now() + dt.timedelta(days=1), 10)
        handed_in.refresh_from_db()
        assert handed_in.to_read == 0
        assert Handover.objects.get().answer is None
        assert bruno.client.get(desk(handed_in)).status_code == 404


def test_a_rubric_without_criteria_is_refused(db: None) -> None:
    from django.core.exceptions import ValidationError

    question = QuestionFactory.build(kind="free", choices=[])
    question.locale = QuestionFactory().locale
    with pytest.raises(ValidationError) as refused:
        question.clean()
    assert "criterio" in str(refused.value.message_dict["choices"])
