"""Bruno needs a second step for the editors' side: he sets it up, shows it, loses his telephone, and comes back."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.models import SecondFactorReset, User
from tests.factories.accounts import SECRET, UserFactory
from tests.permissions.walking import addresses, sample_path

pytestmark = pytest.mark.django_db
ADMIN = "/admin/"


@pytest.fixture(autouse=True)
def site_that_asks(settings, clean_counts):
    settings.SENDA_STAFF_TOTP = True
    settings.ROOT_URLCONF = "lms.urls"


def editor(email, **more):
    user = UserFactory(email=email, is_staff=True, **more)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def bruno(countries):
    return editor("bruno@example.org", person__display_name="Bruno")


@pytest.fixture
def boss(countries):
    return UserFactory(
        email="admin@example.org", is_staff=True, is_superuser=True, person__display_name="Administración"
    )


def code_of(key, *, shift=0):
    """Return what an application shows now for this key, as RFC 6238 reckons it."""
    return format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30 + shift))


def enter(user, query=""):
    client = Client()
    client.post(reverse("account_login") + query, {"login": user.email, "password": SECRET})
    return client


def set_up(client):
    """Set it up as the page says; return the key and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    key = page.context["screen"].key.replace(" ", "")
    client.post(reverse("mfa_activate_totp"), {"code": code_of(key)})
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return key, re.findall(r"<code>(\d{4} \d{4})</code>", shown)


def later(seconds=120):
    return time_machine.travel(time.time() + seconds, tick=True)


def test_the_admin_leads_to_the_set_up_and_opens_afterwards(bruno):
    client = enter(bruno)
    answered = client.get("/admin/pages/?a=1")
    assert answered["Location"] == reverse("mfa_activate_totp") + "?next=%2Fadmin%2Fpages%2F%3Fa%3D1"
    page = client.get(answered["Location"])
    screen = page.context["screen"]
    text = page.content.decode()
    assert screen.key in text
    assert 'src="data:image/svg+xml' in text
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 400
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(screen.key)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert "/admin/pages/?a=1" in client.get(done["Location"]).content.decode()
    assert client.get(ADMIN).status_code == 200


def test_a_wrong_code_leaves_the_key_that_the_telephone_has_already(bruno):
    client = enter(bruno)
    key = client.get(reverse("mfa_activate_totp")).context["screen"].key
    again = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert again.context["screen"].key == key
    assert client.get(reverse("mfa_activate_totp")).context["screen"].key == key


def test_every_address_of_the_admin_is_shut_until_it_is_done(bruno):
    client = enter(bruno)
    for address in addresses():
        if address.admin:
            for method in ("GET", "POST"):
                answered = client.generic(
                    method, sample_path(address.route), headers={"accept": "application/json"}
                )
                assert answered.status_code == 302, address
                assert answered["Location"].startswith(reverse("mfa_activate_totp")), address


def test_signing_in_asks_for_the_code(bruno):
    key, _codes = set_up(enter(bruno))
    with later():
        client = enter(bruno, "?next=/admin/pages/")
        assert client.get("/aprender/").status_code == 302
        page = client.get(reverse("mfa_authenticate"))
        assert page.status_code == 200
        assert client.post(reverse("mfa_authenticate"), {"code": "123456"}).status_code == 400
        done = client.post(reverse("mfa_authenticate"), {"code": code_of(key)})
        assert done["Location"] == "/admin/pages/"
        assert client.get(ADMIN).status_code == 200


def test_a_code_seen_over_the_shoulder_opens_nothing_again(bruno):
    key, _codes = set_up(enter(bruno))
    with later():
        code = code_of(key)
        assert enter(bruno).post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        assert enter(bruno).post(reverse("mfa_authenticate"), {"code": code}).status_code == 400


def test_a_telephone_whose_clock_is_half_a_minute_off_is_let_in(bruno):
    key, _codes = set_up(enter(bruno))
    with later():
        assert (
            enter(bruno).post(reverse("mfa_authenticate"), {"code": code_of(key, shift=-1)}).status_code
            == 302
        )
        assert (
            enter(bruno).post(reverse("mfa_authenticate"), {"code": code_of(key, shift=-3)}).status_code
            == 400
        )


def test_guessing_codes_ends_after_five_and_the_right_one_does_not_help_then(bruno):
    key, _codes = set_up(enter(bruno))
    with later():
        for guess in range(5):
            assert enter(bruno).post(reverse("mfa_authenticate"), {"code": f"{guess:06}"}).status_code == 400
        refused = enter(bruno).post(reverse("mfa_authenticate"), {"code": code_of(key)})
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) > 60


def test_a_recovery_code_opens_once(bruno):
    _key, codes = set_up(enter(bruno))
    assert len(codes) == 10
    with later():
        assert enter(bruno).post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
        assert enter(bruno).post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 400
        client = enter(bruno)
        client.post(reverse("mfa_authenticate"), {"code": codes[1].replace(" ", "")})
        assert "8" in client.get(reverse("mfa_index")).content.decode()
        assert client.get(ADMIN).status_code == 200


def test_recovery_codes_are_shown_in_the_session_that_made_them_and_not_later(bruno):
    client = enter(bruno)
    key, codes = set_up(client)
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file["Content-Type"].startswith("text/plain")
    assert all(code in file.content.decode() for code in codes)
    with later(11 * 60):
        assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()
        assert client.get(reverse("mfa_download_recovery_codes")).status_code == 404
        other = enter(bruno)
        other.post(reverse("mfa_authenticate"), {"code": code_of(key)})
        assert codes[0] not in other.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_new_recovery_codes_make_the_old_ones_worthless(bruno):
    client = enter(bruno)
    _key, codes = set_up(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    with later():
        assert enter(bruno).post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 400


def test_who_becomes_staff_while_signed_in_must_pass_too(amina):
    client = enter(amina)
    assert client.get("/aprender/").status_code == 200
    amina.is_staff = True
    amina.save(update_fields=["is_staff"])
    amina.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get(ADMIN)["Location"].startswith(reverse("mfa_activate_totp"))


def test_a_session_from_before_the_set_up_shows_a_code_first_and_a_password_does_not_do(bruno):
    old = enter(bruno)
    key, _codes = set_up(enter(bruno))
    with later():
        assert old.get(ADMIN)["Location"].startswith(reverse("mfa_reauthenticate"))
        old.post(reverse("account_reauthenticate"), {"password": SECRET})
        for door in ("mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_deactivate_totp"):
            assert old.get(reverse(door))["Location"].startswith(reverse("mfa_reauthenticate")), door
        assert old.get(ADMIN)["Location"].startswith(reverse("mfa_reauthenticate"))
        before = old.session.session_key
        shown = old.post(
            reverse("mfa_reauthenticate") + "?next=/admin/", {"code": code_of(key), "next": "/admin/"}
        )
        assert shown["Location"] == ADMIN
        assert old.session.session_key != before
        assert old.get(ADMIN).status_code == 200


def test_after_twelve_hours_the_code_is_asked_again(bruno):
    client = enter(bruno)
    set_up(client)
    with later(second_factor.PROOF_SECONDS + 1):
        assert client.get(ADMIN)["Location"].startswith(reverse("mfa_reauthenticate"))


def test_staff_cannot_take_it_off_and_amina_can(bruno, amina):
    client = enter(bruno)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert second_factor.of(bruno) is not None
    hers = enter(amina)
    set_up(hers)
    hers.post(reverse("mfa_deactivate_totp"))
    assert second_factor.of(amina) is None
    assert not Authenticator.objects.filter(user=amina).exists()


def test_amina_is_asked_for_nothing(amina):
    client = enter(amina)
    assert client.get("/aprender/").status_code == 200
    assert reverse("mfa_activate_totp") not in client.get(ADMIN).get("Location", "")


def test_an_administrator_takes_a_lost_one_off_face_to_face(
    bruno, boss, mailoutbox, django_capture_on_commit_callbacks
):
    hers, his = enter(boss), enter(bruno)
    set_up(hers)
    set_up(his)
    screen = reverse("second_factor_reset", args=[bruno.pk])
    assert hers.get(screen).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert hers.post(screen).status_code == 302
    assert not Authenticator.objects.filter(user=bruno).exists()
    kept = SecondFactorReset.objects.get()
    assert (kept.user, kept.reset_by) == (bruno, boss.person)
    assert mailoutbox[0].to == ["bruno@example.org"]
    assert "Administración" in mailoutbox[0].body
    assert his.get(ADMIN)["Location"].startswith(reverse("mfa_activate_totp"))


def test_nobody_takes_off_her_own_or_without_having_one(bruno, boss):
    client = enter(boss)
    set_up(client)
    assert client.post(reverse("second_factor_reset", args=[boss.pk])).status_code == 403
    assert second_factor.of(boss) is not None
    assert client.post(reverse("second_factor_reset", args=[bruno.pk])).status_code == 403
    Authenticator.objects.filter(user=boss).delete()
    set_up(enter(bruno))
    with pytest.raises(second_factor.ResetRefused) as refused:
        second_factor.reset(user=bruno, by=boss)
    assert refused.value.reason == second_factor.Reason.NOT_ADMINISTRATOR


def test_bruno_cannot_take_off_anybodys(bruno, boss):
    client = enter(bruno)
    set_up(client)
    set_up(enter(boss))
    client.post(reverse("second_factor_reset", args=[boss.pk]))
    assert second_factor.of(boss) is not None


def test_the_first_administrator_has_the_servers_command_line(
    boss, mailoutbox, django_capture_on_commit_callbacks, capsys
):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "admin@example.org")
    set_up(enter(boss))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_second_factor", "admin@example.org")
    assert second_factor.of(boss) is None
    assert SecondFactorReset.objects.get().reset_by is None
    assert len(mailoutbox) == 1
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org")


def test_a_site_that_does_not_ask_opens_the_admin_without(bruno, settings):
    settings.SENDA_STAFF_TOTP = False
    assert enter(bruno).get(ADMIN).status_code == 200


def test_a_new_password_shuts_every_other_session(bruno, settings):
    settings.SENDA_STAFF_TOTP = False
    here, there = enter(bruno), enter(bruno)
    here.post(reverse("account_change_password"), {"oldpassword": SECRET, "password1": "otra-frase-muy-mia"})
    assert User.objects.get(pk=bruno.pk).check_password("otra-frase-muy-mia")
    assert here.get("/cuenta/perfil/").status_code == 200
    assert there.get("/cuenta/perfil/").status_code == 302


def test_signing_in_gives_a_new_session_key(bruno):
    client = Client()
    client.get(reverse("account_login"))
    client.cookies["sessionid"] = "known-to-somebody-else"
    client.post(reverse("account_login"), {"login": bruno.email, "password": SECRET})
    assert client.cookies["sessionid"].value != "known-to-somebody-else"


class TestNobodyGoesRoundTheGate:
    """Some servers say in SCRIPT_NAME below which address a site stands; whoever sends one moves nothing here."""

    @pytest.mark.parametrize("forced", ["", None])
    def test_with_a_forged_place_of_the_site(self, bruno, settings, forced):
        settings.FORCE_SCRIPT_NAME = forced
        browser = Client(SCRIPT_NAME="/x")
        browser.force_login(bruno)
        answer = browser.get(ADMIN)
        assert answer.status_code == 302
        assert reverse("mfa_activate_totp") in answer["Location"]

    @pytest.mark.parametrize("forced", ["", None])
    def test_nor_round_the_policy_of_the_admin(self, boss, settings, forced):
        settings.FORCE_SCRIPT_NAME, settings.SENDA_STAFF_TOTP = forced, False
        browser = Client(SCRIPT_NAME="/x")
        browser.force_login(boss)
        assert "nonce-" in browser.get(ADMIN)["Content-Security-Policy"]

    def test_and_no_link_of_a_page_leads_where_the_forger_wants(self, db):
        assert 'href="/x/' not in Client(SCRIPT_NAME="/x").get(reverse("account_login")).content.decode()
