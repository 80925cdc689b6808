"""Is every look at somebody's name kept, whatever screen shows it?

Everybody who learns, and who speaks for an institution, bears a word that no other text has. Whoever is answered a
page or file with that word has left a row of who saw what, or the page stands here with the reason why not.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.db.models import Q

from accounts.models import Disclosure, Person
from tests.permissions.asking import QUERIES, address_of
from tests.permissions.table import SITE, Row, rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.table_of_duties import DUTIES
from tests.permissions.telling import text_of
from tests.permissions.test_rest import path, without_a_row
from tests.permissions.world import World

WORD = "Cenzontle"
BEARERS = ("amina", "farid", "chipo", "dalia")
# Each with the reason why the name that it shows is no look at somebody.
NOT_KEPT = {
    "certificates:verify_code": "public: whoever holds the paper reads the name on it",
    "learning:nomination": "says who proposed a course to the reader",
}
TABLES = {
    "admin": DESK,
    "elena": DESK,
    "ines": DUTIES,
    "julia": DUTIES,
    "chipo": SITE,
    "bruno": SITE,
    "farid": SITE,
}


def call_all(world: World, *, but: str) -> None:
    """Let everybody but the reader bear the word, on screen and on paper."""
    named = Person.objects.filter(
        Q(pk__in=[world.users[name].person_id for name in BEARERS if name != but]) | Q(user__isnull=True)
    )
    for number, person in enumerate(named):
        person.display_name = person.certificate_name = f"{WORD} {number}"
        person.save()


def asked(world: World, role: str, address: str) -> tuple[Any, bool]:
    """Return the answer, and whether it left a row; both are forgotten."""
    with transaction.atomic():
        try:
            response = world.clients[role].get(address)
            kept = Disclosure.objects.filter(by=world.users[role].person_id).exists()
            return text_of(response), kept
        finally:
            transaction.set_rollback(True)


def pages(table: str, role: str) -> list[Row]:
    return [row for row in rows(table) if row.method == "GET" and row.expected[role] == "200"]


@pytest.mark.parametrize("role", TABLES)
def test_whoever_reads_a_name_has_left_a_row(world: World, role: str) -> None:
    Disclosure.objects.all().delete()
    call_all(world, but=role)
    unkept, named = {}, 0
    for row in pages(TABLES[role], role):
        query = QUERIES.get(row.address, lambda w: {})(world)
        text, kept = asked(world, role, f"{address_of(world, row.address)}?{urlencode(query)}")
        named += WORD in text
        if WORD in text and not kept and row.address not in NOT_KEPT:
            unkept[row.address] = text[max(0, text.index(WORD) - 80) :][:160]
    assert not unkept, "Call looking.kept_list or looking.kept_person, or give the list a `look`."
    assert named or role == "farid", "The word is shown nowhere: this test would find nothing."


def test_no_screen_of_wagtails_own_names_anybody_unkept(world: World) -> None:
    Disclosure.objects.all().delete()
    call_all(world, but="admin")
    unkept = []
    for address, method in without_a_row():
        if method == "GET" and address.name != "wagtailadmin_error_test":
            text, kept = asked(world, "admin", path(world, address))
            if WORD in text and not kept:
                unkept.append(address.name or address.route)
    assert not unkept
