"""What somebody might try who wants to see more than her task shows: forged filters, orders, forms and old links."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.urls import reverse

from accounts import erasing
from accounts.models import Person
from assessments.models import Attempt
from institutions.models import Membership, MembershipRole, MembershipState
from tests.factories.courses import committed
from tests.permissions.asking import FORMS, address_of, status_of
from tests.permissions.table import SITE, rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.telling import telling, text_of
from tests.permissions.test_rest import path
from tests.permissions.walking import addresses
from tests.permissions.world import NAME, World, marks

WHY = "Informe anual al donante"
# Not a part of a code of a certificate, of which one in thousands holds such letters.
SIGN = re.compile(r"\bP-[A-Z2-7]{4}-[A-Z2-7]{4}\b(?!-)")
# What an auditor's own window changes: her session, her own settings of the admin, and what is kept of her looks.
HERS = {"sessions.Session", "accounts.Disclosure", "accounts.DisclosedPerson", "wagtailusers.UserProfile"}
# Each sends her out, or is her own.
NOT_SENT = {"wagtailadmin_logout", "wagtailadmin_account"}


def dump() -> dict[str, str]:
    """Return all rows of all tables but her own."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in models
        if model._meta.label not in HERS
    }


# An auditor who sends forms


def test_an_auditor_sends_every_form_of_the_admin_and_nothing_changes(world: World) -> None:
    julia, before, forms = world.clients["julia"], dump(), 0
    with committed():
        for row in rows(DESK):
            if row.method == "POST" and row.address not in NOT_SENT:
                with transaction.atomic():
                    julia.post(address_of(world, row.address), FORMS.get(row.address, lambda w: {})(world))
                forms += 1
        for address in addresses():
            if address.admin and address.name not in NOT_SENT:
                with transaction.atomic():
                    julia.post(
                        path(world, address), {"name": "Otro", "sure": "on", "action": "action-publish"}
                    )
                forms += 1
    assert forms > 400
    after = dump()
    assert {label for label in after if after[label] != before[label]} <= {
        "django_tasks_database.DBTaskResult"
    }
    assert julia.get(reverse("constancias:index")).status_code == 200


def test_an_expired_auditor_with_an_open_window_reads_no_screen_and_no_file(world: World) -> None:
    kenia = world.clients["kenia"]
    for row in rows(DESK):
        asked = kenia.generic(row.method, address_of(world, row.address))
        assert status_of(asked) in {"in", "302", "403"}, row
        assert not [mark for mark in (*marks(), NAME) if mark in text_of(asked)], row


# A focal point who wants more


@pytest.mark.parametrize(
    "query",
    [
        "ordering=score",
        "ordering=-points",
        "order_by=attempt__points",
        "sort=score&q=",
        "search=points",
        "passed=1&points__gte=1",
        "export=csv",
        "format=json",
        "fields=points,answers",
        "p=2%00",
        "q=%00",
    ],
)
def test_a_focal_point_asks_for_points_by_no_word_of_the_address(world: World, query: str) -> None:
    for key in ("learning:institution", "learning:institutions", "learning:home", "learning:record"):
        response = world.clients["chipo"].get(f"{address_of(world, key)}?{query}", follow=True)
        assert response.status_code in {200, 404}
        assert "text/html" in response["Content-Type"]
        assert not telling(world, "chipo", response)


def test_the_order_of_her_people_says_nothing_of_how_they_did(world: World) -> None:
    """Two who completed nothing and one with points stand in the same order whatever she asks."""
    page = address_of(world, "learning:institution")
    plain = _people(text_of(world.clients["chipo"].get(page)))
    Attempt.objects.filter(person=world.person("amina")).update(points=99)
    for query in ("ordering=score", "ordering=-score", "sort=-points", "order=points"):
        assert _people(text_of(world.clients["chipo"].get(f"{page}?{query}"))) == plain


def _people(text: str) -> list[str]:
    return re.findall(r'name="people" value="([^"]+)"', text)


def test_the_focal_point_of_another_institution_is_told_nothing_by_any_address(world: World) -> None:
    answered = {}
    for row in rows(SITE):
        if row.method != "GET" or row.address.startswith("certificates:verify"):
            continue
        response = world.clients["dalia"].get(address_of(world, row.address) + f"?q={NAME}&person=1&next=/")
        told = [mark for mark in telling(world, "dalia", response) if mark != NAME]
        # What she typed herself may stand in the search box, and nowhere else.
        if told or text_of(response).count(NAME) > 2:
            answered[row.address] = told
    assert not answered


def test_who_says_that_she_speaks_for_the_hospital_sees_nothing_until_somebody_confirms_it(
    world: World,
) -> None:
    gael = world.users["gael"].person
    claim = Membership.objects.create(
        person=gael,
        institution=world.hospital,
        role=MembershipRole.FOCAL_POINT,
        state=MembershipState.CLAIMED,
        starts_on=world.works("amina").starts_on,
    )
    for key in ("learning:institution", "learning:institutions"):
        assert world.clients["gael"].get(address_of(world, key)).status_code == 404
    for key in ("learning:nominate", "learning:confirm_membership", "learning:take_back"):
        assert world.clients["gael"].post(address_of(world, key), {"answer": "confirm"}).status_code == 404
    claim.refresh_from_db()
    assert claim.state == MembershipState.CLAIMED


def test_of_who_merely_says_that_she_works_there_her_focal_point_reads_the_claim_alone(world: World) -> None:
    row = world.works("amina")
    Membership.objects.filter(pk=row.pk).update(
        state=MembershipState.CLAIMED, confirmed_by=None, confirmed_at=None
    )
    text = text_of(world.clients["chipo"].get(address_of(world, "learning:institution")))
    assert world.certificate.code not in text
    assert str(world.certificate.key) not in text
    assert not [mark for mark in marks() if mark in text]


# A coordinator who forges what she asks


@pytest.mark.parametrize("name", ["personas:index", "instituciones:index", "constancias:index"])
@pytest.mark.parametrize(
    "query", ["country=MX", "country=MX&country=GT", "institution=Hospital", "q=Amina", "p=1"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hilda_takes_nobody_of_mexico_along_whatever_she_asks(
    world: World, name: str, query: str, kind: str
) -> None:
    form = {"reason": WHY, "format": kind, "country": "MX", "id": "all", "q": NAME}
    sent = world.clients["hilda"].post(f"{reverse(name)}?{query}&export={kind}", form)
    text = text_of(sent)
    assert sent.status_code in {200, 422}
    assert NAME not in text
    assert "Hospital de Amina" not in text
    assert not telling(world, "hilda", sent)


def test_hilda_acts_on_nobody_of_mexico_by_ticking_her_or_everybody(world: World) -> None:
    row = world.works("amina")
    Membership.objects.filter(pk=row.pk).update(
        state=MembershipState.CLAIMED, confirmed_by=None, confirmed_at=None
    )
    bulk = reverse("wagtail_bulk_action", args=["accounts", "person", "confirm"])
    for asked in (f"id={row.person_id}", "id=all", "id=all&country=MX"):
        assert NAME not in text_of(world.clients["hilda"].get(f"{bulk}?{asked}"))
        world.clients["hilda"].post(f"{bulk}?{asked}")
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


# A monitor who wants to know who it is


@pytest.mark.parametrize("name", ["personas:index_results", "constancias:index_results"])
def test_iker_learns_no_name_by_order_search_or_filter(world: World, name: str) -> None:
    iker, address = world.clients["iker"], reverse(name)
    plain = SIGN.findall(text_of(iker.get(address)))
    assert plain
    for column in (
        "name",
        "person",
        "display_name",
        "certificate_name",
        "folded_name",
        "person__certificate_name",
        "user__email",
        "code",
        "birth_year",
    ):
        for query in (
            f"ordering={column}",
            f"ordering=-{column}",
            f"{column}=Amina",
            f"{column}__startswith=A",
        ):
            assert SIGN.findall(text_of(iker.get(f"{address}?{query}"))) == plain, query
    for words in (NAME, "Amina", "amina@senda.example", world.certificate.code, "zzzzz"):
        assert SIGN.findall(text_of(iker.get(f"{address}?q={words}"))) == plain, words


# Old links


def test_the_links_of_an_erased_person_name_nobody_and_open_nothing(world: World) -> None:
    amina, links = world.person("amina"), ("learning:resume", "certificates:download", "assessments:resume")
    with committed():
        erasing.erase(person=amina, by=amina, reason="Lo pidió ella")
    for key in links:
        assert status_of(world.clients["amina"].get(address_of(world, key))) in {"in", "404"}
        assert status_of(world.clients["chipo"].get(address_of(world, key))) == "404"
    public = text_of(world.clients["visitor"].get(address_of(world, "certificates:verify_code")))
    assert NAME not in public
    for role, key in (("chipo", "learning:institution"), ("bruno", "learning:cohort")):
        assert NAME not in text_of(world.clients[role].get(address_of(world, key)))
    for role in ("admin", "elena", "ines", "julia"):
        for name in ("personas:index_results", "constancias:index_results", "auditoria:index_results"):
            assert NAME not in text_of(world.clients[role].get(reverse(name)))
    assert Person.objects.get(pk=amina.pk).certificate_name == ""
