"""The pages of an attempt as Amina meets them, without JavaScript; and who may not."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import journey, services
from assessments.journey import Place
from tests.assessments.conftest import answer, hand_in, right, wrong
from tests.factories.assessments import QuestionFactory, QuizFactory


def url(name: str, attempt, *args) -> str:
    return reverse(f"assessments:{name}", args=[attempt.key, *args])


@pytest.fixture
def guide():
    before = journey._guide[:]
    place = Place(
        "Primeros auxilios psicológicos", "/curso/", "/sigue/", sensitive=False, again_url="/otra-vez/"
    )
    journey.register(lambda attempt: place)
    yield place
    journey._guide[:] = before


class TestOneQuestionAPage:
    """Each answer is saved on the server and leads to the next question."""

    def test_amina_reads_the_question_and_its_choices(self, amina_browser, attempt):
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        assert "¿Qué haces primero?" in page
        for choice in attempt.version.quiz.questions[0].choices:
            assert choice.texts["es"] in page

    def test_nothing_on_the_page_tells_which_is_right(self, amina_browser, attempt):
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        for secret in ("Primero la seguridad", "Así es.", "correct"):
            assert secret not in page

    def test_an_answer_is_saved_and_leads_to_the_next(self, amina_browser, attempt):
        response = amina_browser.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        assert response.status_code == 302
        assert response.url == url("question", attempt, 2)
        assert attempt.answers.get().chosen == right(attempt, 1)

    def test_the_last_answer_leads_to_the_look_over_all(self, amina_browser, attempt):
        response = amina_browser.post(url("question", attempt, 3), {"choice": right(attempt, 3)})
        assert response.url == url("review", attempt)

    def test_what_was_saved_is_marked_after_a_reload_with_its_time(self, amina_browser, attempt):
        answer(attempt, 1, right(attempt, 1))
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        assert f'value="{right(attempt, 1)[0]}" checked' in page
        assert 'class="saved"' in page

    def test_going_on_without_a_choice_leaves_the_question_for_later(self, amina_browser, attempt):
        response = amina_browser.post(url("question", attempt, 1))
        assert response.url == url("question", attempt, 2)
        assert not attempt.answers.exists()

    def test_boxes_can_be_emptied_again(self, amina_browser, attempt):
        answer(attempt, 2, right(attempt, 2))
        amina_browser.post(url("question", attempt, 2))
        assert attempt.answers.get().chosen == []

    def test_the_choices_stand_in_the_same_order_after_a_reload(self, amina_browser, attempt):
        def order():
            return [
                each.key for each in amina_browser.get(url("question", attempt, 2)).context["screen"].options
            ]

        assert order() == order()

    def test_a_module_gets_the_words_for_its_status_line(self, amina_browser, attempt):
        response = amina_browser.post(
            url("question", attempt, 1), {"choice": right(attempt, 1)}, headers={"Accept": "application/json"}
        )
        assert response.status_code == 200
        assert response.json()["message"]
        assert attempt.answers.get().chosen == right(attempt, 1)

    def test_one_goes_on_where_one_stopped(self, amina_browser, attempt):
        answer(attempt, 1, right(attempt, 1))
        assert amina_browser.get(url("resume", attempt)).url == url("question", attempt, 2)
        for n in (2, 3):
            answer(attempt, n, right(attempt, n))
        assert amina_browser.get(url("resume", attempt)).url == url("review", attempt)

    def test_no_browser_keeps_the_page(self, amina_browser, attempt):
        assert "no-store" in amina_browser.get(url("question", attempt, 1))["Cache-Control"]

    def test_spanish_words_are_marked_as_spanish_on_an_english_page(self, amina_browser, attempt):
        amina_browser.cookies["senda_language"] = "en"
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        assert '<span lang="es">¿Qué haces primero?</span>' in page
        amina_browser.cookies["senda_language"] = "es"
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        assert "<span>¿Qué haces primero?</span>" in page

    def test_the_course_stands_above(self, amina_browser, attempt, guide):
        page = amina_browser.get(url("question", attempt, 1)).content.decode()
        assert f'<a href="{guide.url}">{guide.title}</a>' in page


class TestAbuse:
    """A clear message, status 4xx, nothing lost."""

    def test_a_question_beyond_the_quiz_is_404(self, amina_browser, attempt):
        for n in (0, 4, 10**12):
            assert amina_browser.get(url("question", attempt, n)).status_code == 404
            assert amina_browser.post(url("question", attempt, n), {"choice": "x"}).status_code == 404

    @pytest.mark.parametrize("name", ["resume", "review", "submit", "result"])
    def test_dalia_finds_nothing_under_aminas_address(self, client, dalia, attempt, name):
        client.force_login(dalia)
        assert client.get(url(name, attempt)).status_code == 404

    def test_dalia_cannot_answer_or_hand_in_for_amina(self, client, dalia, attempt):
        client.force_login(dalia)
        assert client.get(url("question", attempt, 1)).status_code == 404
        assert client.post(url("question", attempt, 1), {"choice": right(attempt, 1)}).status_code == 404
        assert client.post(url("submit", attempt)).status_code == 404
        attempt.refresh_from_db()
        assert attempt.submitted_at is None
        assert not attempt.answers.exists()

    def test_an_attempt_that_never_was_is_404(self, amina_browser, version):
        assert amina_browser.get(reverse("assessments:review", args=[uuid.uuid4()])).status_code == 404

    @pytest.mark.parametrize("sent", ["invented", "", "x" * 5000, "' OR 1=1 --"])
    def test_an_invented_choice_is_400_and_the_earlier_answer_stays(self, amina_browser, attempt, sent):
        answer(attempt, 1, right(attempt, 1))
        response = amina_browser.post(url("question", attempt, 1), {"choice": sent})
        assert response.status_code == 400
        page = response.content.decode()
        assert 'role="alert"' in page
        assert f'value="{right(attempt, 1)[0]}" checked' in page
        assert attempt.answers.get().chosen == right(attempt, 1)

    def test_a_choice_of_another_question_is_400(self, amina_browser, attempt):
        response = amina_browser.post(url("question", attempt, 1), {"choice": right(attempt, 2)[0]})
        assert response.status_code == 400

    def test_two_choices_where_one_is_asked_are_400(self, amina_browser, attempt):
        both = right(attempt, 1) + wrong(attempt, 1)
        response = amina_browser.post(
            url("question", attempt, 1), {"choice": both}, headers={"Accept": "application/json"}
        )
        assert response.status_code == 400
        assert response.json()["message"]

    def test_points_sent_along_are_ignored(self, amina_browser, attempt):
        forged = {"choice": wrong(attempt, 1), "points": "1", "passed": "true", "correct": "true"}
        amina_browser.post(url("question", attempt, 1), forged)
        amina_browser.post(url("submit", attempt), forged)
        attempt.refresh_from_db()
        assert (attempt.points, attempt.passed) == (0, False)

    def test_a_form_without_its_token_is_refused(self, amina, attempt):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(amina)
        assert strict.post(url("question", attempt, 1), {"choice": right(attempt, 1)}).status_code == 403

    def test_an_answer_after_handing_in_is_409_and_shows_the_result(self, amina_browser, attempt):
        hand_in(attempt, well=1)
        response = amina_browser.post(url("question", attempt, 2), {"choice": right(attempt, 2)})
        assert response.status_code == 409
        assert response.templates[0].name == "assessments/result.html"
        assert response.context["screen"].error
        told = amina_browser.post(
            url("question", attempt, 2), {"choice": right(attempt, 2)}, headers={"Accept": "application/json"}
        )
        assert (told.status_code, told.json()["url"]) == (409, url("result", attempt))
        assert attempt.answers.get(question_key=attempt.version.quiz.questions[1].key).chosen == wrong(
            attempt, 2
        )

    def test_even_going_on_without_a_choice_says_that_it_was_handed_in(self, amina_browser, attempt):
        hand_in(attempt, well=1)
        assert amina_browser.post(url("question", attempt, 1)).status_code == 409

    @pytest.mark.parametrize("name", ["resume", "review", "result"])
    def test_only_looking_is_done_by_get(self, amina_browser, attempt, name):
        assert amina_browser.post(url(name, attempt)).status_code == 405
        assert amina_browser.delete(url("question", attempt, 1)).status_code == 405


class TestHandingIn:
    """First a look over all, then once and for ever."""

    def test_the_look_over_lists_what_has_no_answer(self, amina_browser, attempt):
        answer(attempt, 1, right(attempt, 1))
        screen = amina_browser.get(url("review", attempt)).context["screen"]
        assert [point.n for point in screen.missing] == [2, 3]
        assert (screen.answered, screen.unanswered) == (1, 2)

    def test_the_look_over_of_the_last_attempt_says_so(self, amina_browser, begin, amina):
        attempt = begin(amina, max_attempts=1)
        assert amina_browser.get(url("review", attempt)).context["screen"].frame.attempts_after == 0

    def test_a_double_click_hands_in_once(self, amina_browser, attempt):
        for _ in range(2):
            assert amina_browser.post(url("submit", attempt)).url == url("result", attempt)

    def test_the_address_of_handing_in_only_looks_when_opened(self, amina_browser, attempt):
        assert amina_browser.get(url("submit", attempt)).url == url("review", attempt)
        attempt.refresh_from_db()
        assert attempt.submitted_at is None

    def test_the_back_button_leads_to_the_result(self, amina_browser, attempt):
        hand_in(attempt, well=3)
        for name, args in (("question", [1]), ("review", []), ("resume", [])):
            assert amina_browser.get(url(name, attempt, *args)).url == url("result", attempt)

    def test_there_is_no_result_before_handing_in(self, amina_browser, attempt):
        assert amina_browser.get(url("result", attempt)).url == url("resume", attempt)


class TestTheResult:
    """What was reached, what is missing, what to look at again; in words."""

    def result(self, browser, attempt):
        response = browser.get(url("result", attempt))
        assert response.status_code == 200
        return response.context["screen"], response.content.decode()

    def test_amina_passed(self, amina_browser, attempt, guide):
        screen, page = self.result(amina_browser, hand_in(attempt, well=3))
        assert screen.passed
        assert not screen.to_review
        assert len(screen.right) == 3
        assert f'href="{guide.after_url}"' in page
        assert guide.again_url not in page

    def test_she_reads_what_she_chose_and_why(self, amina_browser, attempt):
        screen, page = self.result(amina_browser, hand_in(attempt, well=0))
        first = screen.to_review[0]
        assert first.chosen[0].said.text == "Pedir el relato completo"
        for words in ("Nadie debe relatar", "Primero la seguridad."):
            assert words in page

    def test_the_key_is_not_told_while_she_may_try_again(self, amina_browser, attempt, guide):
        screen, page = self.result(amina_browser, hand_in(attempt, well=0))
        assert screen.attempts_left == 2
        assert all(not told.better for told in screen.to_review)
        assert f'action="{guide.again_url}"' in page

    def test_after_passing_she_learns_what_would_have_been_better(self, amina_browser, begin, amina):
        attempt = hand_in(begin(amina, pass_mark=60), well=2)
        screen, _ = self.result(amina_browser, attempt)
        assert [said.text for said in screen.to_review[0].better] == ["Falso"]

    def test_after_the_last_attempt_kind_words_and_what_to_do(self, amina_browser, begin, amina):
        attempt = hand_in(begin(amina, max_attempts=1), well=0)
        screen, page = self.result(amina_browser, attempt)
        assert screen.is_last_word
        assert screen.to_review[0].better
        assert 'class="key flow"' in page

    def test_an_attempt_begun_since_is_offered(self, amina_browser, begin, amina):
        first = hand_in(begin(amina), well=0)
        second = begin(amina)
        screen, _ = self.result(amina_browser, first)
        assert screen.open_url == url("resume", second)
        assert not screen.is_last_word
        assert all(not told.better for told in screen.to_review)

    def test_an_older_failed_attempt_offers_no_repetition_after_a_pass(self, amina_browser, begin, amina):
        first = hand_in(begin(amina), well=0)
        hand_in(begin(amina), well=3)
        screen, _ = self.result(amina_browser, first)
        assert (screen.passed, screen.attempts_left, screen.is_last_word) == (False, 0, False)

    def test_questions_without_an_answer_are_told(self, amina_browser, attempt):
        screen, _ = self.result(amina_browser, services.submit_attempt(attempt=attempt))
        assert screen.unanswered == 3

    def test_parts_of_a_point_are_told_as_points(self, amina_browser, attempt):
        answer(attempt, 2, right(attempt, 2)[:1])
        screen, _ = self.result(amina_browser, services.submit_attempt(attempt=attempt))
        assert screen.points == "0,5"
        assert screen.frame.needed is None

    def test_whole_questions_are_counted(self, amina, amina_browser, begin):
        quiz = QuizFactory(questions=[QuestionFactory(objective=f"Objetivo {n % 2}") for n in range(4)])
        services.freeze_quiz(quiz=quiz)
        attempt = hand_in(begin(amina, quiz_key=quiz.translation_key), well=3)
        screen, page = self.result(amina_browser, attempt)
        assert (screen.points, screen.frame.needed, screen.passed) == ("3", 3, True)
        assert [(line.title.text, line.reached, line.total) for line in screen.objectives] == [
            ("Objetivo 0", "2", 2),
            ("Objetivo 1", "1", 2),
        ]
        assert "p-done" in page


class TestTheSessionEndsInTheMiddle:
    """Signed out, the answer is put aside in that browser and saved when its owner signs in."""

    def test_an_address_leads_to_sign_in_and_back(self, client, attempt):
        page = url("question", attempt, 2)
        assert client.get(page).url == f"{reverse('account_login')}?next={page}"
        for name in ("resume", "review", "result"):
            assert client.get(url(name, attempt)).url.endswith(url(name, attempt))

    def test_handing_in_is_asked_again_after_sign_in(self, client, attempt):
        assert f"next={url('review', attempt)}" in client.post(url("submit", attempt)).url
        attempt.refresh_from_db()
        assert attempt.submitted_at is None

    def test_aminas_answer_is_saved_when_she_signs_in(self, client, amina, attempt):
        sent = client.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        assert sent.url == f"{reverse('account_login')}?next={url('resume', attempt)}&ended=1"
        assert not attempt.answers.exists()
        client.force_login(amina)
        assert attempt.answers.get().chosen == right(attempt, 1)
        assert "pending_answers" not in client.session

    def test_through_the_real_sign_in_page_she_reads_that_it_is_saved(self, client, amina, attempt):
        sent = client.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        response = client.post(
            sent.url,
            {"login": amina.email, "identifier": amina.email, "password": "una-clave-larga"},
            follow=True,
        )
        assert attempt.answers.get().chosen == right(attempt, 1)
        assert response.redirect_chain[-1][0] == url("question", attempt, 2)
        assert "alert-success" in response.content.decode()

    def test_the_module_is_told_where_to_sign_in(self, client, attempt):
        response = client.post(
            url("question", attempt, 1), {"choice": right(attempt, 1)}, headers={"Accept": "application/json"}
        )
        assert response.status_code == 401
        assert response.json()["url"].startswith(reverse("account_login"))

    def test_dalia_signs_in_on_the_same_phone_and_nothing_happens(self, client, dalia, attempt):
        client.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        client.force_login(dalia)
        assert not attempt.answers.exists()
        assert "pending_answers" not in client.session

    def test_an_answer_given_since_on_another_device_stands(self, client, amina, attempt):
        client.post(url("question", attempt, 1), {"choice": wrong(attempt, 1)})
        answer(attempt, 1, right(attempt, 1))
        client.force_login(amina)
        assert attempt.answers.get().chosen == right(attempt, 1)

    def test_an_attempt_handed_in_since_stays_as_it_is(self, client, amina, attempt):
        client.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        hand_in(attempt, well=0)
        client.force_login(amina)
        assert wrong(attempt, 1) in [each.chosen for each in attempt.answers.all()]

    def test_what_lay_there_for_hours_is_forgotten(self, client, amina, attempt, time_machine):
        time_machine.move_to("2026-11-22T09:00:00Z")
        client.post(url("question", attempt, 1), {"choice": right(attempt, 1)})
        time_machine.move_to("2026-11-22T12:00:00Z")
        client.force_login(amina)
        assert not attempt.answers.exists()

    @pytest.mark.parametrize(("n", "chosen"), [(1, ["invented"]), (9, ["x"]), (1, [])])
    def test_inventions_are_not_put_aside(self, client, attempt, n, chosen):
        assert client.post(url("question", attempt, n), {"choice": chosen}).status_code == 302
        assert "pending_answers" not in client.session

    def test_an_attempt_that_never_was_leads_to_sign_in_like_any_other(self, client, version):
        address = reverse("assessments:question", args=[uuid.uuid4(), 1])
        assert client.post(address, {"choice": "x"}).status_code == 302
        assert "pending_answers" not in client.session


def test_a_question_page_asks_the_database_as_often_with_3_or_40_questions(amina_browser, amina, begin):
    counts = []
    for number in (3, 40):
        quiz = QuizFactory(questions=[QuestionFactory() for _ in range(number)])
        services.freeze_quiz(quiz=quiz)
        attempt = begin(amina, quiz_key=quiz.translation_key, context=uuid.uuid4())
        for n in range(1, number):
            answer(attempt, n, right(attempt, n))
        amina_browser.get(url("question", attempt, 2))
        with CaptureQueriesContext(connection) as queries:
            amina_browser.get(url("question", attempt, 2))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
