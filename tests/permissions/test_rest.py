"""Is every address of the admin that has no row elsewhere answered as the table of the rest says?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.permissions.asking import status_of
from tests.permissions.foreign import arguments, mark, path_of
from tests.permissions.table import rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.table_of_rest import REST
from tests.permissions.telling import telling
from tests.permissions.walking import Address, addresses, sample_path
from tests.permissions.world import World

METHODS = ("GET", "POST")
ROLES = ("gael", "bruno", "elena", "admin")


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """Return what the table says, by address and method; a dash stands where another table has the row."""
    header, *lines = (line.split() for line in REST.splitlines() if line.strip())
    found = {}
    for name, *cells in lines:
        pairs = [cell.split("/") for cell in cells]
        for at, method in enumerate(METHODS):
            said = {role: pair[at] for role, pair in zip(header[1:], pairs, strict=True)}
            if set(said.values()) != {"-"}:
                found[name, method] = said
    return found


def elsewhere() -> set[tuple[str, str]]:
    """Return the addresses and methods that the table of the admin has."""
    return {(row.address, row.method) for row in rows(DESK)}


def without_a_row() -> Iterator[tuple[Address, str]]:
    """Return each address of the admin and method that the table of the admin leaves to the one of the rest."""
    for address in addresses():
        for method in METHODS:
            if address.admin and (address.name or address.route, method) not in elsewhere():
                yield address, method


def path(world: World, address: Address) -> str:
    """Return the address with real things in it, as far as it names any."""
    try:
        return path_of(world, address) or sample_path(address.route)
    except LookupError:
        # A door that stands before a library's view has no name to be reversed by.
        known = arguments(world) if "translation" in world.things else {}
        route = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known.get(found[1], found[0])), address.route)
        return sample_path(route)


def asked(world: World, role: str, method: str, where: str) -> Any:
    """Let a role ask; what the request changed is rolled back."""
    with transaction.atomic():
        try:
            return world.clients[role].generic(method, where)
        finally:
            transaction.set_rollback(True)


def test_no_address_of_the_admin_is_without_a_row() -> None:
    missing = {(a.name or a.route, method) for a, method in without_a_row()} - set(expected())
    assert not missing, "Write a row into table_of_rest.py, or better one into table_of_admin.py."
    over = set(expected()) - {(a.name or a.route, method) for a, method in without_a_row()}
    assert not over, "There is no such address, or another table has it."


@pytest.mark.parametrize("role", ROLES)
def test_every_other_address_of_the_admin_answers_what_the_table_says(world: World, role: str) -> None:
    mark(world)
    # A translation without its target is no state that the editor knows.
    world.things["translation"].save_target(publish=False)
    table, wrong, leaks = expected(), {}, {}
    for address, method in without_a_row():
        name = address.name or address.route
        response = asked(world, role, method, path(world, address))
        said, found = table.get((name, method), {}).get(role), status_of(response)
        if said != found:
            wrong[f"{method} {name}"] = f"{found} and not {said}"
        if told := telling(world, role, response):
            leaks[f"{method} {name}"] = told
    assert not wrong
    assert not leaks, "Somebody reads what is not for her eyes."
