"""Hilda coordinates Guatemala, Íker monitors, Julia audits: who asks them to, until when, and what that opens."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import duties, resets, second_factor
from accounts.duties import Reason
from accounts.models import Duty, DutyKind, PersonMerge, User
from accounts.rights import ADMIN
from accounts.sight import NOTHING, sight_of
from common.clock import now
from tests.courses.cast import log_in
from tests.factories.accounts import CodeUserFactory, UserFactory, country

pytestmark = pytest.mark.django_db
WHY = "Lo pidió la dirección del programa"


@pytest.fixture
def admin():
    return UserFactory(email="admin@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def hilda():
    return UserFactory(email="hilda@example.org", person__display_name="Hilda")


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def granted(user, admin, kind=DutyKind.COORDINATOR, **fields):
    asked = {"country": country("GT"), "starts_on": day(0), "reason": WHY} | fields
    return duties.grant(person=user.person, kind=kind, by=admin, **asked)


def again(user: User) -> User:
    """The user of the next request."""
    return User.objects.get(pk=user.pk)


def refused(user, admin, **fields):
    with pytest.raises(duties.Refused) as refusal:
        granted(user, admin, **fields)
    return refusal.value.reason


# Granting


def test_hilda_coordinates_guatemala_from_the_day_it_is_granted(hilda, admin):
    assert not again(hilda).has_perm(ADMIN)
    duty = granted(hilda, admin)
    assert duty.granted_by == admin.person
    assert again(hilda).has_perm(ADMIN)
    assert not again(hilda).has_perm("accounts.change_user")
    assert sight_of(again(hilda)).countries == {"GT"}
    assert not sight_of(again(hilda)).whole


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"country": None}, Reason.NO_COUNTRY),
        ({"kind": DutyKind.AUDITOR, "country": None}, Reason.NO_END),
        ({"ends_on": -1, "starts_on": 5}, Reason.ENDS_BEFORE),
        ({"ends_on": -1, "starts_on": -5}, Reason.OVER),
        ({"reason": "porque sí"}, Reason.NO_REASON),
        ({"reason": "          "}, Reason.NO_REASON),
    ],
)
def test_what_is_wrong_with_a_duty_is_said(hilda, admin, fields, reason):
    dates = {name: day(fields[name]) for name in ("starts_on", "ends_on") if name in fields}
    assert refused(hilda, admin, **{**fields, **dates}) == reason
    assert not Duty.objects.exists()


def test_nobody_but_an_administrator_grants_and_none_to_herself(hilda, admin):
    elena = UserFactory(email="elena@example.org", is_staff=True)
    assert refused(hilda, elena) == Reason.NOT_ADMINISTRATOR
    assert refused(admin, admin) == Reason.SELF
    other = UserFactory(email="otra@example.org", is_superuser=True)
    assert refused(other, admin) == Reason.ADMINISTRATOR


def test_a_code_with_a_pin_is_not_enough_for_a_duty(admin):
    farid = CodeUserFactory()
    assert refused(farid, admin) == Reason.NO_EMAIL
    User.objects.filter(pk=farid.pk).update(is_active=False, email="farid@example.org")
    assert refused(farid, admin) == Reason.NO_LOGIN


def test_who_sees_signs_in_place_of_names_gets_no_second_list_with_names(hilda, admin):
    granted(hilda, admin, kind=DutyKind.MONITOR, country=None)
    assert refused(hilda, admin) == Reason.OTHER_KIND
    duties.end(duty=Duty.objects.get(), reason="Pasa a coordinar", by=admin)
    granted(hilda, admin)
    assert refused(hilda, admin) == Reason.HAS_IT
    granted(hilda, admin, country=country("HN"))
    assert sight_of(again(hilda)).countries == {"GT", "HN"}


def test_the_database_itself_keeps_no_audit_without_an_end(hilda):
    for fields in (
        {"kind": DutyKind.AUDITOR},
        {"kind": DutyKind.COORDINATOR},
        {"kind": DutyKind.MONITOR, "ends_on": day(-1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(person=hilda.person, starts_on=day(0), granted_at=now(), reason=WHY, **fields)


# What counts when


def test_an_audit_is_over_the_day_after_its_last_even_with_the_tick_of_staff(hilda, admin):
    duty = granted(hilda, admin, kind=DutyKind.AUDITOR, country=None, ends_on=day(0))
    User.objects.filter(pk=hilda.pk).update(is_staff=True)
    assert again(hilda).has_perm(ADMIN)
    Duty.objects.filter(pk=duty.pk).update(starts_on=day(-9), ends_on=day(-1))
    assert not again(hilda).has_perm(ADMIN)
    assert sight_of(again(hilda)) == NOTHING


def test_a_duty_ends_when_somebody_ends_it_and_says_why(hilda, admin):
    duty = granted(hilda, admin)
    with pytest.raises(duties.Refused) as refusal:
        duties.end(duty=duty, reason="ya", by=admin)
    assert refusal.value.reason == Reason.NO_REASON
    with pytest.raises(duties.Refused):
        duties.end(duty=duty, reason=WHY, by=hilda)
    duties.end(duty=duty, reason=WHY, by=admin)
    duty.refresh_from_db()
    assert (duty.ended_by, duty.end_reason) == (admin.person, WHY)
    assert not again(hilda).has_perm(ADMIN)
    with pytest.raises(duties.Refused) as refusal:
        duties.end(duty=duty, reason=WHY, by=admin)
    assert refusal.value.reason == Reason.ENDED


def test_a_login_that_is_switched_off_has_no_duty(hilda, admin):
    granted(hilda, admin)
    User.objects.filter(pk=hilda.pk).update(is_active=False)
    assert not again(hilda).has_perm(ADMIN)
    assert sight_of(again(hilda)) == NOTHING


def test_merging_two_records_hands_on_no_duty(hilda, admin):
    twin = UserFactory(email="gemela@example.org")
    granted(hilda, admin)
    PersonMerge.objects.create(duplicate=twin.person, into=hilda.person, merged_at=now())
    type(twin.person).objects.filter(pk=twin.person_id).update(canonical=hilda.person)
    assert not again(twin).has_perm(ADMIN)
    assert again(hilda).has_perm(ADMIN)


def test_an_audit_takes_along_what_groups_would_let_change(hilda, admin):
    hilda.user_permissions.set(
        Permission.objects.filter(codename__in=["change_institution", "view_institution", "access_admin"])
    )
    assert again(hilda).has_perm("institutions.change_institution")
    granted(hilda, admin, kind=DutyKind.AUDITOR, country=None, ends_on=day(30))
    assert not again(hilda).has_perm("institutions.change_institution")
    assert again(hilda).has_perm("institutions.view_institution")
    assert not sight_of(again(hilda)).changes


def test_duties_cost_one_query_a_request(hilda, admin):
    granted(hilda, admin)
    user = again(hilda)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for code in ("a.b", ADMIN, "institutions.view_institution"):
            user.has_perm(code)
        sight_of(user)
    assert sum("accounts_duty" in query["sql"] for query in asked) == 1


@pytest.mark.parametrize("kind", [DutyKind.MONITOR, DutyKind.AUDITOR])
def test_whoever_looks_on_has_no_right_that_changes(kind):
    from accounts import rights

    assert {code.partition(".")[2].partition("_")[0] for code in rights.permissions_of([kind])} <= {
        "view",
        "access",
    }


# How it goes with the second factor and with secrets


def test_who_has_a_duty_shows_a_second_factor_though_she_has_no_tick_of_staff(hilda, admin, settings):
    settings.SENDA_STAFF_TOTP = True
    settings.ROOT_URLCONF = "lms.urls"
    assert not second_factor.is_asked_of(again(hilda))
    granted(hilda, admin)
    assert second_factor.is_asked_of(again(hilda))
    client = Client()
    client.force_login(hilda)
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_activate_totp"))


def test_a_facilitator_gives_no_new_pin_to_who_has_a_duty(hilda, admin, monkeypatch):
    granted(hilda, admin)
    User.objects.filter(pk=hilda.pk).update(email="")
    monkeypatch.setattr("accounts.resets._knows_her", lambda user, by: True)
    assert resets.why_not(user=again(hilda), by=UserFactory().person) == resets.Reason.PRIVILEGED


# The screen


def client_of(user, settings):
    settings.ROOT_URLCONF = "lms.urls"
    client = Client()
    client.force_login(user)
    return client


def test_an_administrator_grants_on_the_screen_and_reads_what_is_wrong(hilda, admin, settings):
    client = client_of(admin, settings)
    form = {"login": "hilda@example.org", "kind": "auditor", "starts_on": str(day(0)), "reason": WHY}
    shown = client.post(reverse("encargos:add"), form)
    assert shown.status_code == 200
    assert not Duty.objects.exists()
    assert client.post(reverse("encargos:add"), {**form, "ends_on": str(day(30))}).status_code == 302
    assert Duty.objects.get().person == hilda.person
    assert "Hilda" in client.get(reverse("encargos:index")).content.decode()
    assert client.post(reverse("encargos:add"), {**form, "login": "nadie@example.org"}).status_code == 200


def test_an_auditor_of_one_country_reads_its_duties_and_those_over_the_whole(hilda, admin, settings):
    hers = granted(hilda, admin, DutyKind.AUDITOR, ends_on=day(9))
    here = granted(UserFactory(email="ines@example.org", person__display_name="Inés GT"), admin)
    whole = granted(
        UserFactory(email="iker@example.org", person__display_name="Íker"),
        admin,
        DutyKind.MONITOR,
        country=None,
    )
    abroad = granted(
        UserFactory(email="ofelia@example.org", person__display_name="Ofelia MX"),
        admin,
        country=country("MX"),
    )
    client = client_of(hilda, settings)
    assert client.get(reverse("encargos:index")).status_code == 200
    listed = client.get(reverse("encargos:index")).content.decode()
    assert {name for name in ("Inés GT", "Íker", "Ofelia MX") if name in listed} == {"Inés GT", "Íker"}
    for duty, status in ((hers, 200), (here, 200), (whole, 200), (abroad, 404)):
        assert client.get(reverse("encargos:inspect", args=[duty.pk])).status_code == status
        for name in ("history", "usage", "edit", "delete", "end"):
            answer = client.get(reverse(f"encargos:{name}", args=[duty.pk]))
            assert "Ofelia" not in answer.content.decode()


def test_a_group_that_is_given_or_taken_holds_at_the_next_click(admin, hilda):
    """Who is in a group is known with the session's user; it is read anew for each request."""
    browser = log_in(hilda)
    editors = Group.objects.create(name="Quienes publican")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    reports = reverse("wagtailadmin_home")
    assert browser.get(reports).status_code == 302
    hilda.groups.add(editors)
    assert browser.get(reports).status_code == 200
    hilda.groups.clear()
    assert browser.get(reports).status_code == 302
