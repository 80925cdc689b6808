"""Who saw or exported what of Amina is kept, with a reason; auditors read it, and she does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import disclosures, masking
from accounts.models import Act, DisclosedPerson, Disclosure, Duty, DutyKind, Person, Role
from accounts.sight import NOTHING, Sight
from common.clock import now
from tests.factories.accounts import PersonFactory, UserFactory, country

pytestmark = pytest.mark.django_db
WHY = "Informe anual al donante"


@pytest.fixture
def amina(settings):
    settings.ROOT_URLCONF = "lms.urls"
    return UserFactory(
        email="amina@example.org", person__display_name="Amina", person__certificate_name="Amina Xol Caal"
    )


@pytest.fixture
def elena():
    return UserFactory(email="elena@example.org", is_staff=True, person__display_name="Elena")


def page_of(user, name, query=""):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name) + query).content.decode()


def test_an_export_without_a_reason_is_not_kept_and_raises(elena):
    for reason in ("", "  ", "porque sí"):
        with pytest.raises(disclosures.NoReason):
            disclosures.keep(by=elena.person, act=Act.EXPORTED, what="people", reason=reason, rows=3)
    assert not Disclosure.objects.exists()


def test_who_stands_in_a_file_reads_that_it_was_made_and_not_by_whom(amina, elena):
    others = [PersonFactory().pk for _number in range(3)]
    disclosures.keep(
        by=elena.person,
        act=Act.EXPORTED,
        what="certificates",
        reason=WHY,
        rows=4,
        people=[amina.person_id, *others],
    )
    text = page_of(amina, "accounts:who_sees")
    assert "4" in text
    assert "Elena" not in text
    assert WHY not in text
    stranger = UserFactory(email="otra@example.org")
    assert 'class="ledger"' not in page_of(stranger, "accounts:who_sees")


def test_what_was_seen_of_a_merged_record_is_told_to_the_person_whose_it_is(amina, elena):
    twin = PersonFactory()
    disclosures.seen(by=elena.person, what="certificates", of=twin)
    Person.objects.filter(pk=twin.pk).update(canonical=amina.person)
    assert 'class="ledger"' in page_of(amina, "accounts:who_sees")


def test_looking_twice_a_day_is_kept_once_and_looking_at_oneself_never(amina, elena):
    for _time in range(3):
        disclosures.seen(by=elena.person, what="certificates", of=amina.person)
    disclosures.seen(by=amina.person, what="certificates", of=amina.person)
    assert Disclosure.objects.count() == 1
    disclosures.seen(
        by=elena.person, what="certificates", of=amina.person, at=now() + dt.timedelta(days=1, minutes=1)
    )
    assert Disclosure.objects.count() == 2


def test_a_role_is_kept_as_it_was(amina, elena):
    duty = Duty.objects.create(
        person=elena.person,
        kind=DutyKind.COORDINATOR,
        country=country("GT"),
        starts_on=now().date() - dt.timedelta(days=2),
        granted_at=now(),
        reason=WHY,
    )
    disclosures.seen(by=elena.person, what="certificates", of=amina.person)
    duty.delete()
    assert Disclosure.objects.get().role == Role.COORDINATOR


def test_five_thousand_people_of_a_file_cost_few_queries(elena):
    Person.objects.bulk_create([Person(display_name=f"N{n}") for n in range(5000)])
    keys = Person.objects.values_list("pk", flat=True)
    with CaptureQueriesContext(connection) as asked:
        disclosures.keep(
            by=elena.person, act=Act.EXPORTED, what="people", reason=WHY, rows=5000, people=keys.iterator()
        )
    assert DisclosedPerson.objects.count() == keys.count()
    assert len(asked) < 20


def test_the_audit_page_finds_by_who_and_by_whose(amina, elena):
    admin = UserFactory(email="admin@example.org", is_superuser=True, person__display_name="Ada")
    disclosures.seen(by=elena.person, what="certificates", of=amina.person)
    disclosures.keep(
        by=admin.person, act=Act.EXPORTED, what="certificates", reason=WHY, rows=1, people=[amina.person_id]
    )
    results = "auditoria:index_results"
    assert WHY in page_of(admin, results)
    assert WHY not in page_of(admin, results, "?by=Elena")
    assert WHY in page_of(admin, results, "?of=Xol")
    assert "Elena" in page_of(admin, results, "?of=Xol&act=viewed")
    assert WHY not in page_of(admin, results, "?of=Nadie")


def test_the_file_of_the_audit_asks_for_a_reason_too_and_is_kept(amina, elena):
    admin = UserFactory(email="admin@example.org", is_superuser=True)
    elena.person.display_name = "=cmd|' /C calc'!A0"
    elena.person.save()
    disclosures.seen(by=elena.person, what="certificates", of=amina.person)
    client = Client()
    client.force_login(admin)
    address = reverse("auditoria:index")
    asked = client.get(address + "?export=csv")
    assert asked.status_code == 200
    assert "Amina" not in asked.content.decode()
    assert client.post(address, {"reason": "corto", "format": "csv"}).status_code == 422
    sent = client.post(address, {"reason": WHY, "format": "csv"})
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert "Amina" in text
    assert "'=cmd" in text
    assert "no-store" in sent["Cache-Control"]
    kept = Disclosure.objects.get(act=Act.EXPORTED)
    assert (kept.reason, kept.rows) == (WHY, 1)
    assert DisclosedPerson.objects.get(disclosure=kept).person == amina.person
    book = client.post(address, {"reason": WHY, "format": "xlsx"})
    assert b"".join(book.streaming_content).startswith(b"PK")


# Masking


def test_a_masked_reader_tells_people_apart_and_knows_nobody(amina, elena):
    masked, named = Sight(whole=True), Sight(whole=True, names=True)
    sign = masking.name_of(amina.person, masked)
    assert sign == masking.pseudonym(amina.person)
    assert sign != masking.pseudonym(elena.person)
    assert "Amina" not in sign
    assert masking.name_of(amina.person, named, printed=True) == "Amina Xol Caal"
    assert masking.contact("amina@example.org", masked) == masking.HIDDEN
    assert masking.contact("", masked) == ""


def test_a_sign_is_made_with_the_sites_secret(amina, settings):
    before = masking.pseudonym(amina.person)
    settings.SECRET_KEY = "otra clave de otro sitio"
    assert masking.pseudonym(amina.person) != before


def test_nothing_is_searched_or_sorted_by_name_for_who_may_not_know_names():
    fields = ["code", "person__certificate_name", "-person__folded_name", "course__title", "user__email"]
    assert masking.searchable(fields[:2], NOTHING) == []
    assert masking.orderable(fields, NOTHING) == ["course__title"]
    assert masking.searchable(fields[:2], Sight(names=True)) == fields[:2]


def test_the_team_that_may_list_people_is_named_among_who_sees_her(amina):
    assert "equipo del programa" not in page_of(amina, "accounts:who_sees")
    team = Group.objects.create(name="Equipo")
    team.permissions.add(Permission.objects.get(codename="view_person", content_type__app_label="accounts"))
    UserFactory(email="equipo@example.org").groups.add(team)
    assert "equipo del programa" in page_of(amina, "accounts:who_sees")
