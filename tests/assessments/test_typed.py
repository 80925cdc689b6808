"""Amina types her answer: words without accents, numbers as she writes them; nothing that she wrote is lost."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from assessments import missed, privacy, services
from assessments.content import ChoiceContent, Kind, QuestionContent
from assessments.marking import MarkReason, mark
from assessments.models import Attempt, AttemptAnswer
from assessments.typed import LONGEST, is_within, numbers, plain, tidy
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of

WORDS = (
    ("Escuchar", True, "Antes que nada."),
    ("Mirar y escuchar", True),
    ("Aconsejar", False, "Todavía no: primero se escucha."),
)


def asked(kind: Kind, *answers: tuple[str, bool, str]) -> QuestionContent:
    choices = (
        ChoiceContent(str(number), {"es": text}, correct, tolerance=room)
        for number, (text, correct, room) in enumerate(answers)
    )
    return QuestionContent(uuid.uuid4(), kind, {"es": "¿?"}, tuple(choices))


@pytest.fixture
def typed_attempt(amina) -> Attempt:
    short = QuestionFactory(stem="¿Qué se hace primero?", kind="short", choices=choices_of(*WORDS))
    number = QuestionFactory(
        stem="¿Cuántas horas dura el módulo?",
        kind="number",
        choices=choices_of(("2,5", True), ("25", False, "Mira la coma.")),
    )
    number.choices[0].value["tolerance"] = "0,5"
    number.save()
    version = services.freeze_quiz(quiz=QuizFactory(questions=[short, number]))
    return services.start_attempt(
        person=amina.person,
        context=uuid.uuid4(),
        quiz_key=version.quiz_key,
        pass_mark=70,
        max_attempts=3,
        reader=Reader("MX"),
    )


def url(attempt: Attempt, n: int) -> str:
    return reverse("assessments:question", args=[attempt.key, n])


@pytest.mark.parametrize(
    "written", ["Escuchar", "escuchar.", "  ESCUCHÁR ", "«escuchar»", "mirar  y escuchar"]
)
def test_capitals_accents_and_stops_do_not_matter(written):
    question = asked(Kind.SHORT, ("Escuchar", True, ""), ("Mirar y escuchar", True, ""))
    assert mark(question, [written]).reason is MarkReason.RIGHT


def test_what_is_not_among_the_answers_is_not_yet_right_and_nothing_is_unanswered():
    question = asked(Kind.SHORT, ("Escuchar", True, ""), ("Aconsejar", False, ""))
    assert mark(question, ["aconsejar"]).reason is MarkReason.NOT_YET
    assert mark(question, ["hablar"]).reason is MarkReason.NOT_YET
    assert mark(question, []).reason is MarkReason.UNANSWERED
    assert mark(question, [""]).reason is MarkReason.UNANSWERED


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("2,5", ["2.5"]),
        ("2.5", ["2.5"]),
        ("-4", ["-4"]),
        ("−4", ["-4"]),
        ("70 %", ["70"]),
        ("1 500", ["1500"]),
        ("1.500", ["1.500", "1500"]),
        ("1,500", ["1.500", "1500"]),
        ("0,125", ["0.125"]),
        ("1.234.567", ["1234567"]),
        ("1,234.5", ["1234.5"]),
        ("1.234,5", ["1234.5"]),
        ("dos", []),
        ("2 o 3", []),
        ("", []),
        ("٣", ["3"]),
    ],
)
def test_a_number_is_read_in_either_way_of_writing(written, values):
    assert numbers(written) == {Decimal(value) for value in values}


@pytest.mark.parametrize(
    ("written", "right"), [("2", True), ("3", True), ("2,75", True), ("3,01", False), ("1.9", False)]
)
def test_a_tolerance_holds_its_ends(written, right):
    assert is_within(written, "2,5", "0,5") is right


def test_where_tolerances_overlap_what_is_right_goes_first():
    question = asked(Kind.NUMBER, ("12", False, "5"), ("10", True, "1"))
    assert mark(question, ["10,5"]).reason is MarkReason.RIGHT


@given(st.text(max_size=60))
def test_whatever_is_typed_marking_says_point_or_nothing_and_the_same_again(text):
    for question in (
        asked(Kind.SHORT, ("Escuchar", True, ""), ("Aconsejar", False, "")),
        asked(Kind.NUMBER, ("2,5", True, "0,5"), ("1e3", False, "")),
    ):
        first = mark(question, [tidy(text)])
        assert first == mark(question, [tidy(text)])
        assert first.points in {0, 1}


@given(st.text(max_size=300))
@example("℠")
def test_tidy_keeps_nothing_that_a_database_refuses_and_is_done_once(text):
    kept = tidy(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert tidy(kept) == kept
    assert plain(kept) == plain(plain(kept))


def test_amina_types_her_answers_and_reads_what_the_author_says_to_them(amina_browser, typed_attempt):
    page = amina_browser.get(url(typed_attempt, 1)).content.decode()
    assert 'maxlength="200"' in page
    for secret in ("Escuchar", "Aconsejar", "Antes que nada"):
        assert secret not in page
    assert amina_browser.post(url(typed_attempt, 1), {"choice": "ACONSEJAR"}).status_code == 302
    assert 'value="ACONSEJAR"' in amina_browser.get(url(typed_attempt, 1)).content.decode()
    amina_browser.post(url(typed_attempt, 2), {"choice": "2.25"})
    amina_browser.post(reverse("assessments:submit", args=[typed_attempt.key]))
    typed_attempt.refresh_from_db()
    assert (typed_attempt.points, typed_attempt.max_points) == (1, 2)
    result = amina_browser.get(reverse("assessments:result", args=[typed_attempt.key])).content.decode()
    for words in ("Escribiste:", "ACONSEJAR", "Todavía no: primero se escucha.", "2.25"):
        assert words in result
    # Another attempt is left: what would have been right is not told.
    assert "Mirar y escuchar" not in result


def test_an_emptied_field_is_an_answer_taken_back(amina_browser, typed_attempt):
    amina_browser.post(url(typed_attempt, 1), {"choice": "escuchar"})
    amina_browser.post(url(typed_attempt, 1), {"choice": "  "})
    assert typed_attempt.answers.get().chosen == []


@pytest.mark.parametrize(
    ("n", "written", "words"),
    [
        (2, "dos y media", "Escribe un número con cifras"),
        (1, "a" * (LONGEST + 1), "Escribe 200 caracteres como máximo"),
        (1, "á" * 50_000, "Escribe 200 caracteres como máximo"),
    ],
)
def test_what_is_refused_stands_in_the_field_still(amina_browser, typed_attempt, n, written, words):
    answer = amina_browser.post(url(typed_attempt, n), {"choice": written})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert f'value="{written}"' in page
    assert not typed_attempt.answers.exists()


@pytest.mark.parametrize(
    "written", ["\u202eabc", "e\u0301scuchar", "🙂", "x\x00y", "<b>escuchar</b>", "مرحبا"]
)
def test_any_writing_is_kept_and_shown_as_text(amina_browser, typed_attempt, written):
    assert amina_browser.post(url(typed_attempt, 1), {"choice": written}).status_code == 302
    assert typed_attempt.answers.get().chosen == [tidy(written)]
    assert "<b>escuchar</b>" not in amina_browser.get(url(typed_attempt, 1)).content.decode()


def test_two_answers_for_one_field_are_refused(amina_browser, typed_attempt):
    assert amina_browser.post(url(typed_attempt, 1), {"choice": ["uno", "dos"]}).status_code == 400


def test_bruno_is_told_what_keeps_a_typed_question_from_being_asked(db):
    def faults(kind: str, *answers: tuple, tolerance: str = "") -> str:
        question = QuestionFactory.build(kind=kind, choices=choices_of(*answers))
        for block in question.choices:
            block.value["tolerance"] = tolerance
        with pytest.raises(ValidationError) as refused:
            question.clean()
        return str(refused.value)

    assert "al menos una" in faults("short", ("Aconsejar", False))
    assert "cifras" in faults("number", ("dos", True))
    assert "tolerancia" in faults("number", ("2", True), tolerance="-1").lower()
    assert "tolerancia" in faults("number", ("2", True), tolerance="poca").lower()


def test_one_accepted_answer_is_enough(db):
    question = QuestionFactory(kind="short", choices=choices_of(("Escuchar", True)))
    question.clean()
    assert services.freeze_quiz(quiz=QuizFactory(questions=[question])).quiz.questions[0].kind is Kind.SHORT


def test_a_quiz_frozen_before_keeps_its_fingerprint():
    choice = ChoiceContent("a", {"es": "Sí"}, True)
    assert "tolerance" not in choice.to_json()
    assert ChoiceContent.from_json(choice.to_json()) == choice
    roomy = ChoiceContent("a", {"es": "2"}, True, tolerance="0,5")
    assert ChoiceContent.from_json(roomy.to_json()) == roomy


def test_a_trainer_is_told_foreseen_answers_and_nobodys_own_words(typed_attempt, dalia):
    for number in range(missed.FEWEST):
        one = services.start_attempt(
            person=typed_attempt.person if number else dalia.person,
            context=uuid.uuid4(),
            quiz_key=typed_attempt.quiz_key,
            pass_mark=70,
            max_attempts=3,
            reader=Reader("MX"),
        )
        services.save_answer(
            attempt=one,
            question_key=one.quiz.questions[0].key,
            chosen=["aconsejar" if number else "Soy Dalia"],
        )
        services.submit_attempt(attempt=one)
    rows = missed.missed_questions(contexts=Attempt.objects.values("context"), language="es")
    assert "Dalia" not in repr(rows)


def test_what_she_typed_stands_in_her_download_and_goes_with_her(typed_attempt, amina):
    questions = typed_attempt.quiz.questions
    services.save_answer(
        attempt=typed_attempt, question_key=questions[0].key, chosen=["escuchar, dice Amina"]
    )
    services.save_answer(attempt=typed_attempt, question_key=questions[1].key, chosen=["25"])
    services.submit_attempt(attempt=typed_attempt)
    said = privacy.export(amina.person)["attempts"][0]["answers"]
    assert [answer["chosen"] for answer in said] == [["escuchar, dice Amina"], ["25"]]
    points = list(AttemptAnswer.objects.values_list("points", flat=True))
    privacy.erase(amina.person)
    left = list(AttemptAnswer.objects.order_by("pk").values_list("chosen", flat=True))
    assert left == [["…"], ["25"]]
    assert list(AttemptAnswer.objects.values_list("points", flat=True)) == points
