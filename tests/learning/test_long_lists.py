"""Long lists of the admin: far pages hold their rows, more rows ask no more questions, a file tells of everybody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import DataRequest, DisclosedPerson, Disclosure, Person, User
from accounts.staff.paging import FAR
from common import workbook
from common.clock import now
from institutions.models import AdviceRecord, Agreement, DuplicateSuggestion, Institution, Membership
from tests.courses.cast import bruno, log_in, office
from tests.factories.accounts import country
from tests.factories.learning import institution
from tests.institutions.holders import with_duty

__all__ = ["bruno", "office"]


def people(number: int) -> list[Person]:
    made = Person.objects.bulk_create(
        Person(certificate_name=f"Ana {n % 7}", country=country("GT")) for n in range(number)
    )
    Person.objects.filter(canonical=None).update(canonical=F("pk"))
    return made


def members(number: int) -> None:
    place = institution(f"Hospital {number}", code="GT")
    Membership.objects.bulk_create(
        Membership(person=person, institution=place, starts_on=dt.date(2025, 1, 1))
        for person in people(number)
    )


def places(number: int) -> None:
    Institution.objects.bulk_create(
        Institution(name=f"Lugar {uuid.uuid4()}", type="public", country=country("GT"))
        for _n in range(number)
    )
    Institution.objects.filter(canonical=None).update(canonical=F("pk"))


def logins(number: int) -> None:
    User.objects.bulk_create(
        User(person=person, username=uuid.uuid4().hex[:8], password="!") for person in people(number)
    )


def requests(number: int) -> None:
    DataRequest.objects.bulk_create(
        DataRequest(person=person, kind="erasure", asked_at=now(), due_on=dt.date(2026, 1, 1))
        for person in people(number)
    )


def pairs(number: int) -> None:
    both = sorted(people(2 * number), key=lambda person: person.pk)
    DuplicateSuggestion.objects.bulk_create(
        DuplicateSuggestion(first=first, second=second, score=80, reasons=[], computed_at=now())
        for first, second in zip(both[::2], both[1::2], strict=True)
    )


def agreements(number: int) -> None:
    Agreement.objects.bulk_create(Agreement(kind="letter", title=f"Carta {n}") for n in range(number))


def advice(number: int) -> None:
    place = institution(f"Hospital {number}", code="GT")
    AdviceRecord.objects.bulk_create(
        AdviceRecord(institution=place, kind="visit", held_on=dt.date(2026, 1, 1), hours=1, women=3)
        for _n in range(number)
    )


def seen(number: int) -> None:
    by, *others = people(number + 1)
    Disclosure.objects.bulk_create(
        Disclosure(at=now(), by=by, role="staff", act="viewed", what="people", of=person) for person in others
    )


LISTS = {
    "/admin/personas/": members,
    "/admin/instituciones/": places,
    "/admin/users/": logins,
    "/admin/solicitudes/": requests,
    "/admin/duplicados/": pairs,
    "/admin/convenios/": agreements,
    "/admin/asesorias/": advice,
    "/admin/auditoria/": seen,
}


def questions(office: Any, address: str) -> int:
    office.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert office.get(address).status_code == 200
    return len([row for row in asked if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize(("address", "make"), LISTS.items())
def test_three_hundred_rows_ask_no_more_questions_than_three(
    address: str, make: Callable[[int], Any], office: Any, db: Any
) -> None:
    make(3)
    few = questions(office, address)
    make(297)
    many = questions(office, address)
    assert many == few
    assert many <= 15


@pytest.mark.parametrize("kind", ["coordinator", "monitor", "auditor"])
@pytest.mark.parametrize("asked", ["", "?q=ana", "?membership=none&completed=false"])
def test_who_holds_a_duty_reads_the_people_with_fifteen_questions_at_most(
    kind: str, asked: str, db: Any
) -> None:
    members(60)
    assert questions(log_in(with_duty(kind)), f"/admin/personas/{asked}") <= 15


@pytest.mark.parametrize("order", ["", "folded_name", "-folded_name", "position"])
def test_all_pages_together_hold_everybody_once(order: str, office: Any, db: Any) -> None:
    people(2 * FAR + 130)
    found: list[int] = []
    number, pages = 1, 1
    while number <= pages:
        page = office.get("/admin/personas/", {"p": number, "ordering": order}).context["page_obj"]
        rows = [row.pk for row in page.object_list]
        assert rows
        found, number, pages = found + rows, number + 1, page.paginator.num_pages
    everybody = Person.objects.filter(canonical=F("pk"))
    assert len(found) == everybody.count()
    assert set(found) == set(everybody.values_list("pk", flat=True))
    if order.endswith("folded_name"):
        folded = dict(everybody.values_list("pk", "folded_name"))
        names = [folded[pk] for pk in found]
        assert names == sorted(names, reverse=order.startswith("-"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_whoever_stands_in_a_file_is_told_of_it_once(kind: str, office: Any, db: Any) -> None:
    made = people(1_250)
    answer = office.post(
        f"/admin/personas/?export={kind}", {"reason": "Informe de la oficina", "format": kind}
    )
    body = b"".join(answer.streaming_content)
    if kind == "csv":
        assert body.count(b"Ana ") == len(made)
    kept = Disclosure.objects.get(act="exported", what="people")
    told = set(DisclosedPerson.objects.filter(disclosure=kept).values_list("person_id", flat=True))
    assert {person.pk for person in made} <= told
    assert kept.rows == len(told)


def test_the_first_row_of_a_file_waits_for_no_more_than_a_few(office: Any, db: Any) -> None:
    people(1_250)
    answer = office.post("/admin/personas/?export=csv", {"reason": "Informe de la oficina", "format": "csv"})
    for _heading_and_row in zip(range(3), answer.streaming_content, strict=False):
        pass
    assert 0 < DisclosedPerson.objects.count() < 1_250


def test_a_file_of_excel_begins_before_everybody_is_read(office: Any, db: Any) -> None:
    people(1_250)
    answer = office.post(
        "/admin/personas/?export=xlsx", {"reason": "Informe de la oficina", "format": "xlsx"}
    )
    pieces = iter(answer.streaming_content)
    first = next(pieces)
    assert first.startswith(b"PK")
    assert DisclosedPerson.objects.count() == 0
    sheet = load_workbook(BytesIO(first + b"".join(pieces)), read_only=True).active
    names = [row[0] for row in sheet.values]
    assert len([name for name in names if str(name).startswith("Ana ")]) == 1_250


def test_elena_is_told_that_excel_would_cut_her_list_off(
    office: Any, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    people(12)
    said = {"reason": "Informe de la oficina", "format": "xlsx"}
    answer = office.post("/admin/personas/?export=xlsx", said)
    assert answer.status_code == 422
    assert "CSV" in answer.content.decode()
    assert not Disclosure.objects.filter(act="exported").exists()
    csv = office.post("/admin/personas/?export=xlsx", said | {"format": "csv"})
    assert b"".join(csv.streaming_content).count(b"Ana ") == 12


def test_all_pages_of_pairs_together_hold_each_pair_once_the_likest_first(office: Any, db: Any) -> None:
    pairs(FAR + 2 * 130)
    likest = list(DuplicateSuggestion.objects.values_list("pk", flat=True)[::7])
    DuplicateSuggestion.objects.filter(pk__in=likest).update(score=90)
    found: list[int] = []
    number, pages = 1, 1
    while number <= pages:
        page = office.get("/admin/duplicados/", {"p": number}).context["view"].page
        rows = list(page.object_list)
        assert rows
        found, number, pages = found + [row.pk for row in rows], number + 1, page.paginator.num_pages
    assert found == list(DuplicateSuggestion.objects.order_by("-score", "pk").values_list("pk", flat=True))
