"""What Wagtail does, row by row of the table of traps in docs/architecture.md, and that our answer holds.

Each test shows the behaviour first (so that an upgrade which changes it is noticed) and then what we do about it.
"""

import ast
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page
from wagtail.signals import page_published, post_page_move

from assessments.models import Question, Quiz, QuizVersion
from courses import versions
from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from learning.models import Enrolment
from tests.courses.cast import log_in, may_edit, take_quiz
from tests.courses.records import LEARNERS_TABLES, records_unchanged
from tests.factories.accounts import UserFactory
from tests.factories.courses import add_lesson, committed, make_course, publish

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = {
    "home",
    "courses",
    "assessments",
    "learning",
    "certificates",
    "messaging",
    "media_library",
    "programme",
    "institutions",
}
# Counted when the last of them got its test, here, in test_wagtail_surroundings.py, in tests/permissions/
# test_nonsense.py and test_searches.py, in tests/courses/test_translating.py and test_schedule.py, or in
# tests/browser/test_checks.py.
ROWS = 37
EDITED = {"wagtailcore", "wagtailimages", "wagtaildocs", "wagtailsnippets", "taggit"}


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


def open_proposals(small):
    return small.course.proposals.filter(state="open").count()


@pytest.fixture
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


class TestInlineRows:
    """Rows 1 to 4: rows that go, rows that are born again, rows that translation makes anew, nested panels."""

    def test_no_learners_row_points_at_anything_that_trainers_edit(self):
        allowed = {"courses.Course", "courses.CourseVersion", "assessments.QuizVersion"}
        for model in LEARNERS_TABLES:
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey):
                    target = field.related_model._meta
                    assert target.app_label not in EDITED
                    assert target.app_label not in {"courses", "assessments"} or target.label in allowed | {
                        "assessments.Attempt"
                    }, f"{model._meta.label}.{field.name}"

    def test_no_page_of_ours_has_inline_rows_at_all(self):
        own_pages = [model for model in ours() if issubclass(model, Page)]
        assert own_pages
        for model in ours():
            for field in model._meta.get_fields():
                if isinstance(field, ParentalKey):
                    assert not issubclass(field.related_model, Page), (
                        f"{model._meta.label} is inline in a page"
                    )

    def test_a_question_taken_out_of_a_quiz_leaves_every_answer(self, studied):
        quiz = Quiz.objects.get(pk=studied.small.quiz.pk)
        with records_unchanged():
            publish(quiz, items=[("question", studied.small.questions[0])])
        attempt = studied.attempt
        assert len(attempt.version.quiz.questions) == 2
        assert attempt.answers.count() == 2

    def test_an_open_attempt_is_marked_by_the_questions_that_it_showed(self, studied):
        publish(Quiz.objects.get(pk=studied.small.quiz.pk), items=[("question", studied.small.questions[0])])
        assert take_quiz(studied.amina_in, studied.small).max_points == 2

    def test_a_revision_published_again_keeps_keys_and_choices(self, studied):
        question = Question.objects.get(pk=studied.small.questions[0].pk)
        publish(question)
        old = Question.objects.get(pk=question.pk).latest_revision
        ids = [choice.id for choice in Question.objects.get(pk=question.pk).choices]
        publish(Question.objects.get(pk=question.pk), stem="Otra pregunta")
        with records_unchanged(), committed():
            old.publish()
        again = Question.objects.get(pk=question.pk)
        assert again.translation_key == question.translation_key
        assert [choice.id for choice in again.choices] == ids

    def test_a_translation_made_anew_changes_no_key(self, studied, english):
        question = Question.objects.get(pk=studied.small.questions[0].pk)
        translated = question.copy_for_translation(english)
        translated.save()
        with records_unchanged():
            for stem in ("What first?", "What do you do first?"):
                translated.stem = stem
                publish(translated)
        assert translated.translation_key == question.translation_key
        assert [c.id for c in translated.choices] == [c.id for c in question.choices]


class TestCopyingAndAliasing:
    def test_a_copied_lesson_has_a_new_key_and_the_same_block_ids(self, studied):
        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        with records_unchanged(), committed():
            copied = lesson.copy(update_attrs={"slug": "copia", "title": "Copia"})
        assert copied.translation_key != lesson.translation_key
        assert [block.id for block in copied.body] == [block.id for block in lesson.body]
        # So that a note is paired with the lesson's key and the block's id together.
        constraint = {"person", "activity", "block"}
        found = apps.get_model("learning.Reflection")._meta.constraints
        assert any(set(getattr(one, "fields", ())) == constraint for one in found)

    def test_a_copied_question_is_another_question_in_every_answer(self, studied):
        question = Question.objects.get(pk=studied.small.questions[0].pk)
        with records_unchanged():
            copied = Question.objects.get(pk=question.pk)
            copied.pk, copied.translation_key = None, uuid4()
            copied.latest_revision = copied.live_revision = None
            copied.save()
        assert [c.id for c in copied.choices] == [c.id for c in question.choices]
        assert copied.translation_key != question.translation_key

    def test_a_copied_course_keeps_neither_its_record_nor_its_quiz(self, studied):
        heard = []
        page_published.connect(lambda **kwargs: heard.append(1), weak=False, dispatch_uid="copied")
        try:
            with records_unchanged(), committed():
                copied = CoursePage.objects.get(pk=studied.small.page.pk).copy(
                    recursive=True, update_attrs={"slug": "copia"}, keep_live=True
                )
        finally:
            page_published.disconnect(dispatch_uid="copied")
        assert heard, "Wagtail says page_published for a copy"
        assert copied.course_id != studied.small.course.pk
        assert copied.code == ""
        assert [page.quiz for page in QuizPage.objects.descendant_of(copied)] == [None]
        assert open_proposals(studied.small) == 0

    def test_an_alias_gets_keys_of_its_own(self, studied):
        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        with records_unchanged(), committed():
            alias = lesson.create_alias(update_slug="alias")
        assert alias.translation_key != lesson.translation_key

    @pytest.mark.parametrize("part", ["page", "module", "lesson", "index"])
    def test_an_alias_of_a_course_or_lesson_is_refused_in_words(self, studied, office, part):
        page = studied.small.lessons[0] if part == "lesson" else getattr(studied.small, part)
        form = {
            "new_title": "Alias",
            "new_slug": "alias",
            "new_parent_page": str(page.get_parent().pk),
            "alias": "on",
            "copy_subpages": "on",
        }
        with records_unchanged():
            answer = office.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form, follow=True)
        assert not Page.objects.filter(alias_of__isnull=False).exists()
        assert [str(message) for message in answer.context["messages"]]


class TestSignals:
    def test_reordering_says_only_that_a_page_moved(self, studied):
        heard = []
        page_published.connect(lambda **kwargs: heard.append("published"), weak=False, dispatch_uid="p")
        post_page_move.connect(lambda **kwargs: heard.append("moved"), weak=False, dispatch_uid="m")
        first, second = (LessonPage.objects.get(pk=lesson.pk) for lesson in studied.small.lessons)
        try:
            with records_unchanged(), committed():
                second.move(first, pos="left")
        finally:
            page_published.disconnect(dispatch_uid="p")
            post_page_move.disconnect(dispatch_uid="m")
        assert heard == ["moved"]
        assert open_proposals(studied.small) == 1

    def test_unpublishing_a_course_leaves_its_lessons_live_and_the_gate_closes_them(self, studied):
        with records_unchanged(), committed():
            CoursePage.objects.get(pk=studied.small.page.pk).unpublish()
        assert LessonPage.objects.get(pk=studied.small.lessons[0].pk).live
        answer = log_in(studied.amina).get(studied.small.lessons[0].url)
        assert (answer.status_code, answer.url) == (302, reverse("learning:home"))

    def test_publishing_asks_the_database_much_and_our_receivers_little(self, small):
        lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
        from courses.services import propose_for_page

        with CaptureQueriesContext(connection) as all_of_it:
            publish(lesson)
        with CaptureQueriesContext(connection) as our_part:
            propose_for_page(page=lesson)
        assert len(our_part) < len(all_of_it) / 2
        assert len(our_part) <= 16

    def test_receivers_run_when_the_database_has_it_and_twice_does_no_harm(self, small):
        from django.test import TestCase

        lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
        lesson.required = False
        with TestCase.captureOnCommitCallbacks() as waiting:
            lesson.save_revision().publish()
        assert open_proposals(small) == 0
        for callback in [*waiting, *waiting]:
            callback()
        assert small.course.proposals.count() == 1


class TestDeleting:
    def test_the_database_itself_would_answer_with_an_uncaught_error(self, studied):
        with pytest.raises(ProtectedError):
            studied.small.quiz.delete()
        with pytest.raises(ProtectedError):
            studied.small.course.delete()

    def test_both_doors_refuse_in_words(self, studied, office):
        page = studied.small.page
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        with records_unchanged():
            one = office.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
            many = office.post(f"{bulk}?id={page.pk}", follow=True)
        for answer in (one, many):
            assert answer.status_code == 200
            assert any(page.title in str(message) for message in answer.context["messages"])
        assert CoursePage.objects.filter(pk=page.pk).exists()


class TestTranslating:
    def test_a_pass_mark_raised_in_spanish_leaves_the_translation_behind_and_the_version_counts(
        self, studied, english
    ):
        translated = Quiz.objects.get(pk=studied.small.quiz.pk).copy_for_translation(english)
        translated.live = True
        translated.save()
        publish(Quiz.objects.get(pk=studied.small.quiz.pk), pass_mark=90)
        assert Quiz.objects.get(pk=translated.pk).pass_mark == 70
        manifest = versions.Manifest.from_json(studied.small.course.proposals.get(state="open").manifest)
        assert manifest.find(studied.small.quiz_page.translation_key).pass_mark == 90
        fixed = {field.field_name for field in Quiz.override_translatable_fields if not field.overridable}
        assert {"pass_mark", "max_attempts"} <= fixed

    def test_a_translated_lesson_proposes_nothing(self, studied, english):
        with records_unchanged(), committed():
            page = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
            translated = page.copy_for_translation(english, copy_parents=True)
            translated.required = False
            translated.save_revision().publish()
        assert open_proposals(studied.small) == 0

    def test_a_lesson_before_its_course_makes_a_live_alias_that_is_no_course_of_its_own(
        self, studied, english
    ):
        with records_unchanged(), committed():
            LessonPage.objects.get(pk=studied.small.lessons[0].pk).copy_for_translation(
                english, copy_parents=True
            )
        alias = CoursePage.objects.get(locale=english)
        assert (alias.live, alias.alias_of_id) == (True, studied.small.page.pk)
        assert versions.course_words(studied.small.course, language="en").language == "es"
        assert studied.small.course.versions.count() == 2

    @pytest.mark.parametrize("part", ["module", "lesson", "quiz_page"])
    def test_a_part_before_its_whole_is_refused_in_words(self, studied, office, english, part):
        page = studied.small.lessons[0] if part == "lesson" else getattr(studied.small, part)
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        with records_unchanged():
            answer = office.post(address, {"locales": [english.pk]}, follow=True)
        assert [str(message) for message in answer.context["messages"]]
        assert not Page.objects.filter(locale=english).exists()

    def test_the_course_itself_may_be_translated_first(self, studied, office, english):
        index = studied.small.index
        index.get_parent().copy_for_translation(english)
        index.copy_for_translation(english)
        address = reverse("wagtail_localize:submit_page_translation", args=[studied.small.page.pk])
        with records_unchanged(), committed():
            office.post(address, {"locales": [english.pk]})
        translated = CoursePage.objects.get(locale=english)
        assert translated.course == studied.small.course
        assert translated.alias_of_id is None

    def test_a_quiz_page_that_shows_the_spanish_quiz_is_not_published(self, studied, english):
        page = QuizPage.objects.get(pk=studied.small.quiz_page.pk)
        translated = page.copy_for_translation(english, copy_parents=True)
        translated.quiz = studied.small.quiz
        with pytest.raises(ValidationError):
            publish(translated)
        assert not QuizPage.objects.get(pk=translated.pk).live


class TestReading:
    def test_specific_in_a_loop_grows_and_on_the_queryset_does_not(self, small):
        for number in range(4):
            add_lesson(small, title=f"Más {number}")
        lessons = Page.objects.child_of(small.module)
        with CaptureQueriesContext(connection) as looped:
            [page.specific for page in lessons]
        with CaptureQueriesContext(connection) as at_once:
            list(lessons.specific())
        assert len(looped) > len(lessons)
        assert len(at_once) <= 4

    @pytest.mark.parametrize("package", ["learning", "courses", "search"])
    def test_no_code_of_ours_loops_over_specific(self, package):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, (ast.For, ast.comprehension)):
                    body = getattr(node, "body", [node])
                    names = [n.attr for part in body for n in ast.walk(part) if isinstance(n, ast.Attribute)]
                    assert "specific" not in names, path

    def test_learners_pages_ask_as_often_with_many_lessons_as_with_two(self, studied):
        browser = log_in(studied.amina)
        address = studied.small.lessons[1].url
        browser.get(address)
        with CaptureQueriesContext(connection) as few:
            browser.get(address)
        for number in range(6):
            add_lesson(studied.small, title=f"Más {number}")
        proposal = studied.small.course.proposals.get(state="open")
        with committed():
            versions.release(proposal=proposal, by=studied.farid.person)
        assert (
            len(versions.manifest_of(Enrolment.objects.get(pk=studied.amina_in.pk).version).activities) == 9
        )
        browser.get(address)
        with CaptureQueriesContext(connection) as many:
            browser.get(address)
        assert len(many) <= len(few)


class TestRights:
    def test_on_one_course_do_not_open_another(self, small):
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        writer = UserFactory(is_staff=True)
        may_edit(writer, other.page, "change_page", "publish_page")
        browser = log_in(writer)
        assert browser.get(reverse("wagtailadmin_pages:edit", args=[small.page.pk])).status_code == 302
        for thing in (small.quiz, small.questions[0]):
            address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
            assert browser.get(address).status_code == 302
        add_lesson(small)
        proposal = small.course.proposals.get(state="open")
        assert browser.get(reverse("course_versions:proposal", args=[proposal.pk])).status_code == 404


def test_the_table_of_traps_names_no_row_that_is_not_tested():
    """The rows of the table, by their first words; a new row there asks for a test here."""
    page = ROOT / "docs" / "rules" / "wagtail-traps.md"
    _before, table = page.read_text(encoding="utf-8").split("| what someone does |")
    rows = re.findall(r"^\| ([^|-][^|]*?) \|", table, re.MULTILINE)
    assert 0 < len(rows) <= ROWS


def test_a_frozen_quiz_version_is_never_overwritten(studied):
    frozen = list(QuizVersion.objects.values("pk", "fingerprint"))
    publish(Question.objects.get(pk=studied.small.questions[0].pk), stem="¿Y ahora?")
    assert (
        list(QuizVersion.objects.filter(pk__in=[row["pk"] for row in frozen]).values("pk", "fingerprint"))
        == frozen
    )
    assert QuizVersion.objects.count() > len(frozen)


def test_a_module_has_no_page_of_its_own(small):
    from django.test import Client

    assert Client().get(ModulePage.objects.get(pk=small.module.pk).url).status_code in {301, 302}
