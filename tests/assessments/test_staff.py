"""Bruno's question bank and quizzes in the Wagtail admin."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments import retention
from assessments.answerable import Fault, Option, faults
from assessments.content import Kind
from assessments.models import Question, Quiz, QuizVersion
from assessments.preview import question_preview, quiz_preview
from assessments.wording import FAULTS, LEFT_OUT
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of


def question_form(*choices, **fields):
    blocks = [
        ("choice", {"text": text, "correct": "on" if correct else "", "feedback": ""})
        for text, correct in choices
    ]
    return nested_form_data(
        {
            "stem": "¿Qué haces primero?",
            "kind": "single",
            "choices": streamfield(blocks),
            "explanation": "",
            "level": "",
            "objective": "",
            "sources": "",
            "evidence_status": "sourced",
            "tags": "",
            **fields,
        }
    )


GOOD = [("Preguntar", True), ("Callar", False)]


OPEN = "Uno [[por verificar: dos"


def test_bruno_is_told_which_text_of_a_question_holds_an_open_mark(db):
    question = QuestionFactory(
        stem=OPEN, explanation=OPEN, choices=choices_of(("Preguntar", True, OPEN), ("Callar", False))
    )
    with pytest.raises(ValidationError) as refused:
        question.clean()
    assert set(refused.value.message_dict) == {"stem", "explanation", "choices"}
    with pytest.raises(ValidationError) as refused:
        QuizFactory(title=OPEN).clean()
    assert set(refused.value.message_dict) == {"title"}


class TestAnswerable:
    """One rule for the form and for freezing."""

    @pytest.mark.parametrize(
        ("kind", "options", "found"),
        [
            (Kind.SINGLE, GOOD, ()),
            (Kind.SINGLE, [("A", True)], (Fault.TOO_FEW_CHOICES,)),
            (Kind.SINGLE, [("A", False), ("B", False)], (Fault.ONE_RIGHT,)),
            (Kind.SINGLE, [("A", True), ("B", True)], (Fault.ONE_RIGHT,)),
            (Kind.SINGLE, [(str(n), n == 0) for n in range(9)], (Fault.TOO_MANY_CHOICES,)),
            (Kind.SINGLE, [("Igual", True), (" igual ", False)], (Fault.SAME_TEXT,)),
            (Kind.SINGLE, [("A", True), ("", False), ("", False)], (Fault.EMPTY_TEXT,)),
            (Kind.MULTIPLE, [("A", True), ("B", True), ("C", False)], ()),
            (Kind.MULTIPLE, [("A", False), ("B", False)], (Fault.SOME_RIGHT,)),
            (Kind.MULTIPLE, [("A", True), ("B", True)], (Fault.SOME_WRONG,)),
            (Kind.MULTIPLE, [], (Fault.TOO_FEW_CHOICES, Fault.SOME_RIGHT)),
            (Kind.TRUE_FALSE, [("Verdadero", True), ("Falso", False)], ()),
            (Kind.TRUE_FALSE, [("A", True), ("B", False), ("C", False)], (Fault.TRUE_FALSE_HAS_TWO,)),
        ],
    )
    def test_what_keeps_a_question_from_being_asked(self, kind, options, found):
        assert faults(kind, [Option(*option) for option in options]) == found

    def test_every_reason_has_words(self):
        assert set(FAULTS) == set(Fault)
        assert all(str(words) for words in [*FAULTS.values(), *LEFT_OUT.values()])


class TestWriting:
    """Bruno writes, is told what to mend, and finds his questions again."""

    def test_a_question_is_written_as_a_draft(self, desk):
        response = desk.post(reverse("wagtailsnippets_assessments_question:add"), question_form(*GOOD))
        assert response.status_code == 302
        question = Question.objects.get()
        assert not question.live
        assert len(question.choices) == 2

    def test_the_bank_shows_the_originals_until_another_language_is_asked_for(self, desk):
        english, _made = Locale.objects.get_or_create(language_code="en")
        original = QuestionFactory(stem="¿Qué haces primero?")
        twin = original.copy_for_translation(english)
        twin.stem = "What do you do first?"
        twin.save()
        address = reverse("wagtailsnippets_assessments_question:list")

        def shown(**asked):
            return {question.stem for question in desk.get(address, asked).context["object_list"]}

        assert shown() == {original.stem}
        assert shown(locale="en") == {twin.stem}
        assert shown(locale="") == {original.stem, twin.stem}
        assert "Idioma" in desk.get(address).content.decode()

    def test_a_question_is_published(self, desk):
        form = question_form(*GOOD, **{"action-publish": "action-publish"})
        desk.post(reverse("wagtailsnippets_assessments_question:add"), form)
        assert Question.objects.get().live

    def test_a_question_without_a_right_answer_is_refused_in_words(self, desk):
        form = question_form(("Callar", False), ("Irse", False), **{"action-publish": "action-publish"})
        response = desk.post(reverse("wagtailsnippets_assessments_question:add"), form)
        assert response.status_code == 200
        assert not Question.objects.exists()
        assert response.context["form"].errors["choices"] == [str(FAULTS[Fault.ONE_RIGHT])]

    def test_a_quiz_with_the_same_question_twice_is_refused_in_words(self, desk):
        question = QuestionFactory()
        form = nested_form_data(
            {
                "title": "Prueba",
                "items": streamfield([("question", str(question.pk)), ("question", str(question.pk))]),
                "draws": streamfield([]),
                "feedback": "after",
                "pass_mark": "70",
                "max_attempts": "3",
            }
        )
        response = desk.post(reverse("wagtailsnippets_assessments_quiz:add"), form)
        assert not Quiz.objects.exists()
        assert str(question) in response.context["form"].errors["items"][0]

    @pytest.mark.parametrize(
        ("field", "value"), [("pass_mark", 101), ("max_attempts", 0), ("max_attempts", 21)]
    )
    def test_limits_that_make_no_sense_are_refused(self, db, field, value):
        quiz = QuizFactory(questions=[QuestionFactory()])
        setattr(quiz, field, value)
        with pytest.raises(ValidationError) as refused:
            quiz.full_clean()
        assert field in refused.value.message_dict

    def test_publishing_a_quiz_tells_what_is_left_out(self, desk, questions, quiz):
        questions[1].unpublish()
        form = nested_form_data(
            {
                "title": quiz.title,
                "items": streamfield([("question", str(question.pk)) for question in questions]),
                "draws": streamfield([]),
                "feedback": "after",
                "pass_mark": "70",
                "max_attempts": "3",
                "action-publish": "action-publish",
            }
        )
        response = desk.post(
            reverse("wagtailsnippets_assessments_quiz:edit", args=[quiz.pk]), form, follow=True
        )
        assert questions[1].stem[:30] in response.content.decode()
        assert any(message.level_tag == "warning" for message in response.context["messages"])

    def test_the_bank_shows_how_many_quizzes_ask_each_question(self, desk, questions):
        QuizFactory(questions=questions[:1])
        QuizFactory(questions=questions[:2])
        response = desk.get(reverse("wagtailsnippets_assessments_question:list"))
        used = {question.pk: question.used_in for question in response.context["object_list"]}
        assert [used[question.pk] for question in questions] == [2, 1, 0]

    @pytest.mark.parametrize("name", ["list", "add"])
    @pytest.mark.parametrize("model", ["question", "quiz"])
    def test_lists_and_forms_open(self, desk, quiz, model, name):
        assert desk.get(reverse(f"wagtailsnippets_assessments_{model}:{name}")).status_code == 200

    def test_the_edit_forms_open(self, desk, quiz, questions):
        for model, pk in (("question", questions[0].pk), ("quiz", quiz.pk)):
            assert (
                desk.get(reverse(f"wagtailsnippets_assessments_{model}:edit", args=[pk])).status_code == 200
            )

    def test_amina_cannot_open_the_bank(self, client, amina, quiz):
        client.force_login(amina)
        assert client.get(reverse("wagtailsnippets_assessments_question:list")).status_code == 302


class TestPreview:
    """An editor sees what learners would see, before anything is saved."""

    def test_a_question_being_written_hides_its_unverified_claims(self, db):
        question = QuestionFactory.build(
            locale=None,
            stem="¿Qué haces? [[por verificar: cifra]]",
            choices=choices_of(("Escuchar", True, "Bien."), ("Irte", False)),
        )
        preview = question_preview(question=question)
        assert preview.questions[0].stem == "¿Qué haces?"
        assert [choice.correct for choice in preview.questions[0].choices] == [True, False]

    def test_a_question_that_cannot_be_asked_says_why(self, db):
        preview = question_preview(
            question=QuestionFactory.build(locale=None, choices=choices_of(("Una", True)))
        )
        assert preview.questions == ()
        assert str(FAULTS[Fault.TOO_FEW_CHOICES]) in preview.left_out[0]

    def test_a_quiz_lists_what_it_would_ask_and_what_not(self, questions, quiz):
        questions[0].unpublish()
        preview = quiz_preview(quiz=quiz)
        assert (len(preview.questions), len(preview.left_out)) == (2, 1)

    def test_the_preview_pages_open(self, desk, quiz, questions):
        for snippet in (questions[1], quiz):
            response = snippet.make_preview_request()
            assert response.status_code == 200
            response.render()
            assert questions[1].stem in response.content.decode()


def test_the_editors_frame_may_hold_the_preview(desk, questions):
    address = reverse("wagtailsnippets_assessments_question:preview_on_edit", args=[questions[0].pk])
    desk.post(address, question_form(*GOOD))
    response = desk.get(f"{address}?in_preview_panel=true&mode=")
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


class TestDeleting:
    """What learners may have been asked is retired, never deleted: by one door and by the other."""

    @pytest.fixture(params=["question", "quiz"])
    def asked(self, request, version, questions, quiz):
        return questions[0] if request.param == "question" else quiz

    def test_one_that_was_ever_asked_stays_and_bruno_reads_why(self, desk, asked):
        name = asked._meta.model_name
        address = reverse(f"wagtailsnippets_assessments_{name}:delete", args=[asked.pk])
        for send in (desk.get, desk.post):
            response = send(address, follow=True)
            assert type(asked).objects.filter(pk=asked.pk).exists()
            assert any(message.level_tag == "error" for message in response.context["messages"])

    def test_the_bulk_action_refuses_too(self, desk, asked):
        model = asked._meta.model_name
        address = reverse("wagtail_bulk_action", args=["assessments", model, "delete"])
        desk.post(f"{address}?id={asked.pk}")
        assert type(asked).objects.filter(pk=asked.pk).exists()

    def test_one_that_nobody_was_asked_may_go(self, desk):
        question = QuestionFactory()
        desk.post(reverse("wagtailsnippets_assessments_question:delete", args=[question.pk]))
        assert not Question.objects.exists()

    def test_a_question_taken_out_of_the_quiz_since_still_stays(self, version, quiz, questions):
        quiz.items = []
        quiz.save()
        assert retention.must_stay(questions[0])

    def test_other_snippets_are_none_of_this_rules_business(self, amina):
        assert not retention.must_stay(amina)

    def test_a_frozen_version_outlives_the_snippets(self, version, attempt, questions, quiz):
        for kind in (Question, Quiz):
            with pytest.raises(retention.AskedError), transaction.atomic():
                kind.objects.all().delete()
            # As somebody could in the database alone, past every door of ours.
            kind.objects.all()._raw_delete("default")
        assert len(QuizVersion.objects.get().quiz.questions) == 3


def test_a_question_with_an_open_claim_is_not_reviewed(desk):
    stem = "¿Cuántas personas llegan? [[por verificar: son mil]]"
    address = reverse("wagtailsnippets_assessments_question:add")
    answer = desk.post(address, question_form(*GOOD, stem=stem, evidence_status="reviewed"))
    assert answer.status_code == 200
    assert "Tiene afirmaciones por verificar" in answer.content.decode()
    assert desk.post(address, question_form(*GOOD, stem=stem, evidence_status="to_verify")).status_code == 302


def test_the_bank_says_in_which_languages_a_question_is_published(desk):
    question = QuestionFactory(stem="¿Qué haces primero?")
    english, _made = Locale.objects.get_or_create(language_code="en")
    question.copy_for_translation(english).save()
    type(question).objects.filter(locale=english).update(live=False)
    address = reverse("wagtailsnippets_assessments_question:list")
    assert " · EN" not in desk.get(address).content.decode()
    type(question).objects.filter(locale=english).update(live=True)
    assert " · EN" in desk.get(address).content.decode()
    assert "¿Qué haces primero?" in desk.get(address, {"evidence_status": "sourced"}).content.decode()
    assert "¿Qué haces primero?" not in desk.get(address, {"evidence_status": "reviewed"}).content.decode()


def test_who_retires_a_question_reads_beside_the_button_what_becomes_of_it(attempt, quiz, admin_client):
    question = quiz.items[0].value
    address = reverse(Question.snippet_viewset.get_url_name("unpublish"), args=[question.pk])
    page = admin_client.get(address).content.decode()
    assert "1 intento abierto en este momento sigue con ella" in page
    assert f"<li>{quiz.title}</li>" in page
    admin_client.post(address)
    question.refresh_from_db()
    assert not question.live
    attempt.refresh_from_db()
    assert str(question.translation_key) in attempt.questions


def test_who_chooses_a_question_can_tell_two_with_one_beginning_apart_and_reads_of_which_course(admin_client):
    beginning = (
        "En la central llega una mujer con dos hijos pequeños que no ha comido desde ayer y pregunta por"
    )
    for ending in ("su familia", "un médico"):
        QuestionFactory(stem=f"{beginning} {ending}. ¿Qué haces primero?")
    page = admin_client.get(reverse(Question.snippet_viewset.chooser_viewset.get_url_name("choose")))
    html = page.json()["html"]
    assert "pregunta por su familia" in html
    assert "pregunta por un médico" in html
    assert str(Question.objects.latest("pk").collection) in html
