"""The catalogue of public bodies: loaded once, never over an edit; an institution is made from an entry."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from home.starter.countries import COUNTRIES
from institutions import official
from institutions.lineage import Reason, Refused
from institutions.models import Institution, OfficialBody
from programme.models import Country


@pytest.fixture
def countries(db: Any) -> None:
    for code in ("MX", "GT", "HN", "SV"):
        Country.objects.get_or_create(code=code, defaults=COUNTRIES[code])


def load() -> str:
    out = StringIO()
    call_command("load_official_bodies", stdout=out)
    return out.getvalue()


def test_the_four_countries_are_there_and_a_second_time_changes_nothing(countries: None) -> None:
    load()
    before = list(OfficialBody.objects.order_by("pk").values_list())
    assert {code for (code,) in OfficialBody.objects.values_list("country")} == {"MX", "GT", "HN", "SV"}
    assert "kept" in load()
    assert list(OfficialBody.objects.order_by("pk").values_list()) == before


def test_dinaf_leads_to_senaf_and_conna_and_isna_to_conapina(countries: None) -> None:
    load()
    said = dict(
        OfficialBody.objects.filter(successor__isnull=False).values_list(
            "short_name", "successor__short_name"
        )
    )
    assert said == {"DINAF": "SENAF", "CONNA": "CONAPINA", "ISNA": "CONAPINA"}


def test_an_edited_entry_stays_and_the_loader_names_it(countries: None) -> None:
    load()
    OfficialBody.objects.filter(key="mx-inm").update(name="Instituto, como se llama ahora", unverified=False)
    words = load()
    assert "Instituto, como se llama ahora" in words
    assert not OfficialBody.objects.get(key="mx-inm").unverified


def test_what_the_file_says_anew_is_renewed(countries: None) -> None:
    entry = {"key": "x", "country": "MX", "name": "Viejo", "sector": "health"}
    official.load([entry])
    done, _edited = official.load([{**entry, "name": "Nuevo"}])
    assert done == {"renewed": 1}
    assert OfficialBody.objects.get().name == "Nuevo"


def test_without_countries_it_says_what_to_run(db: Any) -> None:
    Country.objects.all().delete()
    with pytest.raises(CommandError, match="load_starter"):
        load()


def test_an_institution_is_made_from_an_entry_once(countries: None) -> None:
    load()
    body = OfficialBody.objects.get(key="mx-comar")
    made = official.make_institution(body=body)
    assert (made.short_name, made.sector, made.official, made.is_demo) == ("COMAR", "refuge", body, False)
    with pytest.raises(Refused) as refused:
        official.make_institution(body=body)
    assert refused.value.reason == Reason.NAME_TAKEN
    assert Institution.objects.count() == 1
