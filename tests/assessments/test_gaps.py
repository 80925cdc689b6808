"""Amina fills the gaps of a text: each counts, in any spelling; nothing on the page tells what belongs there."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments import missed, privacy, services
from assessments.content import ChoiceContent, Kind, QuestionContent
from assessments.gaps import gaps_in, pieces
from assessments.marking import AttemptRefused, MarkReason, mark
from assessments.models import Attempt
from assessments.typed import LONGEST
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of

STEM = "Primero se [1], después se [2] y nunca se [3]."


def content() -> QuestionContent:
    words = ("observa | mira", "escucha", "2,5")
    choices = tuple(ChoiceContent(f"g{n}", {"es": text}, False) for n, text in enumerate(words, 1))
    return QuestionContent(uuid.uuid4(), Kind.CLOZE, {"es": STEM}, choices)


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        (["g1:OBSÉRVA.", "g2:escucha", "g3:2.5"], 1),
        (["g1:mira", "g2:aconseja"], Fraction(1, 3)),
        (["g1:observa | mira"], 0),
        (["g1:escucha", "g2:observa"], 0),
        (["zz:observa"], 0),
        ([], 0),
    ],
)
def test_each_gap_filled_well_adds_its_share(typed: list[str], points: Fraction) -> None:
    assert mark(content(), typed).points == points


def test_what_was_filled_wrongly_was_answered_all_the_same() -> None:
    assert mark(content(), ["g1:nada"]).reason is MarkReason.NOT_YET
    assert mark(content(), []).reason is MarkReason.UNANSWERED


@given(st.lists(st.text(max_size=30), max_size=6))
def test_whatever_is_sent_is_worth_between_nothing_and_the_point_in_any_order(sent: list[str]) -> None:
    chosen = [*sent, "g1:mira"]
    given_mark = mark(content(), chosen)
    assert 0 <= given_mark.points <= 1
    assert mark(content(), sorted({*sent}, reverse=True)).points <= 1


@given(st.text(alphabet="ab[]12 ", max_size=40))
def test_the_pieces_are_the_text(text: str) -> None:
    found = pieces(text)
    assert [piece.gap for piece in found[:-1]] == gaps_in(text)
    assert found[-1].gap == 0


@pytest.fixture
def gapped(db: Any) -> Any:
    return QuestionFactory(
        stem=STEM,
        kind="cloze",
        choices=choices_of(
            ("observa | mira", False, "Antes de acercarte, mira."), ("escucha", False), ("juzga", False)
        ),
    )


@pytest.fixture
def gapped_attempt(amina: Any, gapped: Any) -> Attempt:
    version = services.freeze_quiz(quiz=QuizFactory(questions=[gapped]))
    return begun(amina.person, version)


def begun(person: Any, version: Any) -> Attempt:
    return services.start_attempt(
        person=person,
        context=uuid.uuid4(),
        quiz_key=version.quiz_key,
        pass_mark=60,
        max_attempts=1,
        reader=Reader("MX"),
    )


def url(attempt: Attempt) -> str:
    return reverse("assessments:question", args=[attempt.key, 1])


def keys(attempt: Attempt) -> list[str]:
    return [choice.key for choice in attempt.quiz.questions[0].choices]


def test_amina_fills_two_of_three_and_reads_what_would_have_been_better(
    amina_browser: Any, gapped_attempt: Attempt
) -> None:
    page = amina_browser.get(url(gapped_attempt)).content.decode()
    assert page.count('type="text"') == 3
    assert "Espacio 1" in page
    for secret in ("observa", "escucha", "[1]", "Antes de acercarte"):
        assert secret not in page
    one, two, three = keys(gapped_attempt)
    typed = {f"gap-{one}": "MÍRA ", f"gap-{two}": "escucha", f"gap-{three}": "aconseja"}
    assert amina_browser.post(url(gapped_attempt), typed).status_code == 302
    assert 'value="MÍRA"' in amina_browser.get(url(gapped_attempt)).content.decode()
    amina_browser.post(reverse("assessments:submit", args=[gapped_attempt.key]))
    gapped_attempt.refresh_from_db()
    assert (float(gapped_attempt.points), gapped_attempt.passed) == (0.666, True)
    result = amina_browser.get(reverse("assessments:result", args=[gapped_attempt.key])).content.decode()
    assert "Primero se ____, después se ____" in result
    assert "[3] aconseja" in result
    assert "[3] juzga" in result


def test_what_is_refused_stands_in_its_gap_still(amina_browser: Any, gapped_attempt: Attempt) -> None:
    one, two, _three = keys(gapped_attempt)
    long = "á" * (LONGEST + 1)
    answer = amina_browser.post(url(gapped_attempt), {f"gap-{one}": long, f"gap-{two}": "escucha"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert long in page
    assert 'value="escucha"' in page
    assert not gapped_attempt.answers.exists()


def test_a_gap_of_another_question_is_refused_and_emptied_gaps_are_taken_back(
    gapped_attempt: Attempt,
) -> None:
    question = gapped_attempt.quiz.questions[0].key
    with pytest.raises(AttemptRefused):
        services.save_answer(attempt=gapped_attempt, question_key=question, chosen=["ajena:mira"])
    first = keys(gapped_attempt)[0]
    with pytest.raises(AttemptRefused):
        services.save_answer(
            attempt=gapped_attempt, question_key=question, chosen=[f"{first}:a", f"{first}:b"]
        )
    services.save_answer(attempt=gapped_attempt, question_key=question, chosen=[f"{first}:mira"])
    services.save_answer(attempt=gapped_attempt, question_key=question, chosen=[f"{first}: "])
    assert gapped_attempt.answers.get().chosen == []


@pytest.mark.parametrize(
    ("stem", "words", "said"),
    [
        ("Sin espacios.", ["uno"], "una vez"),
        ("Un [1] y un [3].", ["uno", "dos"], "una vez"),
        ("Un [1] y un [1].", ["uno", "dos"], "una vez"),
        ("Un [1].", [" | "], "cada espacio"),
    ],
)
def test_bruno_is_told_what_keeps_a_text_with_gaps_from_being_asked(
    db: Any, stem: str, words: list[str], said: str
) -> None:
    choices = choices_of(*((text, False) for text in words))
    with pytest.raises(ValidationError, match=said):
        QuestionFactory.build(kind="cloze", stem=stem, choices=choices).clean()


def test_two_gaps_may_take_the_same_word(db: Any) -> None:
    question = QuestionFactory(
        kind="cloze", stem="[1] y [2]", choices=choices_of(("así", False), ("así", False))
    )
    question.clean()
    assert services.freeze_quiz(quiz=QuizFactory(questions=[question])) is not None


def test_bruno_sees_it_as_a_learner_does(gapped: Any) -> None:
    from assessments.preview import question_preview

    seen = question_preview(question=gapped).questions[0]
    assert [piece.gap for piece in seen.gaps] == [1, 2, 3, 0]
    assert seen.right[0] == "[1] observa"


def test_a_trainer_reads_nobodys_words_and_they_go_with_her(gapped_attempt: Attempt, amina: Any) -> None:
    one, two, _three = keys(gapped_attempt)
    question = gapped_attempt.quiz.questions[0].key
    services.save_answer(
        attempt=gapped_attempt, question_key=question, chosen=[f"{one}:MIRA", f"{two}:soy Amina"]
    )
    services.submit_attempt(attempt=gapped_attempt)
    rows = missed.missed_questions(contexts=Attempt.objects.values("context"), language="es")
    assert "Amina" not in repr(rows)
    said = privacy.export(amina.person)["attempts"][0]["answers"][0]
    assert said["chosen"] == ["[1] MIRA", "[2] soy Amina"]
    before = services.marked(
        gapped_attempt, {each.question_key: each for each in gapped_attempt.answers.all()}
    )
    privacy.erase(amina.person)
    left = gapped_attempt.answers.get()
    assert left.chosen == [f"{one}:observa", f"{two}:…"]
    assert services.marked(gapped_attempt, {left.question_key: left}).points == before.points
