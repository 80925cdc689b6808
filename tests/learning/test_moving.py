"""Going on in another group: the work goes along, both facilitators read why, and nobody moves a stranger."""

from __future__ import annotations

import pytest

from learning import moving
from learning.models import Cohort, CohortChange, Completion, Enrolment, EnrolmentState
from tests.conftest import Role
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import do, enrol, finish, group_of, lessons_of, try_quiz

WHY = "Cambió al turno de noche"


@pytest.fixture
def night(course: SmallCourse, dalia: Role) -> Cohort:
    return group_of(course, facilitator=dalia.person, code="G-N")


def move(enrolment: Enrolment, to: Cohort, by: Role, reason: str = WHY) -> CohortChange:
    with committed():
        return moving.change_cohort(enrolment=enrolment, to=to, by=by.person, reason=reason)


def refused(*args: object, **options: object) -> moving.Reason:
    with pytest.raises(moving.Refused) as caught:
        move(*args, **options)
    return caught.value.reason


def test_her_work_goes_with_her(cohort: Cohort, night: Cohort, amina: Role, bruno: Role) -> None:
    enrolment = enrol(amina.person, cohort.course, cohort=cohort)
    first, second, *_rest = lessons_of(enrolment)
    do(enrolment, first, second)
    try_quiz(enrolment, right=False)
    change = move(enrolment, night, bruno)
    enrolment.refresh_from_db()
    assert (enrolment.cohort, enrolment.state) == (night, EnrolmentState.ACTIVE)
    assert enrolment.done.count() == 2
    assert Enrolment.objects.count() == 1
    assert (change.from_cohort, change.to_cohort, change.by, change.reason) == (
        cohort,
        night,
        bruno.person,
        WHY,
    )


def test_the_new_groups_way_and_version_hold(cohort: Cohort, night: Cohort, amina: Role, bruno: Role) -> None:
    Cohort.objects.filter(pk=night.pk).update(modality="blended")
    enrolment = enrol(amina.person, cohort.course, cohort=cohort)
    move(enrolment, night, bruno)
    enrolment.refresh_from_db()
    assert enrolment.modality == "blended"
    assert enrolment.version == cohort.course.versions.get()


def test_only_who_facilitates_the_group_that_she_leaves_decides(
    cohort: Cohort, night: Cohort, amina: Role, dalia: Role, chipo: Role
) -> None:
    enrolment = enrol(amina.person, cohort.course, cohort=cohort)
    for stranger in (dalia, chipo, amina):
        assert refused(enrolment, night, stranger) == moving.Reason.NOT_YOURS
    assert not CohortChange.objects.exists()


def test_there_is_no_moving_into_a_full_group_and_the_old_seat_is_freed(
    cohort: Cohort, night: Cohort, amina: Role, chipo: Role, bruno: Role, course: SmallCourse
) -> None:
    Cohort.objects.filter(pk=night.pk).update(seats=1)
    hers, others = (enrol(role.person, course, cohort=cohort) for role in (amina, chipo))
    move(hers, night, bruno)
    assert refused(others, night, bruno) == moving.Reason.FULL
    assert night.enrolments.count() == cohort.enrolments.count() == 1


def test_every_other_reason_why_not(
    cohort: Cohort, night: Cohort, amina: Role, bruno: Role, course: SmallCourse
) -> None:
    enrolment = enrol(amina.person, course, cohort=cohort)
    assert refused(enrolment, night, bruno, reason=" ") == moving.Reason.NO_REASON
    assert refused(enrolment, cohort, bruno) == moving.Reason.SAME
    Cohort.objects.filter(pk=night.pk).update(ends_on="2020-01-01")
    assert refused(enrolment, night, bruno) == moving.Reason.CLOSED
    Cohort.objects.filter(pk=night.pk).update(ends_on=None)
    finish(enrolment)
    assert refused(enrolment, night, bruno) == moving.Reason.NOT_IN_PROGRESS


def test_a_retake_is_a_new_enrolment_and_the_completion_stays(
    cohort: Cohort, night: Cohort, amina: Role, course: SmallCourse
) -> None:
    done = finish(enrol(amina.person, course, cohort=cohort))
    again = enrol(amina.person, course, cohort=night)
    assert again.pk != done.enrolment_id
    assert Completion.objects.get() == done
    assert Enrolment.objects.filter(person=amina.person).count() == 2
