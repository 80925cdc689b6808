"""Is each role answered what the table says, at every address of the site?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import get_page_models

from tests.permissions.asking import PAGES, answer, status_of
from tests.permissions.table import SITE, Row, rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.telling import text_of
from tests.permissions.walking import addresses, desk_names, sample_path, site_names
from tests.permissions.world import NAME, NOTE, POINTS, World, marks

SITE_ROWS, DESK_ROWS = rows(SITE), rows(DESK)

# Whoever holds the code reads the name on the paper; programme staff keep the register of certificates.
NAMED_AT = ("certificates:verify_code", "constancias:")
KNOW_HER = {"amina", "bruno", "elena", "admin"}

# What the admin answers to everybody: its pictograms and its words, neither of which is anybody's. A forgotten
# password is asked for at the site's own page.
OPEN_IN_ADMIN = {"wagtailadmin_sprite": 200, "wagtailadmin_javascript_catalog": 200}
NOT_IN_ADMIN = "admin/password_reset/"
LEARNERS = ("amina", "farid", "chipo", "dalia")


def told(role: str, address: str, response: Any) -> list[str]:
    """Return which of Amina's things an answer tells to somebody else."""
    if role == "amina":
        return []
    text = text_of(response)
    hers = [] if role in KNOW_HER or address.startswith(NAMED_AT) else [NAME]
    return [mark for mark in (*marks(), *hers) if mark in text]


@pytest.mark.parametrize("row", [*SITE_ROWS, *DESK_ROWS], ids=str)
def test_everybody_is_answered_what_the_table_says(world: World, row: Row) -> None:
    answered, leaks = {}, {}
    for role in row.expected:
        response = answer(world, role, row.method, row.address)
        answered[role] = status_of(response)
        if found := told(role, row.address, response):
            leaks[role] = found
    assert answered == row.expected
    assert not leaks, "Somebody else reads what is Amina's."


def test_amina_herself_reads_what_is_hers(world: World) -> None:
    assert NOTE in text_of(answer(world, "amina", "GET", "page:lesson"))
    data = text_of(answer(world, "amina", "GET", "accounts:download"))
    assert NOTE in data
    assert str(POINTS) in data


def test_no_address_of_the_site_is_forgotten() -> None:
    # A row with another thing («#gael») says nothing of the address with its own.
    asked = {(row.address, row.method) for row in SITE_ROWS}
    missing = {(name, method) for name in site_names() for method in ("GET", "POST")} - asked
    assert not missing, "Each address outside of the admin has a row for GET and one for POST."


def test_every_address_of_the_site_has_a_name_by_which_the_table_calls_it() -> None:
    nameless = {address.route for address in addresses() if not address.name and not address.admin}
    assert not nameless


def test_no_screen_of_ours_in_the_admin_is_forgotten() -> None:
    asked = {row.address for row in DESK_ROWS}
    missing = set(desk_names()) - asked
    assert not missing, "Write a row; only Wagtail's own namespaces may do without (walking.WAGTAILS)."


def test_no_kind_of_page_is_forgotten(world: World) -> None:
    things = [world.page.get_parent(), world.page, world.small.index, world.small.page, world.small.module]
    things += [world.small.lessons[0], world.small.quiz_page]
    ours = {model for model in get_page_models() if not model.__module__.startswith("wagtail.")}
    assert {type(page.specific) for page in things} == ours
    asked = {row.address for row in SITE_ROWS}
    assert {f"page:{kind}" for kind in PAGES} <= asked


@pytest.mark.parametrize("role", ["visitor", *LEARNERS, "kenia"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_of_the_admin_is_closed_to_who_is_no_staff(
    world: World, role: str, method: str
) -> None:
    client, answered = world.clients[role], {}
    for address in addresses():
        if not address.admin or address.name in OPEN_IN_ADMIN or address.route.startswith(NOT_IN_ADMIN):
            continue
        response = client.generic(method, sample_path(address.route))
        if status_of(response) not in {"in", "403"}:
            answered[address.name or address.route] = response.status_code
    assert not answered


def test_what_the_admin_answers_to_everybody_is_nobodys(world: World) -> None:
    for address in addresses():
        answered = world.clients["visitor"].get(sample_path(address.route)) if address.admin else None
        if answered is not None and address.name in OPEN_IN_ADMIN:
            assert answered.status_code == OPEN_IN_ADMIN[address.name]
            assert NAME not in text_of(answered)
        elif answered is not None and address.route.startswith(NOT_IN_ADMIN):
            assert answered.status_code == 404 or answered["Location"] == reverse("account_reset_password")
