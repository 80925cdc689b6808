"""Does what a learner must do change only when the trainer says so?"""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from courses import versions
from courses.models import Course, CoursePage, LessonPage, ModulePage, QuizPage, VersionProposal
from courses.services import propose_for_page
from learning.models import Completion, Enrolment
from learning.services import complete_activity, enrol
from tests.courses.cast import complete_all, person, release_open
from tests.courses.records import records_unchanged
from tests.factories.accounts import PersonFactory
from tests.factories.courses import LessonPageFactory, add_lesson, committed, make_course, publish


def open_proposal(small):
    return small.course.proposals.filter(state="open").first()


def asked(small):
    return [activity.key for activity in versions.manifest_of(versions.current(small.course))]


class TestTheFirstVersion:
    def test_waits_for_a_release_when_the_page_went_live_before_its_lessons(self, db):
        early = make_course(code="SAL-02", quiz=False, lessons=0)
        add_lesson(early, title="La primera")
        add_lesson(early, title="La segunda")
        assert versions.current(early.course) is None
        proposal = open_proposal(early)
        assert len(proposal.manifest["activities"]) == 2
        version = versions.release(proposal=proposal, by=person("Bruno").person)
        assert version.number == 1

    def test_is_not_for_a_course_without_a_code(self, db):
        nameless = make_course(code="", quiz=False, lessons=1)
        add_lesson(nameless)
        assert versions.current(nameless.course) is None
        assert open_proposal(nameless) is None

    def test_comes_with_the_courses_first_publication(self, small):
        version = versions.current(small.course)
        assert (version.number, asked(small)) == (1, small.keys)
        assert open_proposal(small) is None

    def test_does_not_come_while_the_course_is_a_draft(self, db):
        small = make_course(live=False)
        assert versions.current(small.course) is None
        add_lesson(small)
        assert versions.current(small.course) is None

    def test_is_announced_once(self, db):
        heard = []
        receiver = lambda **kwargs: heard.append(kwargs["version_id"])  # noqa: E731
        from courses.events import version_published

        version_published.connect(receiver, weak=False, dispatch_uid="test")
        try:
            small = make_course()
        finally:
            version_published.disconnect(dispatch_uid="test")
        assert heard == [versions.current(small.course).pk]


class TestWhatMakesNoVersion:
    def test_a_corrected_typo(self, studied):
        with records_unchanged():
            publish(
                studied.small.lessons[0],
                title="Mirar y escuchar",
                body=[("text", {"text": "<p>Otra vez.</p>"})],
            )
        assert open_proposal(studied.small) is None

    def test_a_longer_text_whose_minutes_grow(self, studied):
        with records_unchanged():
            publish(studied.small.lessons[0], body=[("text", {"text": f"<p>{'palabra ' * 2000}</p>"})])
        assert open_proposal(studied.small) is None

    def test_new_words_and_a_picture_on_the_course_page(self, studied):
        with records_unchanged():
            publish(studied.small.page, title="PAP", summary="Otra cosa", credits="Una artista")
        assert open_proposal(studied.small) is None

    def test_a_draft_that_nobody_published(self, studied):
        lesson = studied.small.lessons[0]
        lesson.required = False
        with records_unchanged(), committed():
            lesson.save_revision()
        assert open_proposal(studied.small) is None
        propose_for_page(page=lesson)
        assert open_proposal(studied.small) is None

    def test_a_question_with_a_clearer_stem(self, studied):
        with records_unchanged():
            publish(studied.small.questions[0], stem="¿Qué haces antes que nada?")
        assert open_proposal(studied.small) is None


class TestWhatProposes:
    def test_a_new_required_lesson(self, studied):
        with records_unchanged():
            lesson = add_lesson(studied.small)
        manifest = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        assert manifest.find(lesson.translation_key).required

    def test_an_unpublished_lesson(self, studied):
        with records_unchanged(), committed():
            studied.small.lessons[1].unpublish()
        assert open_proposal(studied.small)

    def test_a_lesson_that_becomes_optional(self, studied):
        with records_unchanged():
            publish(studied.small.lessons[0], required=False)
        assert open_proposal(studied.small)

    def test_lessons_in_another_order_though_nothing_is_published(self, studied):
        first, second = (LessonPage.objects.get(pk=lesson.pk) for lesson in studied.small.lessons)
        with records_unchanged(), committed():
            second.move(first, pos="left")
        found = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        assert [activity.key for activity in found][:2] == [second.translation_key, first.translation_key]
        assert asked(studied.small)[0] == first.translation_key

    def test_a_lesson_moved_to_another_course_proposes_in_both(self, studied):
        other = make_course(code="SAL-02", title="Salud", lessons=1, quiz=False)
        with records_unchanged(), committed():
            LessonPage.objects.get(pk=studied.small.lessons[1].pk).move(
                ModulePage.objects.get(pk=other.module.pk), pos="last-child"
            )
        assert open_proposal(studied.small)
        assert open_proposal(other)

    def test_a_higher_pass_mark_and_fewer_attempts(self, studied):
        with records_unchanged():
            publish(studied.small.quiz, pass_mark=90, max_attempts=1)
        manifest = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        quiz = manifest.find(studied.small.quiz_page.translation_key)
        assert (quiz.pass_mark, quiz.max_attempts) == (90, 1)

    def test_a_workshop_that_the_course_now_offers(self, studied):
        with records_unchanged():
            publish(studied.small.page, workshop_minutes=240)
        assert open_proposal(studied.small)

    def test_a_country_for_which_a_lesson_is_not_asked_any_more(self, studied):
        from tests.factories.accounts import country

        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        lesson.countries = [country("GT")]
        with records_unchanged():
            publish(lesson)
        assert open_proposal(studied.small)

    def test_an_unpublished_module_takes_its_lessons_out(self, studied):
        with records_unchanged(), committed():
            ModulePage.objects.get(pk=studied.small.module.pk).unpublish()
        # Nothing at all would be asked: that is no course, and learners keep the released version.
        assert open_proposal(studied.small) is None
        assert asked(studied.small) == studied.small.keys

    def test_an_unpublished_module_of_two(self, studied):
        from tests.factories.courses import ModulePageFactory

        second = ModulePageFactory(parent=CoursePage.objects.get(pk=studied.small.page.pk))
        publish(LessonPageFactory(parent=second, title="Otra"))
        with records_unchanged(), committed():
            ModulePage.objects.get(pk=studied.small.module.pk).unpublish()
        manifest = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        assert len(manifest.activities) == 1

    def test_what_the_timer_publishes_when_its_hour_has_come(self, studied):
        lesson = LessonPageFactory(
            parent=ModulePage.objects.get(pk=studied.small.module.pk), live=False, title="Mañana"
        )
        lesson.go_live_at = timezone.now() + dt.timedelta(days=1)
        with committed():
            lesson.save_revision().publish()
        assert open_proposal(studied.small) is None
        with records_unchanged(), time_machine.travel(timezone.now() + dt.timedelta(days=2)), committed():
            call_command("publish_scheduled")
        manifest = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        assert manifest.find(lesson.translation_key)

    def test_what_the_timer_takes_away_when_it_expires(self, studied):
        lesson = studied.small.lessons[1]
        lesson = publish(lesson, expire_at=timezone.now() + dt.timedelta(days=1))
        assert open_proposal(studied.small) is None
        with records_unchanged(), time_machine.travel(timezone.now() + dt.timedelta(days=2)), committed():
            call_command("publish_scheduled")
        manifest = versions.Manifest.from_json(open_proposal(studied.small).manifest)
        assert manifest.find(lesson.translation_key) is None

    def test_an_older_revision_published_again(self, studied):
        old = studied.small.lessons[0].latest_revision
        publish(studied.small.lessons[0], required=False)
        assert open_proposal(studied.small)
        with records_unchanged(), committed():
            old.publish()
        assert open_proposal(studied.small) is None


class TestTheProposal:
    def test_stands_once_however_often_it_is_asked_for(self, small):
        add_lesson(small)
        first = open_proposal(small)
        for _ in range(3):
            assert versions.propose(course=small.course) == first
        assert VersionProposal.objects.filter(course=small.course).count() == 1

    def test_is_superseded_by_the_next_change(self, small):
        add_lesson(small)
        first = open_proposal(small)
        add_lesson(small, title="Otra más")
        first.refresh_from_db()
        assert first.state == "superseded"
        assert open_proposal(small).pk != first.pk

    def test_goes_when_the_change_is_taken_back(self, small):
        lesson = add_lesson(small)
        with committed():
            lesson.unpublish()
        assert open_proposal(small) is None
        assert not small.course.versions.filter(number=2).exists()

    def test_can_be_released_once(self, small):
        add_lesson(small)
        proposal, by = open_proposal(small), PersonFactory()
        version = versions.release(proposal=proposal, by=by)
        assert (version.number, version.released_by) == (2, by)
        with pytest.raises(versions.ReleaseRefused) as refused:
            versions.release(proposal=VersionProposal.objects.get(pk=proposal.pk), by=by)
        assert refused.value.state == "released"
        with pytest.raises(versions.ReleaseRefused):
            versions.withdraw(proposal=proposal, by=by)
        assert small.course.versions.count() == 2

    def test_of_two_tabs_the_second_is_told(self, small):
        add_lesson(small)
        one, two = open_proposal(small), open_proposal(small)
        versions.withdraw(proposal=one, by=PersonFactory())
        with pytest.raises(versions.ReleaseRefused) as refused:
            versions.release(proposal=two, by=PersonFactory())
        assert refused.value.state == "withdrawn"
        assert small.course.versions.count() == 1

    def test_withdrawn_stays_withdrawn_until_the_requirements_change_again(self, small):
        lesson = add_lesson(small)
        versions.withdraw(proposal=open_proposal(small), by=PersonFactory())
        publish(lesson, title="Con otro título")
        assert open_proposal(small) is None
        publish(lesson, required=False)
        assert open_proposal(small)

    def test_withdrawn_is_proposed_again_when_the_trainer_asks(self, small):
        add_lesson(small)
        versions.withdraw(proposal=open_proposal(small), by=PersonFactory())
        assert versions.propose(course=small.course, again=True) == open_proposal(small)

    def test_goes_with_a_lesson_that_was_never_released_and_is_deleted(self, small):
        lesson = add_lesson(small)
        with committed():
            lesson.delete()
        assert open_proposal(small) is None


class TestLearnersFollow:
    def test_amina_follows_the_newest_and_what_she_did_counts(self, studied):
        lesson = add_lesson(studied.small)
        release_open(studied.small)
        amina_in = Enrolment.objects.get(pk=studied.amina_in.pk)
        assert versions.manifest_of(amina_in.version).find(lesson.translation_key)
        assert amina_in.done.count() == 1

    def test_farid_keeps_his_completion_and_his_certificate(self, studied):
        add_lesson(studied.small)
        before = Completion.objects.values().get(enrolment=studied.farid_in)
        frozen = studied.certificate.frozen
        release_open(studied.small)
        assert Completion.objects.values().get(enrolment=studied.farid_in) == before
        assert studied.certificate.frozen == frozen
        assert Enrolment.objects.get(pk=studied.farid_in.pk).state == "completed"

    def test_a_removed_requirement_completes_nobody_silently(self, small):
        enrolment = enrol(person=person("Amina").person, course=small.course)
        for lesson in small.lessons:
            complete_activity(enrolment=enrolment, activity=lesson.translation_key)
        with committed():
            QuizPage.objects.get(pk=small.quiz_page.pk).unpublish()
        release_open(small)
        assert not Completion.objects.exists()

    def test_a_removed_requirement_completes_when_the_trainer_confirms(self, small):
        with committed():
            enrolment = enrol(person=person("Amina").person, course=small.course)
            for lesson in small.lessons:
                complete_activity(enrolment=enrolment, activity=lesson.translation_key)
        with committed():
            QuizPage.objects.get(pk=small.quiz_page.pk).unpublish()
        release_open(small, completes_learners=True)
        assert Completion.objects.get().enrolment == enrolment

    def test_an_unpublished_lesson_does_not_hold_up_the_rest(self, small):
        with committed():
            enrolment = enrol(person=person("Amina").person, course=small.course)
            LessonPage.objects.get(pk=small.lessons[0].pk).unpublish()
        words = versions.outline(versions.manifest_of(enrolment.version), language="es")
        assert words.of(small.lessons[0].translation_key).withdrawn
        with committed():
            complete_activity(enrolment=enrolment, activity=small.lessons[1].translation_key)
        assert enrolment.done.count() == 1

    def test_after_the_release_of_less_the_rest_is_enough(self, small):
        with committed():
            enrolment = enrol(person=person("Amina").person, course=small.course)
            LessonPage.objects.get(pk=small.lessons[0].pk).unpublish()
        release_open(small)
        small.lessons = small.lessons[1:]
        with committed():
            complete_all(Enrolment.objects.get(pk=enrolment.pk), small)
        assert Completion.objects.filter(enrolment=enrolment).exists()


def test_the_record_of_the_course_follows_its_page(small):
    publish(small.page, sensitive=True, neutral_name="Un curso")
    course = Course.objects.get(pk=small.course.pk)
    assert (course.sensitive, course.neutral_name, course.open_now) == (True, "Un curso", True)
    with committed():
        CoursePage.objects.get(pk=small.page.pk).unpublish()
    assert not Course.objects.get(pk=small.course.pk).open_now
