"""The list of completions that wait for a second person, and what is asked of who came without account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import DutyKind
from learning.models import AnnulmentProposal, Cohort, Enrolment, Modality, Session, WalkIn
from tests.conftest import Role
from tests.courses.cast import log_in
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, make_course, publish
from tests.factories.learning import enrol, group_of, tells_details
from tests.factories.room import mark, session_of
from tests.institutions.holders import with_duty
from tests.learning.pages import press
from tests.plugins.starter import module_transaction

ADDRESS = "/aprender/anulaciones/"


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role) -> Cohort:
    row = group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)
    row.country = country("GT")
    row.save()
    return row


@pytest.fixture
def session(group: Cohort, bruno: Role) -> Session:
    return session_of(group, bruno.person)


@pytest.fixture
def proposal(session: Session, amina: Role, bruno: Role, made_workshop: SmallCourse) -> AnnulmentProposal:
    tells_details(amina.person)
    enrolment: Enrolment = enrol(amina.person, made_workshop, cohort=session.cohort)
    mark(session, enrolment, by=bruno.person)
    mark(session, enrolment, "absent", seen=1, by=bruno.person, reason="Firmó otra persona")
    return AnnulmentProposal.objects.get()


def listed(browser: Any) -> list[str]:
    return [str(one.person) for one in browser.get(ADDRESS).context["waiting"]]


def test_who_coordinates_finds_those_of_her_countries_alone(proposal: AnnulmentProposal, amina: Role) -> None:
    here = log_in(with_duty(DutyKind.COORDINATOR, "GT"))
    elsewhere = log_in(with_duty(DutyKind.COORDINATOR, "HN"))
    assert listed(here) == [str(amina.person)]
    assert listed(elsewhere) == []
    address = f"/aprender/anulacion/{proposal.key}/"
    assert elsewhere.get(address).status_code == 404
    assert here.get(address).status_code == 200
    here.post(address, {"answer": "keep"})
    assert listed(here) == []


def test_bruno_reads_that_it_takes_somebody_else(proposal: AnnulmentProposal, bruno: Role) -> None:
    (one,) = bruno.client.get(ADDRESS).context["waiting"]
    assert one.said


def test_who_runs_no_group_finds_no_such_list(
    proposal: AnnulmentProposal, amina: Role, chipo: Role, dalia: Role, made_workshop: SmallCourse
) -> None:
    for nobody in (amina, chipo):
        assert nobody.client.get(ADDRESS).status_code == 404
    group_of(made_workshop, facilitator=dalia.person, code="T-D")
    assert listed(dalia.client) == []


@pytest.mark.parametrize(("said", "kept"), [("", ""), ("woman", "woman"), ("unsaid", "unsaid")])
def test_the_sex_of_who_has_no_account_is_kept_only_if_she_says_it(
    session: Session, bruno: Role, said: str, kept: str
) -> None:
    press(bruno, f"/aprender/sesion/{session.key}/sin-cuenta/", {"name": "Señora de la fila", "sex": said})
    assert WalkIn.objects.get().sex == kept


def test_it_stands_on_no_list(session: Session, bruno: Role) -> None:
    press(bruno, f"/aprender/sesion/{session.key}/sin-cuenta/", {"name": "Señora", "sex": "other"})
    for address in (f"/aprender/sesion/{session.key}/", f"/aprender/grupos/{session.cohort.key}/sesiones/"):
        page = bruno.client.get(address).content.decode()
        assert "Señora" in page
        assert page.count('value="other"') == page.count('name="sex"'), "in the empty form alone"


def test_a_sex_of_nobody_is_refused(session: Session, bruno: Role) -> None:
    answer = press(bruno, f"/aprender/sesion/{session.key}/sin-cuenta/", {"name": "X", "sex": "M"})
    assert answer.status_code == 400
    assert not WalkIn.objects.exists()
