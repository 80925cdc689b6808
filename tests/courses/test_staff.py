"""Can Bruno see what would change for learners, and decide it; and nobody else?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import versions
from courses.models import LessonPage, QuizPage, Topic
from learning.models import Cohort, Completion, Enrolment
from learning.services import complete_activity, enrol
from tests.courses.cast import log_in, may_edit, person, release_open
from tests.courses.records import records_unchanged
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import (
    GlossaryTermFactory,
    SourceFactory,
    TopicFactory,
    add_lesson,
    committed,
    make_course,
    publish,
)


def waiting(small):
    return small.course.proposals.get(state="open")


def proposal_page(small):
    return reverse("course_versions:proposal", args=[waiting(small).pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def desk_rows(browser):
    return [item.row for item in browser.get(reverse("course_desk:index")).context["screen"].rows]


def words_of(response):
    return [str(message) for message in response.context["messages"]]


class TestBrunosCourses:
    def test_each_stands_with_its_version_what_waits_and_every_way_on(self, studied, office):
        add_lesson(studied.small)
        page = text_of(office.get(reverse("course_desk:index")))
        course = studied.small.course.pk
        assert "PAP-01 · Primeros auxilios psicológicos" in page
        assert proposal_page(studied.small) in page
        ways = [
            reverse("wagtailadmin_pages:edit", args=[studied.small.page.pk]),
            reverse("wagtailsnippets_assessments_quiz:edit", args=[studied.small.quiz.pk]),
            reverse("course_desk:ready", args=[course]),
            reverse("course_versions:history", args=[course]),
            reverse("course_learning:report", args=[course]),
            reverse("course_desk:retire", args=[studied.small.page.pk]),
            f"{reverse('cohortes:index')}?course={course}",
        ]
        assert [way for way in ways if f'href="{way}"' not in page] == []

    def test_says_how_many_are_in_the_middle_of_it(self, studied, office):
        [row] = office.get(reverse("course_desk:index")).context["screen"].rows
        assert row.in_progress == 1

    def test_stand_where_the_list_of_versions_stood(self, studied, office):
        old, new = office.get(reverse("course_versions:index")), office.get(reverse("course_desk:index"))
        assert old.context["screen"].rows == new.context["screen"].rows

    def test_stand_in_the_menu_of_those_who_release(self, studied, office):
        assert reverse("course_desk:index") in text_of(office.get(reverse("wagtailadmin_home")))

    def test_a_trainer_without_any_is_told_how_to_begin(self, db, office):
        make_course(quiz=False, lessons=1, live=False).page.delete()
        page = office.get(reverse("course_desk:index"))
        assert page.context["screen"].rows == ()
        assert page.context["screen"].new_url in text_of(page)

    def test_asks_the_database_as_often_for_many_courses_as_for_one(
        self, small, office, django_assert_max_num_queries
    ):
        office.get(reverse("course_desk:index"))
        with CaptureQueriesContext(connection) as one:
            office.get(reverse("course_desk:index"))
        asked = len(one)
        for number in range(3):
            make_course(code=f"C-{number}", quiz=False, lessons=1)
        # What stands around every page is read anew after a publication.
        office.get(reverse("wagtailadmin_home"))
        with django_assert_max_num_queries(asked):
            office.get(reverse("course_desk:index"))


class TestTheProposal:
    def test_names_what_is_added_removed_and_changed(self, studied, office):
        small = studied.small
        add_lesson(small, title="Cuidarse al cuidar")
        with committed():
            LessonPage.objects.get(pk=small.lessons[1].pk).unpublish()
        publish(small.quiz, pass_mark=90)
        page = text_of(office.get(proposal_page(small)))
        assert "<strong>Cuidarse al cuidar</strong>" in page
        assert "<strong>Lección 2</strong>" in page
        assert "90 %" in page

    def test_tells_of_rules_and_of_a_new_order(self, studied, office):
        small = studied.small
        publish(small.page, workshop_minutes=240)
        first, second = (LessonPage.objects.get(pk=lesson.pk) for lesson in small.lessons)
        with committed():
            second.move(first, pos="left")
        screen = office.get(proposal_page(small)).context["screen"]
        assert screen.changes.order[0] == "Lección 2"
        assert any("240" in rule for rule in screen.changes.rules)

    def test_counts_whom_it_touches(self, studied, office):
        add_lesson(studied.small)
        impact = office.get(proposal_page(studied.small)).context["screen"].impact
        assert (impact.completed, impact.following, impact.more_to_do) == (1, 1, 1)
        assert (impact.nothing_left, impact.in_dated_cohorts) == (0, 0)

    def test_names_each_cohort_with_dates_and_its_people(self, studied, office):
        cohort = Cohort.objects.create(
            code="G-9", name="Turno de noche", course=studied.small.course, starts_on="2026-01-10"
        )
        Enrolment.objects.filter(pk=studied.amina_in.pk).update(cohort=cohort)
        add_lesson(studied.small)
        page = office.get(proposal_page(studied.small))
        [touched] = page.context["screen"].impact.cohorts
        assert (touched.name, touched.people) == ("Turno de noche", 1)
        assert "Turno de noche" in text_of(page)

    def test_counts_those_who_would_have_nothing_left(self, small, office):
        with committed():
            enrolment = enrol(person=person("Amina").person, course=small.course)
            for lesson in small.lessons:
                complete_activity(enrolment=enrolment, activity=lesson.translation_key)
            QuizPage.objects.get(pk=small.quiz_page.pk).unpublish()
        assert office.get(proposal_page(small)).context["screen"].impact.nothing_left == 1

    def test_looking_changes_nothing(self, studied, office):
        add_lesson(studied.small)
        with records_unchanged():
            office.get(proposal_page(studied.small))
            assert office.get(proposal_page(studied.small).rstrip("/") + "/publicar/").status_code == 405

    def test_is_released_by_a_button(self, studied, office, bruno):
        before = versions.current(studied.small.course).number
        add_lesson(studied.small)
        with committed():
            office.post(proposal_page(studied.small) + "publicar/")
        newest = versions.current(studied.small.course)
        assert (newest.number, newest.released_by, newest.completes_learners) == (
            before + 1,
            bruno.person,
            False,
        )
        assert Enrolment.objects.get(pk=studied.amina_in.pk).version == newest

    def test_completes_people_when_the_box_is_ticked(self, small, office):
        with committed():
            enrolment = enrol(person=person("Amina").person, course=small.course)
            for lesson in small.lessons:
                complete_activity(enrolment=enrolment, activity=lesson.translation_key)
            QuizPage.objects.get(pk=small.quiz_page.pk).unpublish()
        address = proposal_page(small)
        with committed():
            office.post(address + "publicar/", {"completes_learners": "on"})
        assert Completion.objects.get().enrolment == enrolment

    def test_is_withdrawn_by_a_button_and_can_be_proposed_again(self, studied, office):
        add_lesson(studied.small)
        with records_unchanged():
            office.post(proposal_page(studied.small) + "retirar/")
        assert not studied.small.course.proposals.filter(state="open").exists()
        history = reverse("course_versions:history", args=[studied.small.course.pk])
        assert "proponer/" in text_of(office.get(history))
        office.post(reverse("course_versions:propose_again", args=[studied.small.course.pk]))
        assert waiting(studied.small)

    def test_tells_the_second_tab_that_it_was_decided(self, studied, office):
        add_lesson(studied.small)
        address, before = proposal_page(studied.small), versions.current(studied.small.course)
        office.post(address + "retirar/")
        answer = office.post(address + "publicar/", follow=True)
        assert versions.current(studied.small.course) == before
        assert len(words_of(answer)) >= 1
        assert not office.get(address).context["screen"].open


class TestTheHistory:
    def test_shows_versions_and_compares_any_two(self, studied, office):
        add_lesson(studied.small, title="Cuidarse al cuidar")
        release_open(studied.small)
        course = studied.small.course
        newest = versions.current(course).number
        assert office.get(reverse("course_versions:history", args=[course.pk])).status_code == 200
        compare = reverse("course_versions:compare", args=[course.pk])
        screen = office.get(compare, {"from": newest - 1, "to": newest}).context["screen"]
        assert [item.title for item in screen.changes.added] == ["Cuidarse al cuidar"]
        back = office.get(compare, {"from": newest, "to": newest - 1}).context["screen"]
        assert [item.title for item in back.changes.removed] == ["Cuidarse al cuidar"]

    @pytest.mark.parametrize("query", [{}, {"from": "x", "to": "1"}, {"from": 1, "to": 99}])
    def test_of_versions_that_are_not_there_is_404(self, small, office, query):
        assert (
            office.get(reverse("course_versions:compare", args=[small.course.pk]), query).status_code == 404
        )


class TestOtherPeoplesCourses:
    def addresses(self, small):
        proposal = waiting(small)
        return [
            ("get", reverse("course_versions:history", args=[small.course.pk])),
            ("get", reverse("course_versions:compare", args=[small.course.pk]) + "?from=1&to=1"),
            ("get", reverse("course_versions:proposal", args=[proposal.pk])),
            ("post", reverse("course_versions:release", args=[proposal.pk])),
            ("post", reverse("course_versions:withdraw", args=[proposal.pk])),
            ("post", reverse("course_versions:propose_again", args=[small.course.pk])),
        ]

    def test_are_not_there_for_who_may_only_edit(self, small):
        add_lesson(small)
        writer = UserFactory(is_staff=True)
        may_edit(writer, small.page, "change_page", "add_page")
        browser = log_in(writer)
        for method, address in self.addresses(small):
            assert getattr(browser, method)(address).status_code == 404, address
        assert waiting(small)
        assert text_of(browser.get(reverse("course_versions:index"))).count("PAP-01") == 0

    def test_are_not_there_for_who_publishes_another(self, small):
        add_lesson(small)
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        writer = UserFactory(is_staff=True)
        may_edit(writer, other.page, "change_page", "publish_page")
        browser = log_in(writer)
        for method, address in self.addresses(small):
            assert getattr(browser, method)(address).status_code == 404, address
        assert [row.code for row in desk_rows(browser)] == ["SAL-02"]

    def test_lead_learners_and_strangers_to_the_door(self, small):
        add_lesson(small)
        for browser in (Client(), log_in(person("Amina"))):
            for method, address in self.addresses(small):
                assert getattr(browser, method)(address).status_code == 302
        assert waiting(small)


class TestAWordToTheEditor:
    def edit(self, office, page, **changes):
        from wagtail.test.utils.form_data import nested_form_data

        form = {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "others": "read",
            "body-count": "0",
            "equivalent": '{"blocks": [], "entityMap": {}}',
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "action-publish": "1",
            **changes,
        }
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        with committed():
            return office.post(address, nested_form_data(form), follow=True)

    def test_is_said_after_a_publication_that_asks_something_else(self, small, office):
        answer = self.edit(office, small.lessons[0])
        assert LessonPage.objects.get(pk=small.lessons[0].pk).required is False
        assert proposal_page(small) in answer.content.decode()

    def test_is_not_said_after_a_corrected_typo(self, small, office):
        answer = self.edit(office, small.lessons[0], required="on", title="Sin errata")
        assert LessonPage.objects.get(pk=small.lessons[0].pk).title == "Sin errata"
        assert "/admin/versiones/propuesta/" not in answer.content.decode()

    def test_says_that_the_others_are_kept_from_a_page_at_once_and_so_does_the_proposal(self, small, office):
        country("GT")
        answer = self.edit(office, small.lessons[0], required="on", countries="GT", others="none")
        told = _(
            "From now on only people of %(whom)s open and find «%(title)s»: nobody else sees it, released or not."
        )
        words = {"whom": "Guatemala", "title": small.lessons[0].title}
        assert told % words in " ".join(words_of(answer))
        shut = _(
            "the others have not seen it since its page was published, and do not, whether you release this or not"
        )
        assert shut in office.get(proposal_page(small)).content.decode()


class TestWhatLessonsShare:
    def delete(self, office, thing):
        address = thing.snippet_viewset.get_url_name("delete")
        return office.post(reverse(address, args=[thing.pk]), follow=True)

    def test_a_term_in_a_lesson_stays_and_the_editor_reads_where_it_is(self, small, office):
        term = GlossaryTermFactory()
        publish(small.lessons[0], body=[("glossary", {"term": term})], title="La lección del término")
        answer = self.delete(office, term)
        assert type(term).objects.filter(pk=term.pk).exists()
        assert "La lección del término" in " ".join(words_of(answer))

    def test_a_source_of_a_lesson_a_course_or_a_question_stays(self, small, office):
        by_lesson, by_course, by_question = SourceFactory(), SourceFactory(), SourceFactory(key="Q7")
        lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
        lesson.sources = [by_lesson]
        publish(lesson)
        small.page.sources = [by_course]
        publish(small.page)
        publish(small.questions[0], sources="S1, Q7")
        for source in (by_lesson, by_course, by_question):
            self.delete(office, source)
            assert type(source).objects.filter(pk=source.pk).exists()

    def test_a_key_that_only_begins_alike_does_not_hold_a_source(self, small, office):
        source = SourceFactory(key="Q7")
        publish(small.questions[0], sources="Q77")
        self.delete(office, source)
        assert not type(source).objects.filter(pk=source.pk).exists()

    def test_a_topic_of_a_course_stays_and_another_goes(self, small, office):
        used, free = TopicFactory(), TopicFactory()
        small.page.topics = [used]
        publish(small.page)
        self.delete(office, used)
        self.delete(office, free)
        assert list(Topic.objects.filter(pk__in=[used.pk, free.pk])) == [used]
