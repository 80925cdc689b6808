"""A facilitator's pages: opening a group, its link, the list, the requests, another group; and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from institutions.models import Institution, Membership
from learning import joining
from learning.models import Cohort, Enrolment, JoinRequest, Nomination
from tests.conftest import Role
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import SmallCourse, make_course
from tests.factories.learning import code_for, enrol, group_of


def words(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def asking(course: SmallCourse, bruno: Role) -> Cohort:
    return group_of(course, facilitator=bruno.person, code="G-AP", asks_approval=True)


@pytest.fixture
def request_of_amina(asking: Cohort, amina: Role) -> JoinRequest:
    made = joining.ask_to_join(person=amina.person, cohort=asking)
    assert isinstance(made, JoinRequest)
    return made


def test_bruno_opens_a_group_with_four_answers_and_has_a_link(
    cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    answer = bruno.client.post(
        "/aprender/grupos/nuevo/",
        {"course": course.course.pk, "name": "Albergue, hoy", "starts_on": "", "country": country().pk},
        follow=True,
    )
    group = Cohort.objects.get(name="Albergue, hoy")
    page = words(answer)
    assert f"http://testserver/e/{group.codes.get().code}/" in page
    assert f"/e/{group.codes.get().code}/qr.svg" in page


def test_of_several_courses_none_is_chosen_for_who_hurries(
    cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    page = words(bruno.client.get("/aprender/grupos/nuevo/"))
    assert page.split('name="course"')[1].split("</select>")[0].count("<option") == 1
    group_of(make_course(code="DSM-02", title="Derecho a la salud"), facilitator=bruno.person, code="G-2")
    page = words(bruno.client.get("/aprender/grupos/nuevo/"))
    first = page.split('name="course"')[1].split("</select>")[0].split("<option")[1]
    assert 'value=""' in first
    answer = bruno.client.post("/aprender/grupos/nuevo/", {"name": "Hoy", "country": country().pk})
    assert answer.status_code == 400
    assert not Cohort.objects.filter(name="Hoy").exists()


def test_of_a_sensitive_course_the_text_to_send_tells_no_title(
    cohort: Cohort, bruno: Role, course: SmallCourse
) -> None:
    code_for(course, "HOSPITAL9", cohort=cohort)
    page = words(bruno.client.get(f"/aprender/grupos/{cohort.key}/enlace/"))
    text = page.split("<textarea")[1].split("</textarea>")[0]
    assert "Primeros auxilios" in text
    type(course.course).objects.filter(pk=course.course.pk).update(sensitive=True)
    page = words(bruno.client.get(f"/aprender/grupos/{cohort.key}/enlace/"))
    text = page.split("<textarea")[1].split("</textarea>")[0]
    assert "Primeros auxilios" not in text
    assert cohort.name not in text
    assert "/e/HOSPITAL9/" in text


def test_who_facilitates_nothing_opens_no_group(cohort: Cohort, amina: Role) -> None:
    assert amina.client.get("/aprender/grupos/nuevo/").status_code == 404
    assert amina.client.post("/aprender/grupos/nuevo/", {}).status_code == 404


@pytest.mark.parametrize("page", ["", "enlace/", "solicitudes/", "lista/"])
def test_another_facilitators_group_does_not_exist_for_dalia(
    cohort: Cohort, course: SmallCourse, dalia: Role, page: str
) -> None:
    group_of(course, facilitator=dalia.person, code="G-D")
    assert dalia.client.get(f"/aprender/grupos/{cohort.key}/{page}").status_code == 404


def test_dalia_neither_answers_moves_nor_enrols_in_another_group(
    request_of_amina: JoinRequest, cohort: Cohort, course: SmallCourse, dalia: Role, chipo: Role
) -> None:
    own = group_of(course, facilitator=dalia.person, code="G-D")
    enrolment = enrol(chipo.person, course, cohort=cohort)
    posts = {
        f"/aprender/solicitud/{request_of_amina.key}/responder/": {"answer": "accept"},
        f"/aprender/grupos/cambiar/{enrolment.key}/": {"to": own.pk, "reason": "mía"},
        f"/aprender/grupos/{cohort.key}/lista/": {"people": "amina@senda.example"},
    }
    for address, data in posts.items():
        assert dalia.client.post(address, data).status_code == 404
    request_of_amina.refresh_from_db()
    assert request_of_amina.state == "open"
    assert Enrolment.objects.count() == 1


def test_bruno_answers_and_amina_reads_why(request_of_amina: JoinRequest, amina: Role, bruno: Role) -> None:
    address = f"/aprender/solicitud/{request_of_amina.key}/responder/"
    bruno.client.post(address, {"answer": "refuse", "reason": ""})
    request_of_amina.refresh_from_db()
    assert request_of_amina.state == "open"
    bruno.client.post(address, {"answer": "refuse", "reason": "Es para <b>otro</b> turno"})
    page = words(amina.client.get("/aprender/"))
    assert "Es para &lt;b&gt;otro&lt;/b&gt; turno" in page


def test_each_line_of_the_list_is_answered(cohort: Cohort, amina: Role, bruno: Role) -> None:
    answer = bruno.client.post(
        f"/aprender/grupos/{cohort.key}/lista/",
        {"people": "amina@senda.example\n<script>@x.example\namina@senda.example"},
    )
    page = words(answer)
    assert page.count("<tr>") == 4
    assert "&lt;script&gt;@x.example" in page
    assert Enrolment.objects.get().person == amina.person


def test_a_list_of_thousands_is_refused_before_anything_happens(cohort: Cohort, bruno: Role) -> None:
    text = "\n".join(f"p{n}@x.example" for n in range(501))
    assert bruno.client.post(f"/aprender/grupos/{cohort.key}/lista/", {"people": text}).status_code == 400


def test_lists_are_no_way_to_try_addresses(cohort: Cohort, bruno: Role) -> None:
    address = f"/aprender/grupos/{cohort.key}/lista/"
    codes = [bruno.client.post(address, {"people": f"p{n}@x.example"}).status_code for n in range(21)]
    assert codes == [200] * 20 + [429]


def test_amina_goes_on_in_the_group_whose_code_bruno_was_given(
    cohort: Cohort, course: SmallCourse, amina: Role, bruno: Role, dalia: Role
) -> None:
    night = group_of(course, facilitator=dalia.person, code="G-N")
    code_for(course, "NOCHE349", cohort=night)
    enrolment = enrol(amina.person, course, cohort=cohort)
    address = f"/aprender/grupos/cambiar/{enrolment.key}/"
    assert bruno.client.post(address, {"code": "NADIE234", "reason": "turno"}).status_code == 400
    assert bruno.client.post(address, {"code": "noche-349", "reason": "turno"}).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.cohort == night
    for role, group in ((bruno, cohort), (dalia, night)):
        page = words(role.client.get(f"/aprender/grupos/{group.key}/"))
        assert "turno" in page
        assert "Amina" in page


@pytest.fixture
def works_here(amina: Role, hospital: Institution) -> Role:
    Membership.objects.filter(person=amina.person).update(state="confirmed")
    return amina


def propose(chipo: Role, hospital: Institution, amina: Role, group: Cohort) -> None:
    chipo.client.post(
        f"/aprender/institucion/{hospital.key}/proponer/",
        {"course": "", "cohort": str(group.key), "people": [str(amina.person.key)]},
    )


def test_chipo_names_a_group_that_invites_her_institution(
    works_here: Role, chipo: Role, hospital: Institution, asking: Cohort
) -> None:
    asking.invited.add(hospital)
    propose(chipo, hospital, works_here, asking)
    nomination = Nomination.objects.get()
    assert nomination.cohort == asking
    works_here.client.post(f"/aprender/propuesta/{nomination.key}/", {"country": "MX"})
    request = JoinRequest.objects.get()
    assert (request.person, request.institution) == (works_here.person, hospital)
    joining.answer_request(request=request, accept=True, by=asking.facilitators.get())
    nomination.refresh_from_db()
    assert nomination.enrolment == Enrolment.objects.get()


def test_a_group_that_invites_others_takes_none_of_chipos_people(
    works_here: Role, chipo: Role, hospital: Institution, shelter: Institution, asking: Cohort
) -> None:
    asking.invited.add(shelter)
    assert str(asking.key) not in words(chipo.client.get(f"/aprender/institucion/{hospital.key}/"))
    propose(chipo, hospital, works_here, asking)
    assert not Nomination.objects.exists()


def test_an_open_group_takes_people_of_its_country_alone(
    works_here: Role, chipo: Role, hospital: Institution, asking: Cohort
) -> None:
    Cohort.objects.filter(pk=asking.pk).update(country=country("GT"))
    propose(chipo, hospital, works_here, asking)
    assert not Nomination.objects.exists()
    Cohort.objects.filter(pk=asking.pk).update(country=country("MX"))
    propose(chipo, hospital, works_here, asking)
    assert Nomination.objects.exists()


def test_people_of_another_institution_are_not_chipos_to_name(
    chipo: Role, hospital: Institution, dalia: Role, asking: Cohort
) -> None:
    propose(chipo, hospital, dalia, asking)
    propose(dalia, hospital, dalia, asking)
    assert not Nomination.objects.exists()


def test_the_list_of_groups_asks_the_same_for_two_and_for_twenty(course: SmallCourse, bruno: Role) -> None:
    def more(number: int) -> int:
        for each in range(number):
            group = group_of(course, facilitator=bruno.person, code=f"G-{number}-{each}")
            enrol(UserFactory().person, course, cohort=group)
        with CaptureQueriesContext(connection) as asked:
            assert bruno.client.get("/aprender/grupos/").status_code == 200
        return len(asked)

    assert more(2) >= more(20)
