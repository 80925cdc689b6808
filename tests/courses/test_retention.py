"""Does what learners studied stay, whatever somebody does to pages?"""

import pytest
from django.urls import reverse
from wagtail.models import Page

from assessments.models import Question, Quiz
from courses import versions
from courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage
from tests.courses.cast import log_in, person
from tests.courses.records import records_unchanged
from tests.factories.accounts import UserFactory
from tests.factories.courses import HomePageFactory, add_lesson, committed, make_course, publish


def words_of(response):
    return [str(message) for message in response.context["messages"]]


class TestDeletion:
    @pytest.mark.parametrize("part", ["page", "module", "index", "lesson", "quiz_page"])
    def test_of_released_content_is_refused_one_by_one(self, studied, office, part):
        small = studied.small
        page = small.lessons[0] if part == "lesson" else getattr(small, part)
        with records_unchanged():
            answer = office.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert Page.objects.filter(pk=page.pk).exists()
        assert any(page.title in words for words in words_of(answer))

    @pytest.mark.parametrize("part", ["page", "lesson", "quiz_page"])
    def test_of_released_content_is_refused_in_bulk(self, studied, office, part):
        small = studied.small
        page = small.lessons[0] if part == "lesson" else getattr(small, part)
        draft = add_lesson(small, title="Nadie la ha visto")
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        with records_unchanged():
            answer = office.post(f"{address}?id={page.pk}&id={draft.pk}", follow=True)
        assert Page.objects.filter(pk__in=[page.pk, draft.pk]).count() == 2
        assert any(page.title in words for words in words_of(answer))

    def test_of_the_page_above_everything_is_refused(self, studied, office):
        home = studied.small.index.get_parent()
        with records_unchanged():
            office.post(reverse("wagtailadmin_pages:delete", args=[home.pk]))
        assert CourseIndexPage.objects.filter(pk=studied.small.index.pk).exists()

    def test_of_a_draft_that_nobody_studied_is_allowed(self, studied, office):
        draft = add_lesson(studied.small)
        with records_unchanged(), committed():
            office.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
        assert not LessonPage.objects.filter(pk=draft.pk).exists()

    def test_of_a_draft_course_is_allowed(self, small, office):
        draft = make_course(code="SAL-02", quiz=False, lessons=1, live=False)
        office.post(reverse("wagtailadmin_pages:delete", args=[draft.page.pk]))
        assert not CoursePage.objects.filter(pk=draft.page.pk).exists()

    def test_of_a_lesson_that_left_the_course_long_ago_is_refused_too(self, studied, office):
        lesson = studied.small.lessons[0]
        with committed():
            LessonPage.objects.get(pk=lesson.pk).unpublish()
        versions.release(proposal=studied.small.course.proposals.get(state="open"), by=studied.amina.person)
        with records_unchanged():
            office.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
        assert LessonPage.objects.filter(pk=lesson.pk).exists()

    @pytest.mark.parametrize("kind", ["quiz", "question"])
    def test_of_a_quiz_or_question_that_was_asked_is_refused(self, studied, office, kind):
        thing = studied.small.quiz if kind == "quiz" else studied.small.questions[0]
        app, model = thing._meta.app_label, thing._meta.model_name
        bulk = reverse("wagtail_bulk_action", args=[app, model, "delete"])
        with records_unchanged():
            office.post(reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk]))
            office.post(f"{bulk}?id={thing.pk}")
        assert {Quiz: Quiz, Question: Question}[type(thing)].objects.filter(pk=thing.pk).exists()


class TestUnpublishing:
    def test_a_course_closes_its_lessons_and_says_so(self, studied):
        with records_unchanged(), committed():
            CoursePage.objects.get(pk=studied.small.page.pk).unpublish()
        browser = log_in(studied.amina)
        answer = browser.get(studied.small.lessons[0].url)
        assert answer.status_code == 302
        assert words_of(browser.get(answer.url))

    def test_a_course_and_publishing_it_again_gives_everything_back(self, studied):
        with records_unchanged():
            with committed():
                CoursePage.objects.get(pk=studied.small.page.pk).unpublish()
            publish(CoursePage.objects.get(pk=studied.small.page.pk))
        assert studied.small.course.proposals.filter(state="open").count() == 0
        assert log_in(studied.amina).get(studied.small.lessons[0].url).status_code == 200

    def test_a_course_with_all_its_descendants(self, studied):
        with records_unchanged(), committed():
            page = CoursePage.objects.get(pk=studied.small.page.pk)
            for child in page.get_descendants(inclusive=True).specific():
                child.unpublish()
        assert [
            a.key for a in versions.manifest_of(versions.current(studied.small.course))
        ] == studied.small.keys

    def test_a_lesson_holds_nobody_up_in_the_rest(self, studied):
        with records_unchanged(), committed():
            LessonPage.objects.get(pk=studied.small.lessons[0].pk).unpublish()
        browser = log_in(studied.amina)
        assert browser.get(studied.small.lessons[0].url).url == "/aprender/"
        page = browser.get(studied.small.lessons[1].url)
        assert page.status_code == 200
        assert page.context["study"].previous is None
        assert page.context["study"].next.key == studied.small.quiz_page.translation_key


class TestDrafts:
    def test_never_reach_a_learner(self, studied):
        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        lesson.body = [("text", {"text": "<p>Borrador secreto</p>"})]
        with records_unchanged(), committed():
            lesson.save_revision()
        assert "Borrador secreto" not in log_in(studied.amina).get(lesson.url).content.decode()

    def test_of_a_title_do_not_reach_the_path(self, studied):
        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        lesson.title = "Título en borrador"
        with committed():
            lesson.save_revision()
        assert "Título en borrador" not in log_in(studied.amina).get(studied.small.page.url).content.decode()


class TestCopies:
    def copy(self, office, page, **options):
        form = {
            "new_title": "Una copia",
            "new_slug": "una-copia",
            "new_parent_page": str(page.get_parent().pk),
            "copy_subpages": "on",
            **options,
        }
        with committed():
            office.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
        return Page.objects.get(slug="una-copia").specific

    def test_of_a_course_is_a_new_draft_course_without_code(self, studied, office):
        with records_unchanged():
            copied = self.copy(office, studied.small.page)
        assert (copied.live, copied.code, copied.course.code) == (False, "", None)
        assert copied.course_id != studied.small.course.pk
        assert not copied.course.versions.exists()
        assert studied.small.course.proposals.filter(state="open").count() == 0

    def test_has_keys_of_its_own_for_every_lesson(self, studied, office):
        copied = self.copy(office, studied.small.page)
        keys = set(copied.get_descendants().values_list("translation_key", flat=True))
        assert not keys & set(studied.small.keys)

    def test_can_be_published_when_it_has_a_code_and_takes_nothing_of_the_original(self, studied, office):
        copied = self.copy(office, studied.small.page)
        for page in copied.get_descendants().specific():
            publish(page)
        with records_unchanged():
            copied = publish(CoursePage.objects.get(pk=copied.pk), code="PAP-02")
        assert Course.objects.get(pk=copied.course_id).code == "PAP-02"
        assert Course.objects.get(pk=studied.small.course.pk).code == "PAP-01"

    def test_stays_a_course_of_its_own_when_an_old_revision_of_it_is_published(self, studied, office):
        publish(studied.small.page, summary="Otro resumen")
        copied = self.copy(office, studied.small.page)
        for revision in CoursePage.objects.get(pk=copied.pk).revisions.all():
            with records_unchanged():
                publish(revision.as_object(), slug="una-copia")
            now = CoursePage.objects.get(pk=copied.pk)
            assert (now.course_id, now.code) == (copied.course_id, "")

    def test_is_a_draft_even_where_it_was_to_be_published_at_once(self, studied, office):
        with records_unchanged():
            copied = self.copy(office, studied.small.page, publish_copies="on")
        assert not CoursePage.objects.get(pk=copied.pk).live
        assert not Course.objects.get(pk=copied.course_id).versions.exists()
        assert copied.course_id != studied.small.course.pk
        assert Course.objects.get(pk=copied.course_id).code is None

    def test_of_a_quiz_page_asks_for_a_quiz_of_its_own(self, studied, office):
        copied = self.copy(office, studied.small.quiz_page)
        assert copied.quiz is None
        assert studied.small.course.proposals.filter(state="open").count() == 0

    def test_of_a_lesson_is_a_draft_that_learners_are_not_asked(self, studied, office):
        with records_unchanged():
            copied = self.copy(office, studied.small.lessons[0])
        assert not copied.live
        assert studied.small.course.proposals.filter(state="open").count() == 0


class TestRevisions:
    def test_an_old_revision_never_moves_a_course_to_another_record(self, studied):
        old = CoursePage.objects.get(pk=studied.small.page.pk).latest_revision
        old.content["course"] = make_course(code="SAL-02", quiz=False, lessons=1).course.pk
        old.save()
        with records_unchanged(), committed():
            old.publish()
        assert CoursePage.objects.get(pk=studied.small.page.pk).course_id == studied.small.course.pk

    def test_an_old_revision_never_takes_the_code_away(self, studied):
        old = CoursePage.objects.get(pk=studied.small.page.pk).latest_revision
        old.content["code"] = "VIEJO-1"
        old.save()
        with records_unchanged(), committed():
            old.publish()
        assert Course.objects.get(pk=studied.small.course.pk).code == "PAP-01"
        assert CoursePage.objects.get(pk=studied.small.page.pk).code == "PAP-01"


class TestMoves:
    def test_of_a_course_to_another_catalogue_keeps_everything(self, studied):
        root = Page.get_first_root_node()
        home = HomePageFactory(parent=root, slug="otra", title="Otra")
        from tests.factories.courses import CourseIndexPageFactory

        index = CourseIndexPageFactory(parent=home)
        with records_unchanged(), committed():
            CoursePage.objects.get(pk=studied.small.page.pk).move(index, pos="last-child")
        assert studied.small.course.proposals.filter(state="open").count() == 0

    def test_of_a_module_to_another_course(self, studied):
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        ModulePage.objects.filter(pk=studied.small.module.pk).update(slug="otro-modulo")
        with records_unchanged(), committed():
            ModulePage.objects.get(pk=studied.small.module.pk).move(
                CoursePage.objects.get(pk=other.page.pk), pos="last-child"
            )
        assert other.course.proposals.filter(state="open").exists()
        assert log_in(studied.farid).get(reverse("learning:record")).status_code == 200


class TestCodes:
    def test_of_another_course_is_refused_in_words(self, small, office):
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        page = CoursePage.objects.get(pk=other.page.pk)
        page.code = "PAP-01"
        from django.core.exceptions import ValidationError

        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert "code" in refused.value.message_dict

    def test_stays_once_people_could_study_under_it(self, small):
        from django.core.exceptions import ValidationError

        page = CoursePage.objects.get(pk=small.page.pk)
        page.code = "PAP-99"
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert "code" in refused.value.message_dict


def test_somebody_without_rights_cannot_even_ask_for_a_deletion(studied):
    stranger = UserFactory(is_staff=True)
    answer = log_in(stranger).post(reverse("wagtailadmin_pages:delete", args=[studied.small.page.pk]))
    assert answer.status_code == 302
    assert CoursePage.objects.filter(pk=studied.small.page.pk).exists()
    assert log_in(person("Dalia")).post(
        reverse("wagtailadmin_pages:delete", args=[studied.small.page.pk])
    ).status_code in {302, 403}
    assert QuizPage.objects.filter(pk=studied.small.quiz_page.pk).exists()
