"""When a quiz is open, how long an attempt lasts, who may take longer, and what the result tells meanwhile."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessments import accommodating, ending, privacy, services
from assessments.choices import EndedBy, Feedback
from assessments.marking import RefusalReason
from assessments.models import Accommodation, Quiz
from assessments.terms import GRACE, Terms, is_over
from programme import rounds
from tests.assessments.conftest import answer, hand_in, right
from tests.assessments.test_attempts import refusal_of

TEN = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def timed(quiz: Quiz) -> Quiz:
    """A quiz of forty minutes."""
    Quiz.objects.filter(pk=quiz.pk).update(time_limit=40)
    return quiz


class TestTheRule:
    def test_half_as_long_again_is_an_hour_and_the_day_on_which_it_closes_goes_first(self):
        terms = Terms(minutes=40)
        assert terms.due_at(TEN) == TEN + 40 * MINUTE
        assert terms.due_at(TEN, extra_percent=50) == TEN + 60 * MINUTE
        assert Terms(40, closes_at=TEN + 50 * MINUTE).due_at(TEN, extra_percent=50) == TEN + 50 * MINUTE
        assert Terms().due_at(TEN) is None
        assert Terms(40, closes_at=TEN + 50 * MINUTE).untimed().due_at(TEN) == TEN + 50 * MINUTE

    @given(minutes=st.integers(1, 600), less=st.sampled_from([0, 25, 50]), more=st.sampled_from([50, 100]))
    def test_nobody_has_less_time_for_being_given_more(self, minutes, less, more):
        first, second = (Terms(minutes).due_at(TEN, extra_percent=each) for each in (less, max(less, more)))
        assert TEN < first <= second

    def test_an_answer_on_its_way_still_comes_in(self):
        assert not is_over(TEN, TEN + GRACE)
        assert is_over(TEN, TEN + GRACE + dt.timedelta(seconds=1))
        assert not is_over(None, TEN)

    def test_it_says_nothing_of_the_answers_until_it_has_closed(self):
        terms = Terms(closes_at=TEN, feedback=Feedback.CLOSED)
        assert not terms.tells_answers(TEN - MINUTE)
        assert terms.tells_answers(TEN)
        assert not Terms(feedback=Feedback.MARK).tells_answers(TEN)


class TestOpenAndClosed:
    def test_amina_cannot_begin_before_and_after(self, quiz, begin, amina):
        Quiz.objects.filter(pk=quiz.pk).update(opens_at=TEN, closes_at=TEN + 60 * MINUTE)
        assert refusal_of(lambda: begin(amina, at=TEN - MINUTE)) is RefusalReason.NOT_OPEN_YET
        assert refusal_of(lambda: begin(amina, at=TEN + 60 * MINUTE)) is RefusalReason.CLOSED
        assert begin(amina, at=TEN).due_at == TEN + 60 * MINUTE

    def test_a_trainer_is_told_when_days_contradict_each_other(self, quiz):
        quiz.opens_at, quiz.closes_at = TEN, TEN - MINUTE
        with pytest.raises(ValidationError) as refused:
            quiz.full_clean()
        assert "closes_at" in refused.value.message_dict
        quiz.opens_at, quiz.closes_at, quiz.feedback = None, None, Feedback.CLOSED
        with pytest.raises(ValidationError) as refused:
            quiz.full_clean()
        assert "closes_at" in refused.value.message_dict

    def test_a_closing_day_moved_makes_no_new_version(self, quiz, version):
        quiz.closes_at = TEN
        quiz.time_limit = 30
        quiz.save_revision().publish()
        assert services.freeze_quiz(quiz=quiz) == version


class TestTime:
    def test_what_amina_had_saved_is_handed_in_by_the_timer(self, timed, begin, amina):
        with time_machine.travel(TEN, tick=False):
            attempt = begin(amina)
            answer(attempt, 1, right(attempt, 1))
        rounds.run(at=TEN + 40 * MINUTE)
        attempt.refresh_from_db()
        assert attempt.submitted_at is None
        rounds.run(at=TEN + 41 * MINUTE)
        rounds.run(at=TEN + 46 * MINUTE)
        attempt.refresh_from_db()
        assert attempt.submitted_at == TEN + 40 * MINUTE
        assert (attempt.ended_by, attempt.points) == (EndedBy.TIME, 1)

    def test_an_answer_that_comes_too_late_changes_nothing_whatever_its_clock_says(self, timed, begin, amina):
        with time_machine.travel(TEN, tick=False):
            attempt = begin(amina)
        with time_machine.travel(TEN + 50 * MINUTE, tick=False):
            key = attempt.quiz.questions[0].key
            reason = refusal_of(
                lambda: services.save_answer(
                    attempt=attempt, question_key=key, chosen=right(attempt, 1), at=TEN + MINUTE
                )
            )
        assert reason is RefusalReason.TIME_IS_UP
        attempt.refresh_from_db()
        assert (attempt.points, attempt.ended_by, attempt.submitted_at) == (0, "time", TEN + 40 * MINUTE)

    def test_who_comes_back_later_begins_the_next_attempt(self, timed, begin, amina):
        with time_machine.travel(TEN, tick=False):
            first = begin(amina)
        with time_machine.travel(TEN + 90 * MINUTE, tick=False):
            second = begin(amina)
        assert (second.number, second.due_at) == (2, TEN + 130 * MINUTE)
        first.refresh_from_db()
        assert first.ended_by == EndedBy.TIME

    def test_on_a_sensitive_course_nobody_is_hurried(self, timed, begin, amina):
        assert begin(amina, timed=False).due_at is None

    def test_she_reads_until_when_and_then_that_the_time_was_up(self, timed, begin, amina, amina_browser):
        with time_machine.travel(TEN, tick=False):
            attempt = begin(amina)
            page = amina_browser.get(f"/prueba/{attempt.key}/1/").text
            assert "Quedan 40 minutos" in page
            assert "No hay límite de tiempo" not in page
        with time_machine.travel(TEN + 41 * MINUTE, tick=False):
            late = amina_browser.post(f"/prueba/{attempt.key}/1/", {"choice": right(attempt, 1)})
            assert late.status_code == 409
            assert "Se acabó el tiempo" in late.text
            assert amina_browser.get(f"/prueba/{attempt.key}/2/", follow=True).redirect_chain
        attempt.refresh_from_db()
        assert attempt.points == 0


class TestMoreTime:
    def test_amina_takes_half_as_long_again_also_now(self, timed, begin, amina, bruno):
        with time_machine.travel(TEN, tick=False):
            attempt = begin(amina)
            accommodating.give_time(person=amina.person, extra_percent=50, by=bruno.person)
            attempt.refresh_from_db()
            assert attempt.due_at == TEN + 60 * MINUTE
            accommodating.give_time(person=amina.person, extra_percent=0, by=bruno.person)
            attempt.refresh_from_db()
            # Nobody who sits over an attempt loses time.
            assert attempt.due_at == TEN + 60 * MINUTE
            assert begin(amina, context=uuid.uuid4()).due_at == TEN + 40 * MINUTE

    def test_given_twice_it_is_one(self, amina, bruno):
        for _ in range(2):
            accommodating.give_time(person=amina.person, extra_percent=25, by=bruno.person)
        assert Accommodation.objects.count() == 1
        assert accommodating.extra_times([amina.person.canonical_id]) == {amina.person.canonical_id: 25}

    def test_she_downloads_it_and_it_goes_with_her(self, amina, bruno):
        accommodating.give_time(person=amina.person, extra_percent=25, by=bruno.person)
        assert privacy.export(amina.person)["more_time"][0]["extra_percent"] == 25
        privacy.erase(amina.person)
        assert not Accommodation.objects.exists()


class TestInTheRoom:
    def test_who_is_in_the_middle_hands_in_what_is_saved(self, begin, amina, dalia):
        attempt, other = begin(amina), begin(dalia, context=uuid.uuid4())
        answer(attempt, 1, right(attempt, 1))
        assert ending.end_in_room(contexts=[attempt.context], quiz_keys=[attempt.quiz_key]) == 1
        assert ending.end_in_room(contexts=[attempt.context], quiz_keys=[attempt.quiz_key]) == 0
        attempt.refresh_from_db()
        other.refresh_from_db()
        assert (attempt.ended_by, attempt.points, other.submitted_at) == (EndedBy.ROOM, 1, None)


class TestWhatTheResultTells:
    def test_the_points_alone(self, quiz, begin, amina, amina_browser):
        Quiz.objects.filter(pk=quiz.pk).update(feedback=Feedback.MARK)
        attempt = hand_in(begin(amina), well=3)
        page = amina_browser.get(f"/prueba/{attempt.key}/resultado/").text
        assert "dice solo los puntos" in page
        assert "¿Qué haces primero?" not in page

    def test_each_question_once_it_has_closed(self, quiz, begin, amina, amina_browser):
        Quiz.objects.filter(pk=quiz.pk).update(feedback=Feedback.CLOSED, closes_at=TEN + 60 * MINUTE)
        with time_machine.travel(TEN, tick=False):
            attempt = hand_in(begin(amina), well=3)
            amina_browser.force_login(amina)
            page = amina_browser.get(f"/prueba/{attempt.key}/resultado/").text
            assert "se dice aquí cuando la prueba haya cerrado" in page
            assert "¿Qué haces primero?" not in page
        with time_machine.travel(TEN + 61 * MINUTE, tick=False):
            assert "¿Qué haces primero?" in amina_browser.get(f"/prueba/{attempt.key}/resultado/").text


class TestFromADevice:
    def test_an_answer_sent_twice_is_one_and_an_older_one_undoes_nothing(self, attempt):
        key, name = attempt.quiz.questions[0].key, uuid.uuid4()
        first, second = attempt.started_at + MINUTE, attempt.started_at + 2 * MINUTE
        with time_machine.travel(second + MINUTE, tick=False):
            for chosen, at, client_id in (
                (right(attempt, 1), second, name),
                ([], first, uuid.uuid4()),
                ([], second + MINUTE, name),
            ):
                services.save_answer(
                    attempt=attempt, question_key=key, chosen=chosen, at=at, client_id=client_id
                )
        assert attempt.answers.get().chosen == right(attempt, 1)

    def test_nothing_is_given_in_the_future_or_before_the_attempt_began(self, attempt):
        key = attempt.quiz.questions[0].key
        for at in (attempt.started_at + dt.timedelta(days=400), attempt.started_at - dt.timedelta(days=400)):
            saved = services.save_answer(attempt=attempt, question_key=key, chosen=right(attempt, 1), at=at)
            assert attempt.started_at <= saved.answered_at <= dt.datetime.now(dt.UTC)

    @pytest.mark.parametrize("ago", ["", "-5", "nunca", "9" * 400, "NaN"])
    def test_what_a_device_says_badly_is_left_aside(self, attempt, amina_browser: Client, ago: str):
        told = {"choice": right(attempt, 1), "given_ago": ago, "answer": "no-uuid"}
        assert amina_browser.post(f"/prueba/{attempt.key}/1/", told).status_code == 302
        assert attempt.answers.get().chosen == right(attempt, 1)
