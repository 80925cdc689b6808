"""Can staff open a cohort, hand out a code, and harm nobody's records by it?"""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import versions
from learning.joining import join_by_code
from learning.models import Cohort, Enrolment, EnrolmentCode
from learning.services import enrol
from tests.courses.cast import bruno, log_in, office, person, release_open, small
from tests.factories.accounts import UserFactory
from tests.factories.courses import add_lesson, committed, make_course

__all__ = ["bruno", "office", "small"]


def form(course, **changes):
    return {
        "name": "Turno de la mañana",
        "course": course.pk,
        "modality": "self_paced",
        "activity_type": "training",
        "starts_on": "",
        "ends_on": "",
        "country": "",
        "institution": "",
        "people": "",
        **changes,
    }


def open_cohort(office, course, **changes):
    answer = office.post(reverse("cohortes:add"), form(course, **changes))
    return Cohort.objects.first(), answer


class TestCohorts:
    def test_get_a_code_that_enrols_at_once(self, small, office):
        cohort, answer = open_cohort(office, small.course)
        assert answer.status_code == 302
        code = cohort.codes.get()
        enrolment = join_by_code(person=person("Amina").person, code=code.code)
        assert (enrolment.cohort, enrolment.course) == (cohort, small.course)
        assert code.code in office.get(reverse("cohortes:index")).content.decode()

    def test_name_their_facilitators_by_what_they_sign_in_with(self, small, office):
        dalia = UserFactory(email="dalia@example.org")
        farid = UserFactory()
        cohort, _answer = open_cohort(office, small.course, people=f"DALIA@example.org\n{farid.username}")
        assert set(cohort.facilitators.all()) == {dalia.person, farid.person}
        page = office.get(reverse("cohortes:edit", args=[cohort.pk])).content.decode()
        assert "dalia@example.org" in page

    def test_refuse_a_facilitator_whom_nobody_knows(self, small, office):
        cohort, answer = open_cohort(office, small.course, people="nadie@example.org")
        assert cohort is None
        assert "nadie@example.org" in answer.content.decode()

    def test_refuse_an_end_before_the_start(self, small, office):
        cohort, answer = open_cohort(office, small.course, starts_on="2026-03-01", ends_on="2026-02-01")
        assert (cohort, answer.status_code) == (None, 200)

    def test_with_dates_keep_the_version_when_a_new_one_is_released(self, small, office):
        cohort, _answer = open_cohort(office, small.course, starts_on="2026-03-01", ends_on="2026-04-01")
        assert cohort.version == versions.current(small.course)
        with committed():
            before = enrol(person=person("Amina").person, course=small.course, cohort=cohort)
        add_lesson(small)
        release_open(small)
        late = enrol(person=person("Farid").person, course=small.course, cohort=cohort)
        assert Enrolment.objects.get(pk=before.pk).version == cohort.version == late.version

    def test_without_dates_follow_the_newest(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        assert cohort.version is None

    def test_keep_their_course_once_people_are_enrolled(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        enrol(person=person("Amina").person, course=small.course, cohort=cohort)
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        answer = office.post(reverse("cohortes:edit", args=[cohort.pk]), form(other.course))
        assert answer.status_code == 200
        assert Cohort.objects.get(pk=cohort.pk).course == small.course

    def test_in_which_somebody_is_enrolled_are_kept_with_a_word(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        cohort.codes.all().delete()
        enrol(person=person("Amina").person, course=small.course, cohort=cohort)
        answer = office.post(reverse("cohortes:delete", args=[cohort.pk]), follow=True)
        assert answer.status_code == 200
        assert Cohort.objects.filter(pk=cohort.pk).exists()
        assert cohort.name in " ".join(str(message) for message in answer.context["messages"])

    def test_lead_to_what_is_done_with_them_on_the_site(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        page = office.get(reverse("cohortes:index")).content.decode()
        for screen in ("learning:supervision", "learning:cascade", "messaging:messages"):
            address = reverse(screen, kwargs={"cohort": cohort.key})
            assert f'href="{address}"' in page
            assert office.get(address).status_code == 200
        own = reverse("learning:cohort", kwargs={"cohort": cohort.key})
        assert f'href="{own}"' not in page

    def test_are_listed_by_as_many_queries_for_many_as_for_one(
        self, small, office, django_assert_max_num_queries
    ):
        open_cohort(office, small.course)
        office.get(reverse("cohortes:index"))
        with CaptureQueriesContext(connection) as one:
            office.get(reverse("cohortes:index"))
        asked = len(one)
        for number in range(4):
            open_cohort(office, small.course, name=f"Grupo {number}")
        office.get(reverse("cohortes:index"))  # takes the messages of their creation away
        with django_assert_max_num_queries(asked):
            office.get(reverse("cohortes:index"))


class TestCodes:
    def test_are_made_and_never_typed(self, small, office):
        until = dt.date(2030, 1, 1)
        office.post(
            reverse("codigos:add"),
            {"course": small.course.pk, "valid_until": "2030-01-01", "code": "HOSPITAL"},
        )
        made = EnrolmentCode.objects.get()
        assert (made.code != "HOSPITAL", len(made.code), made.valid_until) == (True, 8, until)

    def test_keep_their_code_when_they_are_edited(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        code = cohort.codes.get()
        office.post(
            reverse("codigos:edit", args=[code.pk]),
            {"course": small.course.pk, "cohort": cohort.pk, "institution": "", "valid_until": "2030-01-01"},
        )
        again = EnrolmentCode.objects.get()
        assert (again.code, again.valid_until) == (code.code, dt.date(2030, 1, 1))

    def test_of_another_courses_cohort_are_refused(self, small, office):
        cohort, _answer = open_cohort(office, small.course)
        other = make_course(code="SAL-02", quiz=False, lessons=1)
        data = {"course": other.course.pk, "cohort": cohort.pk, "institution": "", "valid_until": ""}
        assert office.post(reverse("codigos:add"), data).status_code == 200
        assert EnrolmentCode.objects.count() == 1


@pytest.mark.parametrize("address", ["cohortes:index", "cohortes:add", "codigos:index", "codigos:add"])
def test_somebody_without_the_right_is_led_away(small, address):
    stranger = UserFactory(is_staff=True)
    assert log_in(stranger).get(reverse(address)).status_code == 302
    assert log_in(person("Amina")).get(reverse(address)).status_code == 302
