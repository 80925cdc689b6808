"""Can staff revoke a certificate, once and meaning it; and change nothing else?"""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import Person
from certificates.models import Certificate
from learning.models import Completion
from tests.courses.cast import bruno, log_in, office, person, small, studied
from tests.factories.accounts import UserFactory

__all__ = ["bruno", "office", "small", "studied"]


def address(studied):
    return reverse("constancias:revoke", args=[studied.certificate.pk])


def clerk(*rights):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        user.user_permissions.add(Permission.objects.get(codename=right))
    return log_in(user)


def test_the_register_shows_who_holds_what(studied, office):
    page = office.get(reverse("constancias:index")).content.decode()
    assert "Farid Pérez" in page
    assert studied.certificate.code in page
    assert office.get(reverse("constancias:inspect", args=[studied.certificate.pk])).status_code == 200


def test_looking_at_the_form_revokes_nothing(studied, office):
    assert office.get(address(studied)).status_code == 200
    assert studied.certificate.revoked_at is None


def test_a_certificate_is_revoked_for_a_reason(studied, office, bruno):
    before = Completion.objects.values().get()
    office.post(address(studied), {"category": "error", "sure": "on"})
    found = studied.certificate
    assert (found.revocation_category, found.revoked_by) == ("error", bruno.person)
    assert Completion.objects.values().get() == before


@pytest.mark.parametrize(
    "data", [{}, {"category": "error"}, {"sure": "on"}, {"category": "because", "sure": "on"}]
)
def test_without_a_reason_and_the_tick_nothing_happens(studied, office, data):
    assert office.post(address(studied), data).status_code == 422
    assert studied.certificate.revoked_at is None


def test_a_second_revocation_keeps_the_first(studied, office):
    office.post(address(studied), {"category": "error", "sure": "on"})
    first = Certificate.objects.values().get(pk=studied.certificate.pk)
    office.post(address(studied), {"category": "other", "sure": "on"})
    assert Certificate.objects.values().get(pk=studied.certificate.pk) == first


def test_nobody_adds_changes_or_deletes_one(studied, office):
    for name, arguments in (
        ("add", []),
        ("edit", [studied.certificate.pk]),
        ("delete", [studied.certificate.pk]),
    ):
        assert office.post(reverse(f"constancias:{name}", args=arguments)).status_code == 302
    assert Certificate.objects.count() == 1


def test_who_may_look_may_not_revoke(studied):
    browser = clerk("view_certificate")
    assert browser.get(reverse("constancias:index")).status_code == 200
    assert browser.post(address(studied), {"category": "error", "sure": "on"}).status_code == 404
    assert studied.certificate.revoked_at is None


def test_others_do_not_even_look(studied):
    for browser in (clerk(), log_in(person("Dalia"))):
        assert browser.get(reverse("constancias:index")).status_code == 302
        assert browser.post(address(studied), {"category": "error", "sure": "on"}).status_code in {302, 404}
    assert studied.certificate.revoked_at is None


def test_a_certificate_is_found_by_its_whole_code_and_by_name_without_accents(studied, office):
    row = studied.certificate
    Person.objects.filter(pk=row.person_id).update(certificate_name="Zoila Núñez", display_name="")
    for said in (f" {row.code.lower()} ", "nunez zoila"):
        found = office.get(reverse("constancias:index"), {"q": said}).context["object_list"]
        assert [one.pk for one in found] == [row.pk], said
    for said in (row.code[:6], "zoila perez"):
        assert not office.get(reverse("constancias:index"), {"q": said}).context["object_list"], said
