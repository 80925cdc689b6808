"""The list of institutions: what Elena finds, takes along and puts below a counterpart."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Disclosure
from institutions import merging
from institutions.models import Institution
from institutions.places import Place, save_place
from tests.courses.cast import bruno, office
from tests.factories.accounts import country
from tests.factories.learning import institution
from tests.institutions.agreed import agreement

__all__ = ["bruno", "office"]
LIST = "/admin/instituciones/"
REASON = {"reason": "Reunión con la secretaría de salud"}
UNITS = "/admin/bulk/institutions/institution/units/"


def shown(office: Any, **asked: Any) -> set[str]:
    return {row.name for row in office.get(LIST, asked).context["object_list"]}


def csv_of(office: Any, **asked: Any) -> str:
    answer = office.post(reverse("instituciones:index", query=asked), REASON | {"format": "csv"})
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.fixture
def places(db: Any) -> dict[str, Institution]:
    ministry = institution("Secretaría de Salud")
    hospital = institution("Hospital Ñandú", parent=ministry, level="local", route_stages=["transit"])
    shelter = institution("Casa del Río", code="GT", is_shelter=True, municipality="Tecún Umán")
    Institution.objects.filter(pk=shelter.pk).update(type="ngo")
    save_place(institution=shelter, place=Place("Callejón de la Garza 5519"), by=None)
    return {"ministry": ministry, "hospital": hospital, "shelter": shelter}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"country": "GT"}, {"Casa del Río"}),
        ({"type": "ngo"}, {"Casa del Río"}),
        ({"level": "local"}, {"Hospital Ñandú"}),
        ({"stage": "transit"}, {"Hospital Ñandú"}),
        ({"is_shelter": "true"}, {"Casa del Río"}),
        ({"above": "secretaria"}, {"Hospital Ñandú"}),
        ({"q": "nandu"}, {"Hospital Ñandú"}),
        ({"agreement": "true"}, {"Secretaría de Salud", "Hospital Ñandú"}),
        ({"agreement": "false"}, {"Casa del Río"}),
    ],
)
def test_elena_filters_and_the_file_holds_the_same_rows(
    office: Any, places: dict[str, Institution], asked: dict[str, str], names: set[str]
) -> None:
    agreement(places["ministry"], ends=90)
    assert shown(office, **asked) == names
    rows = csv_of(office, **asked).splitlines()[1:]
    assert {name for name in (one.name for one in places.values()) if any(name in r for r in rows)} >= names
    assert len(rows) == len(names)


def test_an_agreement_that_is_over_binds_nobody(office: Any, places: dict[str, Institution]) -> None:
    over = timezone.localdate() - dt.timedelta(days=10)
    agreement(places["ministry"], ends=90, ended_on=over)
    assert shown(office, agreement="true") == set()


def test_one_merged_away_is_found_as_merged(office: Any, places: dict[str, Institution]) -> None:
    merging.merge(duplicate=institution("Hosp. Nandu"), into=places["hospital"], by=None)
    assert shown(office, merged="true") == {"Hosp. Nandu"}
    assert "Hosp. Nandu" not in shown(office, merged="false")


def test_no_file_says_where_a_shelter_is(office: Any, places: dict[str, Institution]) -> None:
    text = csv_of(office)
    answer = office.post(LIST, REASON | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    cells = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for said in (text, cells):
        assert "Casa del Río" in said
        assert "Garza" not in said
        assert "Tecún" not in said


def test_a_name_that_begins_like_a_formula_computes_nothing(office: Any, places: Any) -> None:
    institution("=HYPERLINK(1)")
    assert "'=HYPERLINK" in csv_of(office)


def test_without_a_reason_there_is_no_file_and_with_one_it_is_kept(office: Any, places: Any) -> None:
    assert office.post(LIST, {"format": "csv"}).status_code == 422
    csv_of(office)
    kept = Disclosure.objects.get()
    assert (kept.what, kept.rows, kept.reason) == ("institutions", 3, REASON["reason"])


def put_below(office: Any, parent: Institution, *rows: Institution, **more: Any) -> Any:
    asked = {"id": [row.pk for row in rows]} | more
    return office.post(
        reverse("wagtail_bulk_action", args=["institutions", "institution", "units"], query=asked),
        {"parent": parent.pk},
        follow=True,
    )


def test_elena_puts_several_below_one_counterpart_and_reads_which_could_not(
    office: Any, places: dict[str, Institution]
) -> None:
    clinics = [institution(f"Clínica {number}") for number in range(3)]
    answer = put_below(office, places["hospital"], *clinics, places["ministry"])
    assert Institution.objects.filter(parent=places["hospital"]).count() == 3
    places["ministry"].refresh_from_db()
    assert places["ministry"].parent is None, "it stands above the hospital"
    told = [str(message) for message in answer.context["messages"]]
    assert any("Secretaría de Salud" in words for words in told)


def test_everything_in_the_list_means_the_list_as_it_was_filtered(
    office: Any, places: dict[str, Institution]
) -> None:
    guatemalan = institution("Ministerio", code="GT")
    put_below(office, guatemalan, id="all", country="GT", q="rio")
    places["shelter"].refresh_from_db()
    places["hospital"].refresh_from_db()
    assert places["shelter"].parent == guatemalan
    assert places["hospital"].parent == places["ministry"]


def test_the_dossier_is_one_click_from_its_page(office: Any, places: dict[str, Institution]) -> None:
    page = office.get(reverse("instituciones:inspect", args=[places["hospital"].pk])).content.decode()
    assert reverse("convenios:dossier_of", args=[places["hospital"].pk]) in page


def test_the_form_asks_for_the_counterpart_in_a_window_and_lists_no_two_thousand(
    office: Any, places: dict[str, Institution]
) -> None:
    page = office.get(reverse("instituciones:edit", args=[places["hospital"].pk])).content.decode()
    assert reverse("elegir_institucion:choose") in page
    assert "Casa del Río" not in page
    assert country("MX").code in page
