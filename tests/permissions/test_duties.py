"""Does a duty open what its table says, of its own countries and masked as it must be, and nothing else?"""

from __future__ import annotations

import datetime as dt
import re
from fnmatch import fnmatch
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import masking
from accounts.models import Duty, User
from tests.permissions.asking import answer, status_of
from tests.permissions.foreign import mark, path_of
from tests.permissions.table import SITE, Row, rows
from tests.permissions.table_of_duties import DUTIES
from tests.permissions.telling import of_the_place, telling, text_of
from tests.permissions.test_table import OPEN_IN_ADMIN
from tests.permissions.walking import Address, addresses, sample_path
from tests.permissions.world import NAME, ON_DUTY, World

ROWS = rows(DUTIES)
# What the frame of the admin shows to whoever is in it, and the parts of lists that have a row.
FRAME = (
    *OPEN_IN_ADMIN,
    "admin/login/",
    "admin/password_reset/*",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_logout",
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_duty_opens_what_the_table_says(world: World, row: Any) -> None:
    answered, leaks = {}, {}
    for role in row.expected:
        response = answer(world, role, row.method, row.address)
        answered[role] = status_of(response)
        # Hilda coordinates the country of the shelter: on this screen alone she reads where it is.
        here = row.address == "instituciones:place#shelter" and role == "hilda"
        if found := [
            word for word in telling(world, role, response) if not (here and word in of_the_place())
        ]:
            leaks[role] = found
    assert answered == row.expected
    assert not leaks


def _has_a_row(address: Address, method: str) -> bool:
    asked = {(row.address.partition("#")[0], row.method) for row in ROWS}
    return (address.name, method) in asked or any(
        fnmatch(address.name or address.route, part) for part in FRAME
    )


def _path(world: World, address: Address) -> str:
    try:
        return path_of(world, address) or sample_path(address.route)
    except LookupError:
        return sample_path(address.route)


@pytest.mark.parametrize("role", ["ines", "hilda", "iker", "julia"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_other_address_of_the_admin_is_closed_to_duties(world: World, role: str, method: str) -> None:
    """Wagtail's own are asked too, with real things in them: bulk actions, uploads, settings, the API."""
    mark(world)
    answered = {}
    for address in addresses():
        if not address.admin or _has_a_row(address, method):
            continue
        with transaction.atomic():
            response = world.clients[role].generic(method, _path(world, address))
            transaction.set_rollback(True)
        # Where a screen may be read and its form not be sent, the form is 403.
        if response.status_code != 404 and not (method == "POST" and response.status_code == 403):
            answered[address.name or address.route] = response.status_code
        if leaks := telling(world, role, response):
            answered[address.name or address.route] = leaks
    assert not answered


# Where groups are run: Elena runs those of everybody, who coordinates a country those of her country.
OF_GROUPS = ("learning:", "messaging:", "imports:")


def _may_be(row: Row, role: str) -> set[str]:
    """Return what somebody on a duty may be answered on the site: what Chipo is, somebody with nothing of her own."""
    if not row.address.startswith(OF_GROUPS):
        return {row.expected["chipo"]}
    # Chipo has an institution of her own to look after; of groups, Inés coordinates the country of this one.
    here = {row.expected["elena"]}
    return here if role == "ines" else here | {"404"}


@pytest.mark.parametrize("role", ON_DUTY)
def test_on_the_site_a_duty_opens_nothing_of_anybodys(world: World, role: str) -> None:
    answered, opened = {}, set()
    for row in rows(SITE):
        may_be = _may_be(row, role)
        if row.method == "GET" or row.expected["visitor"] not in may_be:
            response = answer(world, role, row.method, row.address)
            if status_of(response) not in may_be or telling(world, "hilda", response):
                answered[str(row)] = status_of(response)
            elif row.address.startswith(OF_GROUPS) and row.expected["chipo"] == "404" != status_of(response):
                opened.add(row.address.partition(":")[0])
    assert set(answered) <= {"GET certificates:verify_code"}
    # Who only looks on, or whose duty is over, runs no group; Hilda begins with her own country.
    assert opened <= ({"learning", "messaging", "imports"} if role in {"ines", "hilda"} else set())


# What a list shows of which country, and to whom names


def signs(text: str) -> list[str]:
    # A part of a certificate's code is no sign.
    return re.findall(r"\bP-[A-Z2-7]{4}-[A-Z2-7]{4}\b(?!-)", text)


def page(world: World, role: str, name: str, query: str = "") -> str:
    return text_of(world.clients[role].get(reverse(name) + query))


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("ines", "Hospital de Amina", "Casa de Dalia"),
        ("hilda", "Casa de Dalia", "Hospital de Amina"),
    ],
)
def test_a_coordinator_finds_the_institutions_of_her_country_alone(
    world: World, role: str, shown: str, hidden: str
) -> None:
    for query in ("", "?q=de", "?country=MX", "?country=GT"):
        text = page(world, role, "instituciones:index_results", query)
        assert hidden not in text
    assert shown in page(world, role, "instituciones:index_results")


def test_a_coordinator_makes_no_institution_in_another_country(world: World) -> None:
    form = {"name": "Otra casa", "type": "ngo", "sector": "other", "route_stages": []}
    address = reverse("instituciones:add")
    assert world.clients["hilda"].post(address, {**form, "country": "MX"}).status_code == 200
    assert world.clients["hilda"].post(address, {**form, "country": "GT"}).status_code == 302


def test_a_coordinator_moves_no_group_into_another_country_nor_out_of_hers(world: World) -> None:
    address = reverse("cohortes:edit", args=[world.cohort.pk])
    form = {
        "name": "Grupo",
        "course": world.small.course.pk,
        "modality": "self_paced",
        "activity_type": "training",
        "people": "",
    }
    ines = world.clients["ines"]
    assert ines.post(address, {**form, "country": "GT"}).status_code == 200
    assert ines.post(address, {**form, "institution": world.shelter.pk}).status_code == 200
    assert ines.post(address, form).status_code == 200
    assert ines.post(address, {**form, "institution": world.hospital.pk}).status_code == 302


def test_iker_reads_a_sign_in_place_of_a_name_and_finds_nobody_by_name_or_code(world: World) -> None:
    person = world.person("amina")
    plain = signs(page(world, "iker", "constancias:index_results"))
    assert plain == [masking.pseudonym(person)]
    for words in (NAME, person.display_name, world.certificate.code, "zzzz"):
        assert signs(page(world, "iker", "constancias:index_results", f"?q={words}")) == plain
    assert NAME in page(world, "julia", "constancias:index_results")


def test_ikers_file_has_signs_and_inéss_has_names(world: World) -> None:
    form = {"reason": "Informe anual al donante", "format": "csv"}
    files = {
        role: text_of(world.clients[role].post(reverse("constancias:index"), form))
        for role in ("ines", "hilda", "iker", "julia")
    }
    assert NAME in files["ines"]
    assert NAME in files["julia"]
    assert NAME not in files["iker"]
    assert signs(files["iker"])
    assert len(files["hilda"].splitlines()) == 1


# Dates


def test_an_audit_that_ends_today_is_shut_in_an_open_session_tomorrow(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    julia, address = world.clients["julia"], reverse("constancias:index")
    User.objects.filter(pk=world.users["julia"].pk).update(is_staff=True)
    last = Duty.objects.get(person=world.users["julia"].person).ends_on
    assert julia.get(address).status_code == 200
    monkeypatch.setattr("accounts.duties.timezone.localdate", lambda: last)
    assert julia.get(address).status_code == 200
    monkeypatch.setattr("accounts.duties.timezone.localdate", lambda: last + dt.timedelta(days=1))
    assert status_of(julia.get(address)) == "in"


def test_a_duty_that_an_administrator_ends_is_gone_at_the_next_click(world: World) -> None:
    ines, address = world.clients["ines"], reverse("instituciones:index")
    assert ines.get(address).status_code == 200
    duty = Duty.objects.get(person=world.users["ines"].person)
    world.clients["admin"].post(reverse("encargos:end", args=[duty.pk]), {"reason": "Se fue del programa"})
    assert status_of(ines.get(address)) == "in"


def test_a_duty_does_not_open_before_its_first_day(world: World) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Duty.objects.filter(person=world.users["ines"].person).update(starts_on=tomorrow)
    assert status_of(world.clients["ines"].get(reverse("instituciones:index"))) == "in"


def test_an_auditor_with_a_group_still_changes_nothing(world: World) -> None:
    """Julia is programme staff too: her audit goes before it."""
    julia = world.users["julia"]
    julia.groups.set(world.users["elena"].groups.all())
    edit = reverse("instituciones:edit", args=[world.hospital.pk])
    assert world.clients["elena"].get(edit).status_code == 200
    assert world.clients["julia"].get(edit).status_code == 404
    assert world.clients["julia"].post(edit, {"name": "Otro"}).status_code in {403, 404}
    for path in (
        "/admin/images/add/",
        "/admin/images/multiple/add/",
        "/admin/bulk/media_library/picture/delete/",
    ):
        assert world.clients["julia"].post(path).status_code == 403
    assert world.clients["julia"].get(reverse("wagtailadmin_reports:site_history")).status_code == 404
