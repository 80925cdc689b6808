"""Amina matches what belongs together and puts steps in order, with nothing but lists to choose from."""

from __future__ import annotations

import json
import re
import uuid
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.models import StringSegment, TranslationSource

from assessments import missed, privacy, services
from assessments.content import ChoiceContent, Kind, QuestionContent
from assessments.marking import AttemptRefused, MarkReason, mark
from assessments.models import Attempt, Quiz
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of

STEPS = ("Mirar", "Escuchar", "Conectar", "Despedirse")
PAIRS = {"Hambre": "Comida", "Frío": "Abrigo", "Lluvia": "Abrigo", "Miedo": "Compañía"}


def ordered(n: int = 4) -> QuestionContent:
    choices = (ChoiceContent(key, {"es": key}, False) for key in "abcdefgh"[:n])
    return QuestionContent(uuid.uuid4(), Kind.ORDER, {"es": "¿?"}, tuple(choices))


def matched(lenders: bool = False) -> QuestionContent:
    choices = [
        ChoiceContent(f"k{n}", {"es": thing}, lenders, match={"es": partner})
        for n, (thing, partner) in enumerate(PAIRS.items())
    ]
    if lenders:
        choices.append(ChoiceContent("k9", {"es": "-"}, False, match={"es": "Dinero"}))
    return QuestionContent(uuid.uuid4(), Kind.MATCH, {"es": "¿?"}, tuple(choices))


def places(text: str) -> list[str]:
    return [f"{thing}:{place}" for place, thing in enumerate(text, 1)]


@pytest.mark.parametrize(
    ("given_order", "points"),
    [
        ("abcd", Fraction(1)),
        ("bcda", Fraction(2, 3)),
        ("dabc", Fraction(2, 3)),
        ("abdc", Fraction(1, 3)),
        ("dcba", Fraction(0)),
    ],
)
def test_each_step_that_is_followed_by_the_right_one_counts(given_order, points):
    assert mark(ordered(), places(given_order)).points == points


def test_a_step_without_a_place_breaks_the_row_and_nothing_else():
    assert mark(ordered(), ["a:1", "b:2"]).points == Fraction(1, 3)
    assert mark(ordered(), []).reason is MarkReason.UNANSWERED


def test_every_right_pair_counts_and_a_wrong_one_takes_nothing_away():
    question = matched()
    right = sorted(question.right_keys)
    assert mark(question, right).reason is MarkReason.RIGHT
    assert mark(question, right[:3]).points == Fraction(3, 4)
    wrong = next(
        key for key in question.answer_keys if key.startswith("k0:") and key not in question.right_keys
    )
    assert mark(question, [wrong, *[key for key in right if not key.startswith("k0:")]]).points == Fraction(
        3, 4
    )


def test_two_things_may_go_with_one_and_some_only_lend_theirs():
    question = matched(lenders=True)
    assert len(question.partners()) == 4
    assert len(question.things) == 4
    assert {partner.texts["es"] for partner in question.partners()} == {*PAIRS.values(), "Dinero"}


@given(st.data())
def test_whatever_is_sent_is_worth_between_nothing_and_the_point_in_any_order(data):
    question = data.draw(st.sampled_from([ordered(), ordered(8), matched(), matched(lenders=True)]))
    sent = data.draw(st.lists(st.sampled_from([*question.answer_keys, "", "x:1", "zz"]), max_size=12))
    first = mark(question, sent)
    assert 0 <= first.points <= 1
    assert mark(question, sent[::-1]) == first
    if first.points == 1:
        assert question.right_keys <= frozenset(sent)
    assert (first.reason is MarkReason.RIGHT) is (
        question.choice_keys.intersection(sent) == question.right_keys
    )


@given(st.permutations("abcd"))
def test_only_the_right_order_is_the_whole_point(order):
    assert (mark(ordered(), places("".join(order))).points == 1) is (order == list("abcd"))


@pytest.fixture
def paired_attempt(amina) -> Attempt:
    order = QuestionFactory(kind="order", choices=choices_of(*((step, False) for step in STEPS)))
    match = QuestionFactory(
        kind="match", choices=choices_of(*((thing, False, f"Sobre {thing}") for thing in PAIRS))
    )
    for block in match.choices:
        block.value["match"] = PAIRS[block.value["text"]]
    match.save()
    # Even where the author keeps the order of choices, it would be the answer here.
    version = services.freeze_quiz(quiz=QuizFactory(questions=[order, match], shuffle=False))
    asked = {"context": uuid.uuid4(), "quiz_key": version.quiz_key, "pass_mark": 70, "max_attempts": 3}
    return services.start_attempt(person=amina.person, reader=Reader("MX"), **asked)


def url(attempt: Attempt, n: int) -> str:
    return reverse("assessments:question", args=[attempt.key, n])


def offered(page: str) -> list[list[tuple[str, str]]]:
    selects = re.findall(r"<select.*?</select>", page, re.S)
    return [re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', select) for select in selects]


def test_amina_chooses_from_lists_and_goes_on_where_she_stopped(amina_browser, paired_attempt):
    page = amina_browser.get(url(paired_attempt, 2)).content.decode()
    lists = offered(page)
    assert [len(each) for each in lists] == [3, 3, 3, 3]
    hunger = next(value for value, words in lists[0] if words == "Comida")
    amina_browser.post(url(paired_attempt, 2), {"choice": [hunger, "", "", ""]})
    again = amina_browser.get(url(paired_attempt, 2)).content.decode()
    assert again.count(" selected") == 1
    review = amina_browser.get(reverse("assessments:review", args=[paired_attempt.key])).content.decode()
    # Half a table is no answer yet: before handing in she is told.
    assert url(paired_attempt, 2) in review.split("<h2>Sin respuesta")[1]


def test_nothing_on_the_page_tells_what_goes_with_what(amina_browser, paired_attempt):
    question = paired_attempt.quiz.questions[1]
    lists = offered(amina_browser.get(url(paired_attempt, 2)).content.decode())
    assert len({tuple(words for _value, words in each) for each in lists}) == 1
    for each in lists:
        for value, _words in each:
            thing, _, partner = value.rpartition(":")
            assert thing != partner
    assert {value.rpartition(":")[2] for each in lists for value, _ in each} == {
        p.key for p in question.partners()
    }
    steps = [
        value.rpartition(":")[0]
        for each in offered(amina_browser.get(url(paired_attempt, 1)).content.decode())
        for value, _ in each[:1]
    ]
    shown = [thing.key for thing in paired_attempt.quiz.questions[0].shown(paired_attempt.seed)]
    assert steps == shown


def test_she_reads_afterwards_what_she_put_and_what_the_author_says(amina_browser, paired_attempt):
    for question in paired_attempt.quiz.questions:
        chosen = sorted(question.right_keys)
        if question.kind is Kind.MATCH:
            hunger = question.things[0].key
            wrong = next(
                k for k in question.answer_keys if k.startswith(hunger) and k not in question.right_keys
            )
            chosen = [wrong, *(key for key in chosen if not key.startswith(hunger))]
        services.save_answer(attempt=paired_attempt, question_key=question.key, chosen=chosen)
    done = services.submit_attempt(attempt=paired_attempt)
    assert (float(done.points), float(done.max_points)) == (1.75, 2)
    page = amina_browser.get(reverse("assessments:result", args=[paired_attempt.key])).content.decode()
    for words in (
        "Tu respuesta:",
        "1. Mirar",
        "4. Despedirse",
        "Frío: Abrigo",
        "Sobre Hambre",
        "Hambre: Comida",
    ):
        assert words in page
    said = privacy.export(paired_attempt.person)["attempts"][0]["answers"]
    assert "1. Mirar" in said[0]["chosen"]
    rows = missed.missed_questions(contexts=Attempt.objects.values("context"), language="es")
    assert len(rows) == 2


def test_what_the_question_does_not_offer_and_two_partners_are_refused(paired_attempt):
    order, match = paired_attempt.quiz.questions
    for chosen in (["x:1"], [f"{order.things[0].key}:9"], [f"{order.things[0].key}"]):
        with pytest.raises(AttemptRefused):
            services.save_answer(attempt=paired_attempt, question_key=order.key, chosen=chosen)
    both = [key for key in match.answer_keys if key.startswith(match.things[0].key)][:2]
    with pytest.raises(AttemptRefused):
        services.save_answer(attempt=paired_attempt, question_key=match.key, chosen=both)


def test_one_place_given_twice_is_kept_and_earns_no_more_than_it_should(paired_attempt):
    order = paired_attempt.quiz.questions[0]
    chosen = [f"{thing.key}:1" for thing in order.things]
    services.save_answer(attempt=paired_attempt, question_key=order.key, chosen=chosen)
    assert mark(order, paired_attempt.answers.get().chosen).points == 0


def test_bruno_is_told_what_keeps_them_from_being_asked(db):
    def faults(kind: str, *partners: str) -> str:
        question = QuestionFactory.build(
            kind=kind, choices=choices_of(*((f"t{n}", False) for n, _ in enumerate(partners)))
        )
        for block, partner in zip(question.choices, partners, strict=True):
            block.value["match"] = partner
        with pytest.raises(ValidationError) as refused:
            question.clean()
        return str(refused.value)

    assert "lo que le corresponde" in faults("match", "Uno", "")
    assert "lo mismo" in faults("match", "Uno", "uno")
    assert "al menos dos" in faults("order", "")
    QuestionFactory.build(kind="order", choices=choices_of(("Uno", False), ("Dos", False))).clean()


def test_frozen_and_read_again_it_is_the_same():
    for question in (ordered(), matched(), matched(lenders=True)):
        assert QuestionContent.from_json(question.to_json()) == question
    assert "match" not in ordered().to_json()["choices"][0]


def test_a_question_written_before_is_frozen_as_it_was_and_goes_to_be_translated(db):
    question = QuestionFactory()
    before = services.freeze_quiz(quiz=QuizFactory(questions=[question]))
    old = [
        {"type": "choice", "id": str(b.id), "value": {k: b.value[k] for k in ("text", "correct", "feedback")}}
        for b in question.choices
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessments_question SET choices = %s WHERE id = %s", [json.dumps(old), question.pk]
        )
    question.refresh_from_db()
    assert services.freeze_quiz(quiz=Quiz.objects.get()) == before
    source, _made = TranslationSource.get_or_create_from_instance(question)
    texts = {
        each.string.data for each in StringSegment.objects.filter(source=source).select_related("string")
    }
    assert question.stem in texts
    assert question.choices[0].value["text"] in texts
