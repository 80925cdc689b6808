"""Bruno translates from the whole down to its parts; what is incomplete stays a draft, what is old says so."""

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from assessments.models import Question, Quiz
from courses.models import CoursePage, LessonPage, QuizPage
from courses.staff.translation_queries import State, overview, parts_of
from learning.services import enrol
from tests.courses.cast import log_in, may_edit, person
from tests.factories.accounts import UserFactory
from tests.factories.courses import committed, make_course, publish
from tests.factories.translations import locale_of, translate, translate_course

# What Wagtail's own editor sends, where a translation is no longer synchronised.
OWN_EDITOR = {
    "title": "Final quiz",
    "items-count": "0",
    "draws-count": "0",
    "pass_mark": "70",
    "max_attempts": "3",
    "feedback": "after",
    "action-publish": "1",
}


def in_english(model):
    return model.objects.get(locale__language_code="en")


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def down_to_module(small):
    """The course is in English down to its module; its quiz is not."""
    for part in [small.index.get_parent().specific, small.index, small.page, small.module]:
        translate(part, "en")
    return small


@pytest.fixture
def english(small):
    translate_course(small, "en")
    return small


class TestIncomplete:
    def test_a_quiz_page_whose_quiz_is_not_translated_stays_a_draft(self, down_to_module):
        page = translate(down_to_module.quiz_page, "en")
        assert not page.live

    def test_a_quiz_page_with_one_question_in_spanish_stays_a_draft(self, down_to_module):
        translate(down_to_module.questions[0], "en")
        translate(down_to_module.quiz, "en")
        assert not translate(down_to_module.quiz_page, "en").live
        translate(down_to_module.questions[1], "en")
        translate(down_to_module.quiz, "en")
        page = in_english(QuizPage)
        with committed():
            page.get_latest_revision().publish()
        assert in_english(QuizPage).live

    def test_a_quiz_is_not_published_before_its_questions_whoever_or_whatever_publishes(self, down_to_module):
        translate(down_to_module.questions[0], "en")
        quiz = translate(down_to_module.quiz, "en")
        assert not quiz.live
        with committed():
            quiz.get_latest_revision().publish()
        assert not in_english(Quiz).live
        translate(down_to_module.questions[1], "en")
        with committed():
            in_english(Quiz).get_latest_revision().publish()
        assert in_english(Quiz).live

    def test_publishing_the_quiz_is_refused_in_words_that_lead_to_each_question(self, down_to_module, office):
        first, second = down_to_module.questions
        begun = translate(first, "en", leave_out=1)
        quiz = translate(down_to_module.quiz, "en")
        edit = reverse("wagtailsnippets_assessments_quiz:edit", args=[quiz.pk])
        for form in ({"action": "publish"}, OWN_EDITOR):
            if "title" in form:
                Translation.objects.filter(source__object_id=quiz.translation_key).update(enabled=False)
            told = said(office.post(edit, {**form, "collection": quiz.collection_id}))
            assert "2" in told
            assert reverse("wagtailsnippets_assessments_question:edit", args=[begun.pk]) in told
            submit = ["assessments", "question", second.pk]
            assert reverse("wagtail_localize:submit_snippet_translation", args=submit) in told
            assert not in_english(Quiz).live
        assert in_english(Quiz).get_latest_revision_as_object().title == "Final quiz"

    def test_a_question_retired_in_spanish_holds_no_translation_up(self, down_to_module):
        translate(down_to_module.questions[0], "en")
        with committed():
            down_to_module.questions[1].unpublish()
        assert translate(down_to_module.quiz, "en").live

    def test_submitting_a_quiz_page_whose_quiz_is_a_draft_says_publish_and_leads_there(
        self, down_to_module, office
    ):
        translate(down_to_module.questions[0], "en")
        quiz = translate(down_to_module.quiz, "en")
        address = reverse("wagtail_localize:submit_page_translation", args=[down_to_module.quiz_page.pk])
        told = said(office.post(address, {"locales": [locale_of("en").pk]}))
        words = _(
            "Publish the quiz «%(title)s» in %(language)s first, once its questions are: its page shows it at once."
        )
        assert words.partition("%")[0] in told
        assert reverse("wagtailsnippets_assessments_quiz:edit", args=[quiz.pk]) in told
        assert not QuizPage.objects.filter(locale__language_code="en").exists()

    def test_publishing_it_in_the_editor_is_refused_in_words_and_keeps_the_draft(
        self, down_to_module, office
    ):
        page = translate(down_to_module.quiz_page, "en")
        response = office.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
        assert "Prueba final" in said(response)
        assert not in_english(QuizPage).live

    def test_a_scheduled_publication_waits_until_nothing_is_missing(self, down_to_module):
        page = translate(down_to_module.quiz_page, "en")
        page.get_latest_revision().__class__.objects.filter(object_id=str(page.pk)).update(
            approved_go_live_at=timezone.now() - timezone.timedelta(hours=1)
        )
        with committed():
            call_command("publish_scheduled")
        assert not in_english(QuizPage).live
        for part in [*down_to_module.questions, down_to_module.quiz]:
            translate(part, "en")
        with committed():
            call_command("publish_scheduled")
        assert in_english(QuizPage).live

    def test_bulk_publication_of_such_a_page_publishes_nothing(self, down_to_module, office):
        page = translate(down_to_module.quiz_page, "en")
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = office.post(f"{address}?id={page.pk}")
        assert "Prueba final" in said(response)
        assert not in_english(QuizPage).live

    def test_a_lesson_with_a_text_in_spanish_stays_a_draft(self, down_to_module, office):
        lesson = translate(down_to_module.lessons[0], "en", leave_out=1)
        assert not lesson.live
        response = office.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), {"action": "publish"})
        assert said(response)
        assert not in_english(LessonPage).live

    def test_a_lesson_is_not_published_before_its_course(self, small):
        for part in [small.index.get_parent().specific, small.index]:
            translate(part, "en")
        translate(small.page, "en", leave_out=1)
        translate(small.module, "en")
        assert not translate(small.lessons[0], "en").live

    def test_what_was_just_submitted_is_a_draft(self, down_to_module, office):
        address = reverse("wagtail_localize:submit_page_translation", args=[down_to_module.lessons[0].pk])
        with committed():
            office.post(address, {"locales": [locale_of("en").pk]})
        assert not in_english(LessonPage).live


class TestTheEditorThatWasOpen:
    def save(self, office, translation, segment, words):
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment])
        return office.generic(
            "PUT", address, f"value={words}", content_type="application/x-www-form-urlencoded"
        )

    def test_says_that_the_source_was_taken_over_anew_and_keeps_what_was_saved(self, down_to_module, office):
        translate(down_to_module.lessons[0], "en")
        key = down_to_module.lessons[0].translation_key
        translation = Translation.objects.get(source__object_id=key)
        title = StringSegment.objects.get(source=translation.source, string__data="Lección 1").pk
        assert not self.save(office, translation, title, "Saved").json()["error"]
        publish(LessonPage.objects.get(pk=down_to_module.lessons[0].pk), title="Lección uno")
        with committed():
            office.post(reverse("wagtail_localize:update_translations", args=[translation.source_id]), {})
        answer = self.save(office, translation, title, "Typed since")
        assert answer.json()["data"] == "Typed since"
        assert answer.json()["error"] == _(
            "Not saved: the source was taken over anew while you wrote. Copy this text, reload the page and paste it "
            "there. What you saved before is kept."
        )
        assert StringTranslation.objects.filter(data="Saved").exists()


class TestAliases:
    def test_a_lesson_is_not_made_an_alias(self, english, office):
        lesson = LessonPage.objects.filter(locale__language_code="en").first()
        office.post(reverse("wagtail_localize:convert_to_alias", args=[lesson.pk]))
        assert not Page.objects.filter(alias_of__isnull=False).exists()

    def test_no_language_offers_to_mirror_another(self, small, office):
        page = office.get(reverse("wagtaillocales:edit", args=[locale_of("en").pk]))
        assert page.status_code == 200
        assert b"sync_from" not in page.content

    def test_a_lesson_is_not_submitted_before_its_course(self, small, office):
        locale = locale_of("en")
        address = reverse("wagtail_localize:submit_page_translation", args=[small.lessons[0].pk])
        office.post(address, {"locales": [locale.pk]})
        assert not Page.objects.filter(locale=locale).exists()


class TestStale:
    def read(self, small, language="en"):
        user = person("Amina")
        enrol(person=user.person, course=small.course)
        address = small.lessons[0].get_url() + f"?contenido={language}"
        return log_in(user).get(address).content.decode()

    def changed(self, small):
        lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
        return publish(lesson, body=[("text", {"text": "<p>Otro texto.</p>"})])

    def test_a_translation_as_old_as_its_source_says_nothing(self, english):
        assert "alert-warning" not in self.read(english)

    def test_a_translation_older_than_its_source_says_so_and_leads_to_the_source(self, english):
        self.changed(english)
        page = self.read(english)
        assert "alert-warning" in page
        assert "?contenido=es" in page

    def test_taking_over_the_change_leaves_the_published_words_until_they_are_translated(
        self, english, office
    ):
        lesson = self.changed(english)
        source = TranslationSource.objects.get_for_instance(lesson)
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        with committed():
            response = office.post(address, {"publish_translations": "on"})
        assert said(response)
        page = self.read(english)
        assert "Otro texto." not in page
        assert "[en] Mirar" in page
        assert "alert-warning" in page

    def test_translated_again_it_is_young(self, english):
        translate(self.changed(english), "en")
        page = self.read(english)
        assert "[en] Otro texto." in page
        assert "alert-warning" not in page


class TestTheList:
    def states(self, small, code="en"):
        page = CoursePage.objects.get(pk=small.page.pk)
        return {part.title: part.state for part in parts_of(page, code)}

    def test_it_says_how_far_each_part_is(self, down_to_module):
        small = down_to_module
        translate(small.lessons[0], "en")
        translate(small.lessons[1], "en", leave_out=1)
        states = self.states(small)
        assert states[small.page.title] == State.COMPLETE
        assert states["Lección 1"] == State.COMPLETE
        assert states["Lección 2"] == State.PARTLY
        assert states[small.quiz_page.title] == State.NOT

    def test_an_old_part_is_listed_as_old(self, english):
        publish(LessonPage.objects.get(pk=english.lessons[0].pk), summary="Nuevo resumen.")
        assert self.states(english)["Lección 1"] == State.STALE

    def test_what_comes_next_is_the_first_that_is_not_complete(self, down_to_module):
        (row,) = overview(CoursePage.objects.filter(locale__language_code="es"))
        english, french = row.cells
        assert english.next.title == "Lección 1"
        assert french.next.title == down_to_module.page.title

    def test_a_question_comes_before_the_page_that_asks_it(self, small):
        titles = [part.title for part in parts_of(small.page, "en")]
        assert titles.index(str(small.questions[0])) < len(titles) - 1
        assert titles[-1] == small.quiz_page.title

    def test_bruno_sees_his_own_courses_only(self, small):
        make_course(code="DSM-02", title="Derecho a la salud", quiz=False)
        bruno = UserFactory(is_staff=True)
        may_edit(bruno, small.page, "change_page")
        client = log_in(bruno)
        page = client.get(reverse("course_translations:index")).content.decode()
        assert small.page.title in page
        assert "Derecho a la salud" not in page
        other = CoursePage.objects.get(code="DSM-02").course_id
        assert client.get(reverse("course_translations:course", args=[other, "en"])).status_code == 404
        mine = reverse("course_translations:course", args=[small.course.pk, "en"])
        assert client.get(mine).status_code == 200
        assert client.get(mine.replace("/en/", "/xx/")).status_code == 404

    def test_it_costs_the_same_with_one_course_or_four(self, english, django_assert_max_num_queries):
        pages = CoursePage.objects.filter(locale__language_code="es")
        overview(pages)
        for number in range(3):
            make_course(code=f"C-{number}", title=f"Curso {number}")
        with django_assert_max_num_queries(18):
            assert len(overview(pages)) == 4


class TestStarterTranslations:
    def test_a_translators_edit_is_kept(self, english):
        source = TranslationSource.objects.get_for_instance(LessonPage.objects.get(pk=english.lessons[0].pk))
        row = StringTranslation.objects.filter(context__object_id=source.object_id, data="[en] Lección 1")
        row.update(data="Lesson one", tool_name="")
        translate(english.lessons[0], "en")
        assert (
            LessonPage.objects.get(
                translation_key=english.lessons[0].translation_key, locale__language_code="en"
            ).title
            == "Lesson one"
        )

    def test_marks_and_dates_follow_the_source(self, english):
        page = publish(CoursePage.objects.get(pk=english.page.pk), validity_months=36, sensitive=True)
        translate(page, "en")
        assert in_english(CoursePage).validity_months == 36
        assert in_english(CoursePage).code == "PAP-01"
        assert Translation.objects.filter(enabled=True).exists()
        assert Question.objects.filter(locale__language_code="en", live=True).count() == 2
