"""Amina signed up twice. Merged, she sees the whole with either login; parted, each has again what was hers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts import merging
from accounts.models import Person, PersonMerge
from assessments.models import Attempt
from certificates.models import Certificate
from common.clock import now
from institutions import confirming
from institutions.models import Membership
from learning import nominating, services
from learning.models import (
    ActivityCompletion,
    Cohort,
    Completion,
    Enrolment,
    EnrolmentState,
    Nomination,
    Reflection,
)
from learning.notebook import keep_note
from learning.queries import find_enrolment
from learning.queries.course import latest_enrolment
from tests.conftest import Role, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import do, enrol, finish, lessons_of, tells_details, try_quiz, works_at

pytestmark = pytest.mark.django_db
RECORD = "/aprender/registro/"
KEPT = (ActivityCompletion, Attempt, Certificate, Completion, Enrolment, Reflection)


@pytest.fixture
def again(db: Any) -> Role:
    """Amina's second account, made when she had lost her password."""
    return signed_in(UserFactory(email="amina.otra@senda.example", person__display_name="Amina otra"))


def merged(duplicate: Role, into: Role) -> PersonMerge:
    with committed():
        return merging.merge(duplicate=duplicate.person, into=into.person, by=None)


def parted(row: PersonMerge) -> None:
    with committed():
        merging.undo(merge=row, by=None)


def record_of(role: Role) -> Any:
    return role.client.get(RECORD).context["record"]


def all_rows() -> dict[str, list]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}


def test_with_either_login_she_sees_the_whole(amina: Role, again: Role, course: SmallCourse) -> None:
    tells_details(amina.person)
    finish(enrol(amina.person, course))
    merged(again, amina)
    for role in (amina, again):
        assert record_of(role).completed == 1
        certificate = Certificate.objects.get()
        address = reverse("certificates:download", kwargs={"key": certificate.key})
        assert role.client.get(address).status_code == 200


def test_apart_she_sees_nothing_of_the_other(amina: Role, again: Role, course: SmallCourse) -> None:
    finish(enrol(amina.person, course))
    parted(merged(again, amina))
    assert record_of(again).completed == 0
    assert record_of(amina).completed == 1


def test_of_two_in_progress_the_later_goes_on_and_the_other_is_kept(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    early, late = enrol(amina.person, course), enrol(again.person, course)
    do(early, lessons_of(early)[0])
    merged(again, amina)
    for role in (amina, again):
        found = record_of(role)
        assert (found.in_progress, found.overtaken) == (1, 1)
        assert find_enrolment(role.person, lessons_of(late)[0]) == late
        assert latest_enrolment(role.person, course.course) == late
        assert "otra cuenta" in role.client.get(RECORD).content.decode() or found.overtaken
    with pytest.raises(services.Refused):
        services.enrol(person=amina.person, course=course.course)


def test_who_leaves_the_later_goes_on_with_the_earlier(amina: Role, again: Role, course: SmallCourse) -> None:
    early, late = enrol(amina.person, course), enrol(again.person, course)
    merged(again, amina)
    services.leave(enrolment=late)
    assert find_enrolment(again.person, lessons_of(early)[0]) == early


def test_what_was_completed_does_not_come_back_as_begun(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    early, late = enrol(amina.person, course), enrol(again.person, course)
    finish(late)
    merged(again, amina)
    assert find_enrolment(amina.person, lessons_of(early)[0]) == late
    found = record_of(amina)
    assert (found.in_progress, found.completed, found.overtaken) == (0, 1, 1)


def test_taking_it_again_finds_room_although_an_overtaken_one_is_in_progress(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    early, late = enrol(amina.person, course), enrol(again.person, course)
    finish(late)
    merged(again, amina)
    third = enrol(amina.person, course)
    assert (third.person, early.person) == (again.person, amina.person)
    assert Enrolment.objects.active().count() == 2


def test_two_certificates_of_one_course_stay_valid(amina: Role, again: Role, course: SmallCourse) -> None:
    for role in (amina, again):
        tells_details(role.person)
        finish(enrol(role.person, course))
    row = merged(again, amina)
    assert {certificate.state for certificate in Certificate.objects.all()} == {"valid"}
    found = record_of(amina)
    assert (found.completed, len(found.entries), len(found.entries[0].earlier)) == (1, 1, 1)
    page = amina.client.get(RECORD).content.decode()
    assert all(certificate.code in page for certificate in Certificate.objects.all())
    parted(row)
    assert [record_of(role).completed for role in (amina, again)] == [1, 1]


def test_the_certificate_takes_the_name_that_she_gave_under_the_other(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    tells_details(amina.person)
    finish(enrol(again.person, course))
    assert not Certificate.objects.exists()
    merged(again, amina)
    certificate = Certificate.objects.get()
    assert certificate.person == again.person
    assert "Amina Xol Caal" in certificate.frozen["es"]


def test_a_group_in_which_she_is_twice_counts_her_once(
    amina: Role, again: Role, bruno: Role, cohort: Cohort, course: SmallCourse
) -> None:
    enrol(amina.person, course, cohort=cohort)
    finish(enrol(again.person, course, cohort=cohort))
    merged(again, amina)
    view = bruno.client.get(reverse("learning:cohort", kwargs={"cohort": cohort.key})).context["view"]
    assert (view.people, view.completed, len(view.members)) == (1, 1, 1)
    assert bruno.client.get(reverse("learning:cohorts")).context["cohorts"][0].learners == 1


def test_notes_stay_with_the_login_that_wrote_them(amina: Role, again: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    lesson = lessons_of(enrolment)[0]
    merged(again, amina)
    keep_note(person=again.person, activity=lesson, block="b", text="De la otra cuenta")
    keep_note(person=amina.person, activity=lesson, block="b", text="De la primera")
    assert Reflection.objects.count() == 2
    parts = again.client.get(reverse("accounts:download")).content.decode()
    assert "De la otra cuenta" in parts
    assert "De la primera" not in parts


def test_work_done_with_one_login_in_the_others_course_goes_with_the_login(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    enrolment = enrol(amina.person, course)
    first, second, *_rest = lessons_of(enrolment)
    row = merged(again, amina)
    do(enrolment, first, signed_in=amina.person)
    quiz = course.quiz_page.translation_key
    again.client.post(reverse("learning:start_quiz", kwargs={"activity": quiz}))
    assert Attempt.objects.get().person == amina.person
    again.client.post(reverse("learning:complete", kwargs={"activity": second}))
    assert Attempt.objects.get().signed_in_as == again.person
    assert ActivityCompletion.objects.get(activity=second).signed_in_as == again.person
    parted(row)
    ((hers,), (kept,)) = record_of(again).entries, record_of(amina).entries
    assert (hers.done, kept.done) == (1, 1)
    attempt = Attempt.objects.get()
    assert (attempt.person, attempt.signed_in_as) == (again.person, None)
    assert attempt.context == Enrolment.objects.get(person=again.person).key
    assert ActivityCompletion.objects.get(activity=second).enrolment.person == again.person


def test_a_quiz_passed_in_the_others_course_is_passed_by_whoever_passed_it(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    enrolment, own = enrol(amina.person, course), enrol(again.person, course)
    Enrolment.objects.filter(pk=own.pk).update(enrolled_at=enrolment.enrolled_at - dt.timedelta(days=9))
    row = merged(again, amina)
    for right in (False, True):
        try_quiz(enrolment, right=right, signed_in=again.person)
    assert ActivityCompletion.objects.get().signed_in_as == again.person
    parted(row)
    assert ActivityCompletion.objects.get().enrolment == own
    assert [(a.context, a.number) for a in Attempt.objects.order_by("number")] == [(own.key, 1), (own.key, 2)]


def test_what_a_completion_rests_on_stays_and_whoever_did_it_has_it_too(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    enrolment = enrol(amina.person, course)
    first = lessons_of(enrolment)[0]
    row = merged(again, amina)
    do(enrolment, first, signed_in=again.person)
    finish(enrolment)
    parted(row)
    assert record_of(amina).completed == 1
    (hers,) = record_of(again).entries
    assert (hers.done, hers.enrolment.state) == (1, EnrolmentState.ACTIVE)
    assert ActivityCompletion.objects.filter(activity=first).count() == 2


def test_who_had_done_the_lesson_in_her_own_course_too_keeps_her_own(
    amina: Role, again: Role, course: SmallCourse
) -> None:
    own = enrol(again.person, course)
    first = lessons_of(own)[0]
    do(own, first)
    enrolment = enrol(amina.person, course)
    row = merged(again, amina)
    do(enrolment, first, signed_in=again.person)
    parted(row)
    assert ActivityCompletion.objects.get().enrolment == own


def test_whatever_she_had_it_is_hers_again_after_an_undo(
    amina: Role, again: Role, course: SmallCourse, cohort: Cohort
) -> None:
    tells_details(amina.person)
    finish(enrol(amina.person, course, cohort=cohort))
    try_quiz(enrol(again.person, course, cohort=cohort), right=False)
    rows, seen = all_rows(), [_seen(role) for role in (amina, again)]
    parted(merged(again, amina))
    assert all_rows() == rows
    assert [_seen(role) for role in (amina, again)] == seen


def _seen(role: Role) -> list[tuple]:
    return [(e.enrolment.pk, e.state, e.done, e.minutes) for e in record_of(role).entries]


def test_a_stranger_still_finds_nothing(amina: Role, again: Role, bruno: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    merged(again, amina)
    address = reverse("learning:leave", kwargs={"enrolment": enrolment.key})
    assert bruno.client.get(address).status_code == 404
    assert again.client.get(address).status_code == 200
    assert Person.objects.get(pk=bruno.user.person_id).canonical_id == bruno.user.person_id
    assert Enrolment.objects.get().state == EnrolmentState.ACTIVE


def test_a_proposal_accepted_with_the_other_login_is_hers_whom_it_was_made_to(
    amina: Role, again: Role, chipo: Role, course: SmallCourse
) -> None:
    place = Membership.objects.get(person=amina.person).institution
    proposed = Nomination.objects.create(
        institution=place,
        person=again.person,
        course=course.course,
        nominated_by=chipo.person,
        nominated_at=now(),
    )
    row = merged(again, amina)
    begun = nominating.accept(nomination=proposed, person=Person.objects.get(pk=amina.person.pk))
    assert begun.person == again.person
    parted(row)
    assert record_of(amina).entries == ()
    assert [entry.enrolment for entry in record_of(again).entries] == [begun]


def test_of_a_course_begun_before_a_proposal_opens_nothing_once_they_are_parted(
    amina: Role, again: Role, chipo: Role, course: SmallCourse
) -> None:
    confirming.confirm(membership=Membership.objects.get(person=amina.person), by=chipo.person)
    place = Membership.objects.get(person=amina.person).institution
    works_at(again.person, place)
    Membership.objects.filter(person=again.person).update(state="confirmed")
    begun = enrol(amina.person, course)
    proposed = Nomination.objects.create(
        institution=place,
        person=again.person,
        course=course.course,
        nominated_by=chipo.person,
        nominated_at=now(),
    )
    row = merged(again, amina)
    assert nominating.accept(nomination=proposed, person=Person.objects.get(pk=amina.person.pk)) == begun
    own = reverse("learning:institution", args=[place.key])

    def colleagues() -> list[tuple]:
        found = chipo.client.get(own).context["view"].colleagues
        return [(one.person.pk, len(one.courses), len(one.proposed)) for one in found]

    assert colleagues() == [(amina.person.pk, 1, 0)], "One colleague, one course, nothing unanswered."
    parted(row)
    assert sorted(colleagues()) == sorted([(amina.person.pk, 0, 0), (again.person.pk, 0, 0)])


def test_elena_reads_before_an_undo_what_stays_where(
    elena: Role, amina: Role, again: Role, course: SmallCourse
) -> None:
    rights = ["access_admin", "add_personmerge", "view_personmerge"]
    elena.user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    type(elena.user).objects.filter(pk=elena.user.pk).update(is_staff=True)
    enrolment = enrol(amina.person, course)
    row = merged(again, amina)
    page = reverse("duplicados:undo", args=[row.pk])
    assert elena.client.get(page).context["staying"] == ()
    again.client.post(reverse("learning:complete", kwargs={"activity": lessons_of(enrolment)[0]}))
    (staying,) = elena.client.get(page).context["staying"]
    assert f"#{amina.person.pk}" in staying.name
    assert [(line.count, line.elsewhere) for line in staying.lines] == [(1, 1)]
