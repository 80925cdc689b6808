"""Attempts: begun, answered, handed in; on two devices, twice, too late, by the wrong person."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Person, PersonMerge
from assessments import services
from assessments.choices import EndedBy
from assessments.events import attempt_marked
from assessments.marking import AttemptRefused, RefusalReason
from assessments.models import Attempt, AttemptAnswer
from assessments.querysets import AttemptQuerySet
from assessments.wording import REFUSALS, say_refusal
from common.clock import now
from tests.assessments.conftest import answer, hand_in, right, wrong


def refusal_of(act) -> RefusalReason:
    with pytest.raises(AttemptRefused) as refused:
        act()
    return refused.value.reason


def chosen_in(attempt: Attempt, n: int) -> list[str]:
    return attempt.answers.get(question_key=attempt.version.quiz.questions[n - 1].key).chosen


class TestBeginning:
    """A second click, a second device and a second tab go on with the same attempt."""

    def test_amina_clicks_twice_and_has_one_attempt(self, begin, amina):
        assert begin(amina) == begin(amina)
        assert Attempt.objects.count() == 1

    def test_two_devices_begin_in_the_same_instant(self, begin, amina, monkeypatch):
        theirs = begin(amina)
        # What the second device saw before the first had written: no attempt at all.
        looks = [Attempt.objects.none()]
        real = AttemptQuerySet.within
        monkeypatch.setattr(AttemptQuerySet, "within", lambda *args: looks.pop() if looks else real(*args))
        assert begin(amina) == theirs

    def test_a_quiz_never_published_is_refused_in_words(self, begin, amina):
        reason = refusal_of(lambda: begin(amina, quiz_key=uuid.uuid4()))
        assert reason is RefusalReason.NO_VERSION

    def test_after_three_failed_attempts_there_is_no_fourth(self, begin, amina):
        for number in (1, 2, 3):
            attempt = begin(amina)
            assert attempt.number == number
            hand_in(attempt, well=0)
        assert refusal_of(lambda: begin(amina)) is RefusalReason.ATTEMPTS_USED_UP

    def test_attempts_of_an_earlier_enrolment_do_not_count(self, begin, amina):
        for _ in range(3):
            hand_in(begin(amina), well=0)
        assert begin(amina, context=uuid.uuid4()).number == 1

    def test_who_passed_is_not_asked_again(self, begin, amina):
        hand_in(begin(amina), well=3)
        assert refusal_of(lambda: begin(amina)) is RefusalReason.ALREADY_PASSED

    def test_a_pass_mark_raised_since_does_not_lock_the_door(self, begin, amina):
        hand_in(begin(amina, pass_mark=60), well=2)
        assert begin(amina, pass_mark=90).number == 2

    def test_the_limit_and_the_mark_of_the_beginning_are_kept(self, begin, amina):
        attempt = begin(amina, pass_mark=80, max_attempts=2)
        assert (attempt.pass_mark, attempt.max_attempts) == (80, 2)

    def test_the_database_refuses_a_second_open_attempt(self, attempt):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                person=attempt.person,
                context=attempt.context,
                version=attempt.version,
                quiz_key=attempt.quiz_key,
                number=2,
                seed=1,
                pass_mark=70,
                max_attempts=3,
                started_at=now(),
            )

    def test_an_error_that_is_nobody_elses_attempt_is_not_hidden(self, begin, version, amina):
        with pytest.raises(IntegrityError), transaction.atomic():
            begin(amina, pass_mark=-1)


class TestAnswering:
    """Saved when given, changed at will, and only what the attempt really asks."""

    def test_an_answer_is_kept_at_once(self, attempt):
        answer(attempt, 1, right(attempt, 1))
        assert chosen_in(attempt, 1) == right(attempt, 1)

    def test_amina_changes_her_mind(self, attempt):
        answer(attempt, 1, wrong(attempt, 1))
        answer(attempt, 1, right(attempt, 1))
        assert chosen_in(attempt, 1) == right(attempt, 1)
        assert attempt.answers.count() == 1

    def test_what_is_sent_twice_is_kept_once(self, attempt):
        answer(attempt, 2, right(attempt, 2) * 2)
        assert chosen_in(attempt, 2) == right(attempt, 2)

    def test_a_question_of_another_quiz_is_refused(self, attempt):
        act = lambda: services.save_answer(attempt=attempt, question_key=uuid.uuid4(), chosen=[])  # noqa: E731
        assert refusal_of(act) is RefusalReason.FOREIGN_QUESTION

    def test_a_choice_of_another_question_is_refused(self, attempt):
        assert refusal_of(lambda: answer(attempt, 1, right(attempt, 2))) is RefusalReason.FOREIGN_CHOICE
        assert not AttemptAnswer.objects.exists()

    def test_two_answers_where_one_is_asked_are_refused(self, attempt):
        both = right(attempt, 1) + wrong(attempt, 1)
        assert refusal_of(lambda: answer(attempt, 1, both)) is RefusalReason.ONE_CHOICE_ONLY

    def test_an_answer_after_handing_in_is_refused(self, attempt):
        hand_in(attempt, well=1)
        # The other device still holds the attempt as it was.
        assert refusal_of(lambda: answer(attempt, 2, right(attempt, 2))) is RefusalReason.ALREADY_SUBMITTED
        assert chosen_in(attempt, 2) == wrong(attempt, 2)

    def test_an_older_answer_that_arrives_late_undoes_nothing(self, attempt):
        answer(attempt, 1, right(attempt, 1))
        key = attempt.version.quiz.questions[0].key
        earlier = now() - dt.timedelta(minutes=5)
        services.save_answer(attempt=attempt, question_key=key, chosen=wrong(attempt, 1), at=earlier)
        assert chosen_in(attempt, 1) == right(attempt, 1)


class TestHandingIn:
    """Marked once, by the questions that were shown."""

    def test_all_right_passes(self, attempt):
        done = hand_in(attempt, well=3)
        assert (done.passed, done.points, done.max_points) == (True, 3, 3)
        assert all(each.points == 1 for each in done.answers.all())

    def test_handing_in_twice_gives_the_same_result(self, attempt):
        first = hand_in(attempt, well=2)
        second = services.submit_attempt(attempt=attempt)
        assert (second.submitted_at, second.points) == (first.submitted_at, first.points)

    def test_it_is_announced_once_after_commit(self, attempt, django_capture_on_commit_callbacks):
        heard = []

        def listen(**kwargs):
            heard.append(kwargs["attempt_id"])

        attempt_marked.connect(listen)
        with django_capture_on_commit_callbacks(execute=True):
            hand_in(attempt, well=3)
            assert not heard
            services.submit_attempt(attempt=attempt)
        attempt_marked.disconnect(listen)
        assert heard == [attempt.pk]

    def test_a_second_device_that_looked_earlier_writes_nothing(
        self, attempt, django_capture_on_commit_callbacks
    ):
        stale = Attempt.objects.select_related("version").get(pk=attempt.pk)
        done = hand_in(attempt, well=3)
        with django_capture_on_commit_callbacks() as announced:
            services._close(stale, {}, services.marked(stale, {}), now(), EndedBy.HAND)
        done.refresh_from_db()
        assert done.points == 3
        assert announced == []

    def test_nothing_answered_is_a_result_too(self, attempt):
        done = services.submit_attempt(attempt=attempt)
        assert (done.passed, done.points) == (False, 0)

    def test_an_attempt_is_marked_by_the_questions_that_it_showed(self, attempt, questions, quiz):
        answer(attempt, 1, right(attempt, 1))
        first = questions[0]
        for block in first.choices:
            block.value["correct"] = not block.value["correct"]
        first.kind = "multiple"
        first.save_revision().publish()
        assert services.freeze_quiz(quiz=quiz).number == 2
        for n in (2, 3):
            answer(attempt, n, right(attempt, n))
        assert services.submit_attempt(attempt=attempt).points == 3

    def test_a_quiz_emptied_meanwhile_loses_no_work(self, attempt, quiz):
        quiz.items = []
        quiz.save_revision().publish()
        quiz.unpublish()
        assert hand_in(attempt, well=3).passed


def test_the_choices_are_shuffled_by_the_attempt_and_stay_so(version):
    question = version.quiz.questions[1]
    orders = {tuple(choice.key for choice in question.shown(seed)) for seed in range(30)}
    assert len(orders) > 5
    assert question.shown(7) == question.shown(7)
    assert {choice.key for choice in question.shown(7)} == question.choice_keys


def test_true_and_false_keep_their_order(version):
    question = version.quiz.questions[2]
    assert all(question.shown(seed) == question.choices for seed in range(10))


def test_a_quiz_that_is_not_shuffled_keeps_the_authors_order(quiz, version):
    quiz.shuffle = False
    quiz.save()
    content = services.freeze_quiz(quiz=quiz).quiz
    assert content.shown(content.questions[1], seed=5) == content.questions[1].choices


def test_a_merged_person_keeps_her_attempts(attempt, amina, db):
    kept = Person.objects.create()
    PersonMerge.objects.create(duplicate=amina.person, into=kept, merged_at=now())
    Person.objects.filter(pk=amina.person_id).update(canonical=kept)
    assert Attempt.objects.of(kept).get() == attempt


@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_has_words(reason):
    assert say_refusal(reason)
    assert set(REFUSALS) == set(RefusalReason)
