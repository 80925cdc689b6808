"""What follows a group: supervision without names, refreshers by a date, and the groups of those whom it trained."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from learning import opening, supervising
from learning.models import AgreedAction, Cohort, Completion, Enrolment, SupervisionSession
from learning.queries.supervision import cascade_screen, supervision_screen
from learning.refreshing import due_in, months_later
from learning.supervising import Agreed, Entry, Reason
from tests.conftest import Role
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, finish, group_of

HELD = dt.date(2026, 3, 4)
ENTRY = Entry(kind="group", topics=("care_of_teams",), held_on=HELD, minutes=90, women=3, men=1)
ENTRY_FORM = {
    "held_on": "2026-03-04",
    "kind": "group",
    "minutes": "90",
    "topics": ["care_of_teams", "referral"],
    "women": "3",
    "men": "1",
}


def refused(entry: Entry, cohort: Cohort, by: Role) -> Reason:
    with pytest.raises(supervising.Refused) as told:
        supervising.log(cohort=cohort, entry=entry, by=by.person)
    assert not SupervisionSession.objects.exists()
    return told.value.reason


def with_action(text: str, due: dt.date = HELD) -> Entry:
    return Entry(
        kind="group", topics=("referral",), held_on=HELD, minutes=60, women=2, agreed=(Agreed(text, due),)
    )


def test_supervision_is_written_down_with_what_was_agreed(cohort: Cohort, bruno: Role) -> None:
    row = supervising.log(cohort=cohort, entry=with_action("Revisar la ruta de referencia"), by=bruno.person)
    assert (row.people, row.minutes, row.logged_by) == (2, 60, bruno.person)
    action = row.actions.get()
    supervising.finish(action=action, by=bruno.person)
    first = AgreedAction.objects.get().done_on
    supervising.finish(action=action, by=bruno.person, at=None)
    assert AgreedAction.objects.get().done_on == first is not None


@pytest.mark.parametrize(
    "text",
    ["Llamar a María Hernández", "Revisar el caso 1234", "Escribir a ana@clinica.example", "55 5555 1234"],
)
def test_what_tells_of_somebody_is_refused_by_the_rule_of_the_advice_log(
    cohort: Cohort, bruno: Role, text: str
) -> None:
    assert refused(with_action(text), cohort, bruno) == Reason.TELLS_OF_SOMEBODY
    form = {**ENTRY_FORM, "text_1": text, "due_1": "2026-04-01"}
    answer = bruno.client.post(f"/aprender/grupos/{cohort.key}/supervision/", form)
    assert answer.status_code == 400
    assert not SupervisionSession.objects.exists()


def test_each_thing_that_cannot_be_is_refused_with_its_reason(
    cohort: Cohort, bruno: Role, dalia: Role
) -> None:
    def but(**more: object) -> Entry:
        return Entry(**{**ENTRY.__dict__, **more})  # type: ignore[arg-type]  # what is wrong is the point

    assert refused(but(topics=()), cohort, bruno) == Reason.NO_TOPIC
    assert refused(but(topics=("made_up",)), cohort, bruno) == Reason.NO_TOPIC
    assert refused(but(women=0, men=0), cohort, bruno) == Reason.NOBODY
    assert refused(but(kind="individual"), cohort, bruno) == Reason.NOT_ONE
    assert refused(but(minutes=601), cohort, bruno) == Reason.MINUTES
    assert refused(but(held_on=dt.date(2999, 1, 1)), cohort, bruno) == Reason.DAY_TO_COME
    assert refused(with_action("Practicar", HELD - dt.timedelta(1)), cohort, bruno) == Reason.DUE_BEFORE
    assert refused(ENTRY, cohort, dalia) == Reason.NOT_YOURS


def test_the_database_too_knows_that_one_person_is_one(cohort: Cohort, bruno: Role) -> None:
    row = supervising.log(cohort=cohort, entry=ENTRY, by=bruno.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionSession.objects.filter(pk=row.pk).update(kind="individual")


def test_the_page_writes_it_down_puts_it_right_and_closes_what_was_agreed(
    cohort: Cohort, bruno: Role
) -> None:
    address = f"/aprender/grupos/{cohort.key}/supervision/"
    form = {**ENTRY_FORM, "text_1": "Repasar la ruta", "due_1": "2026-03-20"}
    assert bruno.client.post(address, form).status_code == 302
    row = SupervisionSession.objects.get()
    assert row.topics == ["care_of_teams", "referral"]
    assert "Repasar la ruta" in bruno.client.get(address).content.decode()
    assert (
        bruno.client.post(f"/aprender/supervision/{row.key}/", {**ENTRY_FORM, "women": "4"}).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.women, row.actions.count()) == (4, 1)
    bruno.client.post(f"/aprender/acuerdo/{row.actions.get().key}/hecho/")
    assert row.actions.get().done_on is not None


def test_another_facilitators_supervision_is_not_there(cohort: Cohort, bruno: Role, dalia: Role) -> None:
    row = supervising.log(cohort=cohort, entry=with_action("Practicar"), by=bruno.person)
    for address in (
        f"grupos/{cohort.key}/supervision/",
        f"supervision/{row.key}/",
        f"grupos/{cohort.key}/cascada/",
    ):
        assert dalia.client.get(f"/aprender/{address}").status_code == 404
    assert dalia.client.post(f"/aprender/acuerdo/{row.actions.get().key}/hecho/").status_code == 404
    assert row.actions.get().done_on is None


def test_so_few_of_a_sex_are_not_told_apart(cohort: Cohort, bruno: Role) -> None:
    supervising.log(cohort=cohort, entry=ENTRY, by=bruno.person)
    assert all(figure is None or figure == 0 for _name, figure in supervision_screen(cohort).by_sex)
    supervising.log(cohort=cohort, entry=Entry(**{**ENTRY.__dict__, "women": 30, "men": 20}), by=bruno.person)
    told = [figure for _name, figure in supervision_screen(cohort).by_sex]
    assert told[:2] == [33, 21]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 3, 4), 12, dt.date(2027, 3, 4)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 31), 24, dt.date(2028, 12, 31)),
    ],
)
def test_a_refresher_is_suggested_on_the_same_day_of_a_later_month(
    day: dt.date, months: int, later: dt.date
) -> None:
    assert months_later(day, months) == later


def completed_on(row: Enrolment, day: dt.date) -> None:
    Completion.objects.filter(enrolment=row).update(achieved_on=day)


def test_who_completed_a_year_ago_is_due_and_enrolled_once_more(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, chipo: Role
) -> None:
    hers, recent = enrol(amina.person, course, cohort=cohort), enrol(chipo.person, course, cohort=cohort)
    finish(hers)
    finish(recent)
    completed_on(hers, dt.date(2025, 3, 1))
    completed_on(recent, dt.date(2026, 3, 1))
    found = due_in(cohort, today=dt.date(2026, 2, 1))
    assert [(one.person, one.now) for one in found] == [(amina.person, True), (chipo.person, False)]

    again = group_of(course, facilitator=bruno.person, code="G-R")
    form = {"people": [str(amina.person.key)], "group": again.pk}
    assert bruno.client.post(f"/aprender/grupos/{cohort.key}/repasos/", form).status_code == 302
    rows = Enrolment.objects.filter(person=amina.person).order_by("pk")
    assert [(row.cohort, row.state) for row in rows] == [(cohort, "completed"), (again, "active")]
    assert Completion.objects.filter(enrolment=hers).exists()
    assert [one.person for one in due_in(cohort, today=dt.date(2026, 2, 1))] == [chipo.person]


def test_nobody_but_those_who_completed_here_is_enrolled_by_a_forged_form(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, dalia: Role
) -> None:
    finish(enrol(amina.person, course, cohort=cohort))
    group = group_of(course, facilitator=bruno.person, code="G-R")
    others = group_of(course, facilitator=dalia.person, code="G-D")
    address = f"/aprender/grupos/{cohort.key}/repasos/"
    assert (
        bruno.client.post(address, {"people": [str(dalia.person.key)], "group": group.pk}).status_code == 400
    )
    assert (
        bruno.client.post(address, {"people": [str(amina.person.key)], "group": others.pk}).status_code == 400
    )
    assert Enrolment.objects.count() == 1


def test_a_graduate_is_asked_where_she_was_trained_and_nobody_else(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role
) -> None:
    group_of(course, facilitator=amina.person, code="G-A")
    assert 'name="parent"' not in amina.client.get("/aprender/grupos/nuevo/").content.decode()
    finish(enrol(amina.person, course, cohort=cohort))
    assert 'name="parent"' in amina.client.get("/aprender/grupos/nuevo/").content.decode()
    form = {"course": course.course.pk, "name": "Réplica", "country": "MX", "parent": cohort.pk}
    assert amina.client.post("/aprender/grupos/nuevo/", form).status_code == 302
    assert Cohort.objects.get(name="Réplica").parent == cohort
    with pytest.raises(opening.Refused) as told:
        opening.open_cohort(
            course=course.course, name="Otra", by=bruno.user, country=country("MX"), parent=cohort
        )
    assert told.value.reason == opening.Reason.NOT_TRAINED


def test_generations_are_counted_apart(
    cohort: Cohort, course: SmallCourse, bruno: Role, amina: Role, chipo: Role, dalia: Role, farid: Role
) -> None:
    finish(enrol(amina.person, course, cohort=cohort))
    second = [group_of(course, facilitator=amina.person, code=f"S-{n}", parent=cohort) for n in (1, 2)]
    third = group_of(course, facilitator=chipo.person, code="T-1", parent=second[0])
    finish(enrol(chipo.person, course, cohort=second[0]))
    enrol(dalia.person, course, cohort=second[1])
    enrol(farid.person, course, cohort=third)
    view = cascade_screen(cohort)
    assert (view.people, view.completed, view.trainers) == (1, 1, 1)
    assert [(one.number, len(one.branches), one.people, one.completed) for one in view.generations] == [
        (2, 2, 2, 1),
        (3, 1, 1, 0),
    ]
    said = bruno.client.get(f"/aprender/grupos/{cohort.key}/cascada/").content.decode()
    assert said.index("Grupo S-1") < said.index("Grupo T-1")
    assert "Dalia" not in said


def test_whoever_comes_to_two_groups_of_a_generation_counts_once(
    cohort: Cohort, course: SmallCourse, bruno: Role, dalia: Role
) -> None:
    first, other = (group_of(course, facilitator=bruno.person, code=f"S-{n}", parent=cohort) for n in (1, 2))
    finish(enrol(dalia.person, course, cohort=first))
    enrol(dalia.person, course, cohort=other)
    assert [one.people for one in cascade_screen(cohort).generations] == [1]


def test_many_groups_ask_as_much_as_few(cohort: Cohort, course: SmallCourse, bruno: Role) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert bruno.client.get(f"/aprender/grupos/{cohort.key}/cascada/").status_code == 200
        return len(counted)

    group_of(course, facilitator=bruno.person, code="S-0", parent=cohort)
    asked()
    few = asked()
    for number in range(1, 9):
        group_of(course, facilitator=bruno.person, code=f"S-{number}", parent=cohort)
    assert asked() == few <= 20
