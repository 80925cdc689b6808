"""A group is opened in minutes, by whoever may, and keeps what the rules of groups ask."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Duty, DutyKind, User
from common.clock import now
from courses.manifest import Manifest, Rule
from learning import opening
from learning.models import Cohort
from programme.models import Country
from tests.conftest import Role
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, make_course


def open_it(by: Role, small: SmallCourse, place: Country | None = None, **options: object) -> Cohort:
    return opening.open_cohort(
        course=small.course,
        name=options.pop("name", "Emergencia"),
        by=User.objects.get(pk=by.user.pk),
        country=place,
        **options,
    )


def refused(*args: object, **options: object) -> opening.Reason:
    with pytest.raises(opening.Refused) as caught:
        open_it(*args, **options)
    return caught.value.reason


@pytest.fixture
def coordinator(dalia: Role) -> Role:
    """Dalia coordinates Guatemala."""
    Duty.objects.create(
        person=dalia.person,
        kind=DutyKind.COORDINATOR,
        country=country("GT"),
        starts_on=dt.date(2020, 1, 1),
        granted_at=now(),
        reason="Coordina Guatemala",
    )
    return dalia


def test_a_coordinator_has_a_code_and_is_facilitator_at_once(course: SmallCourse, coordinator: Role) -> None:
    group = open_it(coordinator, course, country("GT"), starts_on=dt.date(2026, 12, 1))
    assert group.codes.count() == 1
    assert list(group.facilitators.all()) == [coordinator.person]
    assert group.opened_by == coordinator.person
    assert group.version == course.course.versions.get()


def test_not_in_a_country_that_she_does_not_coordinate(course: SmallCourse, coordinator: Role) -> None:
    assert refused(coordinator, course, country("MX")) == opening.Reason.OTHER_COUNTRY
    assert refused(coordinator, course) == opening.Reason.OTHER_COUNTRY


def test_a_facilitator_opens_more_groups_of_her_own_courses(
    cohort: Cohort, course: SmallCourse, bruno: Role
) -> None:
    assert open_it(bruno, course).code != cohort.code
    other = make_course(code="CUI-01", title="Cuidarse", lessons=1, quiz=False)
    assert refused(bruno, other) == opening.Reason.NOT_YOURS


def test_who_facilitates_nothing_opens_nothing(cohort: Cohort, course: SmallCourse, amina: Role) -> None:
    assert not opening.may_open(amina.user)
    assert refused(amina, course, country()) == opening.Reason.NOT_YOURS


def test_a_withdrawn_course_and_a_name_of_blanks_are_refused(
    cohort: Cohort, course: SmallCourse, bruno: Role
) -> None:
    assert refused(bruno, course, name="   ") == opening.Reason.NO_NAME
    course.page.unpublish()
    assert refused(bruno, course) == opening.Reason.COURSE_CLOSED


@pytest.mark.parametrize("wrong", [{"seats": 0}, {"parent": True}])
def test_the_database_refuses_what_cannot_be(cohort: Cohort, wrong: dict) -> None:
    values = {"parent": cohort} if "parent" in wrong else wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(**values)


@pytest.mark.parametrize(
    ("modality", "offered", "taken"),
    [
        ("online", ("self_paced", "in_room", "blended"), "blended"),
        ("online", ("self_paced", "in_room"), "in_room"),
        ("online", ("self_paced",), "self_paced"),
        ("supervision", ("self_paced", "in_room", "blended"), "in_room"),
        ("blended", ("self_paced", "in_room"), "self_paced"),
    ],
)
def test_a_way_without_a_rule_of_its_own_takes_the_nearest(
    modality: str, offered: tuple[str, ...], taken: str
) -> None:
    manifest = Manifest((), tuple(Rule(name) for name in offered))
    assert manifest.rule(modality).modality == taken
