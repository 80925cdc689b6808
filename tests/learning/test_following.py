"""Following a released version: lessons done count, removing a requirement completes nobody silently."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

from courses import versions
from courses.models import CourseVersion
from learning.following import accept_for_cohort, adopt_version, catch_up, follow_version
from learning.models import ActivityCompletion, Completion, Enrolment
from tests.conftest import Role
from tests.factories.courses import SmallCourse, add_lesson, committed
from tests.factories.learning import do, enrol, finish, group_of, lessons_of, try_quiz


def release(small: SmallCourse, by: Role, *, completes: bool = False, told: bool = True) -> CourseVersion:
    """Release what is proposed; with `told=False` nobody hears of it, as if the worker had died."""
    proposal = small.course.proposals.get(state="open")
    if told:
        with committed():
            return versions.release(proposal=proposal, by=by.person, completes_learners=completes)
    return versions.release(proposal=proposal, by=by.person, completes_learners=completes)


def retire(small: SmallCourse, place: int) -> None:
    with committed():
        small.lessons[place].unpublish()


@pytest.fixture
def enrolment(amina: Role, course: SmallCourse) -> Enrolment:
    return enrol(amina.person, course)


def test_amina_follows_the_new_version_and_keeps_what_she_did(
    amina: Role, bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, course.keys[0])
    new = add_lesson(course)
    second = release(course, bruno)
    enrolment.refresh_from_db()
    assert enrolment.version == second
    assert enrolment.done.get().activity == course.keys[0]
    standing = amina.client.get(course.page.url).context["standing"]
    assert new.title in [item.title for item in standing.left]


def test_learners_follow_before_the_index_is_brought_up_to_date() -> None:
    assert follow_version.priority > insert_or_update_object_task.priority
    assert follow_version.priority > update_reference_index_task.priority


def test_what_became_optional_still_tells_amina_that_she_has_begun(
    amina: Role, bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, course.keys[0])
    course.lessons[0].required = False
    with committed():
        course.lessons[0].save_revision().publish()
    release(course, bruno)
    standing = amina.client.get(course.page.url).context["standing"]
    assert (standing.done, standing.beside, standing.begun) == (0, 1, True)
    card = amina.client.get("/aprender/").context["mine"].in_progress[0]
    assert (card.done, card.beside) == (0, 1)
    assert "Continuar" in amina.client.get(course.page.url).content.decode()


def test_until_the_release_nobody_is_asked_the_new_lesson(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    add_lesson(course)
    enrolment.refresh_from_db()
    assert enrolment.version.number == 1
    finish(enrolment)
    assert Completion.objects.get().version.number == 1


def test_what_was_completed_stays_completed_when_more_is_asked(
    bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    finish(enrolment)
    add_lesson(course)
    release(course, bruno)
    enrolment.refresh_from_db()
    assert (enrolment.version.number, enrolment.state) == (1, "completed")


def test_removing_the_last_requirement_completes_nobody_silently(
    bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, *lessons_of(enrolment)[1:])
    try_quiz(enrolment)
    retire(course, 0)
    release(course, bruno)
    assert not Completion.objects.exists()
    catch_up()
    call_command("nightly", stdout=StringIO())
    assert not Completion.objects.exists()


def test_with_the_trainers_word_it_completes(bruno: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    do(enrolment, *lessons_of(enrolment)[1:])
    try_quiz(enrolment)
    retire(course, 0)
    release(course, bruno, completes=True)
    assert Completion.objects.get().version.number == 2


def test_a_fact_of_her_own_after_the_release_completes(
    bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    _first, *others = lessons_of(enrolment)
    do(enrolment, *others)
    retire(course, 0)
    release(course, bruno)
    enrolment.refresh_from_db()
    try_quiz(enrolment)
    assert Completion.objects.get().version.number == 2


def test_a_removed_lesson_that_she_did_stays_in_her_record(
    bruno: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, course.keys[0])
    retire(course, 0)
    release(course, bruno)
    assert ActivityCompletion.objects.get().activity == course.keys[0]


def test_a_group_with_dates_keeps_its_version_until_bruno_accepts(
    amina: Role, bruno: Role, course: SmallCourse
) -> None:
    group = group_of(
        course,
        facilitator=bruno.person,
        version=versions.current(course.course),
        starts_on=dt.date(2026, 3, 1),
    )
    hers = enrol(amina.person, course, cohort=group)
    add_lesson(course)
    second = release(course, bruno)
    catch_up()
    hers.refresh_from_db()
    assert hers.version.number == 1
    with committed():
        assert accept_for_cohort(cohort=group, version=second) == 1
    hers.refresh_from_db()
    group.refresh_from_db()
    assert hers.version == group.version == second


def test_a_group_without_dates_follows(amina: Role, bruno: Role, course: SmallCourse) -> None:
    hers = enrol(amina.person, course, cohort=group_of(course))
    add_lesson(course)
    second = release(course, bruno)
    hers.refresh_from_db()
    assert hers.version == second


def test_nobody_goes_back_to_an_older_version(bruno: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    first = enrolment.version
    add_lesson(course)
    second = release(course, bruno)
    assert adopt_version(enrolments=[enrolment.pk], version=first) == 0
    assert follow_version.func(version_id=first.pk) == 0
    enrolment.refresh_from_db()
    assert enrolment.version == second


def test_the_night_reaches_from_state_what_no_event_said(
    amina: Role, bruno: Role, course: SmallCourse, enrolment: Enrolment
) -> None:
    """The worker was dead: nobody heard of the release, of the quiz, or of the last lesson."""
    from assessments.services import submit_attempt

    add_lesson(course)
    second = release(course, bruno, told=False)
    attempt = try_quiz(enrolment, hand_in=False)
    submit_attempt(attempt=attempt)
    assert not ActivityCompletion.objects.exists()
    with committed():
        call_command("nightly", stdout=StringIO())
    enrolment.refresh_from_db()
    assert enrolment.version == second
    assert enrolment.done.get().way == "quiz"
    do(enrolment, *lessons_of(enrolment))
    assert Completion.objects.filter(enrolment=enrolment).exists()


def test_the_night_twice_changes_nothing_more(enrolment: Enrolment) -> None:
    finish(enrolment)
    before = list(Enrolment.objects.values()), list(Completion.objects.values())
    for _ in range(2):
        with committed():
            call_command("nightly", stdout=StringIO())
    assert (list(Enrolment.objects.values()), list(Completion.objects.values())) == before


def test_many_follow_in_batches(bruno: Role, course: SmallCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    from learning import following
    from tests.factories.accounts import PersonFactory

    monkeypatch.setattr(following, "BATCH", 2)
    rows = [enrol(PersonFactory(), course) for _ in range(5)]
    add_lesson(course)
    second = release(course, bruno)
    assert Enrolment.objects.filter(pk__in=[row.pk for row in rows], version=second).count() == 5


def test_a_course_unpublished_in_the_middle(amina: Role, enrolment: Enrolment, course: SmallCourse) -> None:
    do(enrolment, course.keys[0])
    with committed():
        course.page.unpublish()
    answer = amina.client.get(course.lessons[1].url, follow=True)
    assert answer.redirect_chain[-1][0] == "/aprender/"
    assert answer.status_code == 200
    assert [str(m) for m in answer.context["messages"]]
    record = amina.client.get("/aprender/registro/")
    assert [entry.done for entry in record.context["record"].entries] == [1]
    assert course.page.title in record.content.decode()
    with committed():
        course.page.get_latest_revision().publish()
    assert amina.client.get(course.lessons[1].url).status_code == 200


def test_a_lesson_withdrawn_in_the_middle_holds_nobody_up(
    amina: Role, enrolment: Enrolment, course: SmallCourse
) -> None:
    do(enrolment, course.keys[0])
    retire(course, 1)
    page = amina.client.get(course.lessons[0].url)
    assert page.status_code == 200
    assert page.context["study"].next.title == course.lessons[2].title
    assert amina.client.get(f"/aprender/seguir/{enrolment.key}/").url == course.lessons[2].url
