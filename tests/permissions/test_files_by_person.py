"""What stands in the files of the admin beside a name or a sign: never who she is as sex, gender or age say it."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import masking
from accounts.models import AgeBand, Disclosure, Person, Sex
from institutions.models import Institution, InstitutionType
from learning.staff import coarse
from tests.factories.accounts import PersonFactory, country
from tests.factories.learning import institution, works_at
from tests.permissions.walking import addresses, sample_path
from tests.permissions.world import World

WHY = "Informe anual al donante"
# The lists of the admin that offer a file with people; each asks what it is for.
FILES = {"personas", "constancias", "instituciones", "auditoria"}
# Wagtail's reports on pages: titles and days, who asked for an approval. No learner stands in them.
ON_PAGES = ("locked", "workflow", "workflow_tasks", "aging-pages", "page-types-usage")


def lists() -> list[str]:
    """Return the path of every list of the admin."""
    found = {
        sample_path(address.route)
        for address in addresses()
        if address.admin and "<" not in address.route and "results" not in address.route
    }
    return sorted(path for path in found if path.rstrip("/").rpartition("/")[2] not in {"logout", "choose"})


def file_of(client: Any, path: str, kind: str = "csv") -> list[dict[str, Any]]:
    answer = client.post(path, {"reason": WHY, "format": kind})
    assert answer.status_code == 200, path
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    head, *body = openpyxl.load_workbook(io.BytesIO(content)).active.values
    return [dict(zip(head, row, strict=True)) for row in body]


@pytest.mark.parametrize("role", ["admin", "elena", "iker", "julia"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_file_says_sex_gender_or_age_beside_a_name_or_a_sign(world: World, role: str, kind: str) -> None:
    Person.objects.update(sex=Sex.OTHER, age_band=AgeBand.B35)
    with override("es"):
        words = {str(Sex.OTHER.label), str(AgeBand.B35.label), Sex.OTHER.value, AgeBand.B35.value}
    said, asked = {"sexo", "género", "edad", "sex", "gender", "age"}, set()
    for name in FILES:
        path = f"/admin/{name}/"
        if world.clients[role].get(f"{path}?export=csv").status_code != 200:
            continue
        asked.add(name)
        for row in file_of(world.clients[role], path, kind):
            assert not {str(cell) for cell in row.values()} & words, name
            assert not [head for head in row if said & set(str(head).lower().split())], name
    assert {"personas", "constancias"} <= asked


def test_where_no_file_is_offered_none_is_sent_and_where_one_is_it_asks_what_for(world: World) -> None:
    asking, before = set(), Disclosure.objects.filter(act="exported").count()
    for path in lists():
        for kind in ("csv", "xlsx"):
            answer = world.clients["admin"].get(f"{path}?export={kind}")
            if path.startswith(tuple(f"/admin/reports/{name}/" for name in ON_PAGES)):
                continue
            assert "attachment" not in answer.get("Content-Disposition", ""), path
            if answer.status_code == 200 and b'name="reason"' in answer.content:
                asking.add(path.split("/")[2])
    assert asking == FILES
    assert Disclosure.objects.filter(act="exported").count() == before


@pytest.mark.parametrize(
    "name",
    ["convenios", "asesorias", "cohortes", "codigos", "encargos", "catalogo-oficial", "users", "groups"],
)
def test_the_address_of_a_file_that_there_is_not_is_none(world: World, name: str) -> None:
    assert world.clients["admin"].get(f"/admin/{name}/").status_code == 200
    assert world.clients["admin"].get(f"/admin/{name}/?export=csv").status_code == 404


def test_the_history_of_the_site_goes_out_in_no_file(world: World) -> None:
    for role in ("admin", "bruno", "elena"):
        assert world.clients[role].get("/admin/reports/site-history/?export=csv").status_code == 404


def test_moments_stand_in_a_file_by_the_local_clock(world: World) -> None:
    row = file_of(world.clients["admin"], "/admin/constancias/")[0]
    with override("es"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", list(row.values())[3]), row


# Masked: no description that fewer than five share


def settle(count: int, kind: str, position: str, state: str = "HN") -> list[Person]:
    place = institution(f"{kind} {position}", code=state)
    Institution.objects.filter(pk=place.pk).update(type=kind)
    people = [PersonFactory(country=country(state), position=position) for _ in range(count)]
    for person in people:
        works_at(person, place)
    return people


def test_iker_reads_no_description_that_fewer_than_five_share(world: World) -> None:
    settle(5, InstitutionType.NGO, "health")
    (lawyer,) = settle(1, InstitutionType.NGO, "legal")
    (alone,) = settle(1, InstitutionType.GRASSROOTS, "health")
    cache.delete("learning.coarse")
    found = {
        row[next(iter(row))]: list(row.values()) for row in file_of(world.clients["iker"], "/admin/personas/")
    }
    with override("es"):
        ngo, nothing = str(InstitutionType.NGO.label), ""
    assert found[masking.pseudonym(lawyer)][2:5:2] == [ngo, nothing]
    assert found[masking.pseudonym(alone)][2:5:2] == [nothing, nothing]
    assert sum(1 for row in found.values() if row[2] == ngo and row[4]) == 5
    screen = world.clients["iker"].get("/admin/personas/").content.decode()
    assert f"{InstitutionType.NGO} legal" not in screen


def test_ikers_filters_tell_no_more_than_his_list(world: World) -> None:
    place = settle(1, InstitutionType.GRASSROOTS, "legal")[0].memberships.get().institution
    plain = world.clients["iker"].get("/admin/personas/").context["object_list"]
    for query in ({"institution": place.name}, {"position": "legal"}):
        rows = world.clients["iker"].get("/admin/personas/", query).context["object_list"]
        assert [row.pk for row in rows] == [row.pk for row in plain]


COUNTRY = st.sampled_from(["MX", "GT"])
KIND = st.sampled_from(["public", "ngo", ""])
POSITION = st.sampled_from(["health", "legal", ""])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.tuples(COUNTRY, KIND, POSITION), st.integers(1, 9)))
def test_whatever_is_said_of_somebody_is_said_of_four_more(groups: dict[coarse.Group, int]) -> None:
    for where, what, does in groups:
        said = coarse.said(groups, country=where, kind=what, position=does)
        alike = sum(
            count
            for (place, kind, position), count in groups.items()
            if place == where
            and (not said.kind or kind == said.kind)
            and (not said.position or position == does)
        )
        assert said == coarse.Said() or alike >= coarse.FEWEST


def test_the_report_of_approvals_has_words_for_its_columns(world: World) -> None:
    answer = world.clients["admin"].get(
        "/admin/reports/workflow/?export=csv", headers={"accept-language": "en"}
    )
    assert "requested_by" not in b"".join(answer.streaming_content).decode()


def test_hildas_filters_offer_what_she_sees(world: World) -> None:
    elsewhere = institution("Hospital de otro país", code="MX").name
    for name in ("codigos", "cohortes"):
        assert elsewhere not in world.clients["hilda"].get(f"/admin/{name}/").content.decode()
    assert elsewhere in world.clients["admin"].get("/admin/codigos/").content.decode()
