"""Amina reads on «Quién ve qué de lo mío» that her group's and her institution's page was looked at, and when not."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from accounts.models import Disclosure, Role
from accounts.watching_queries import acts_of
from tests.permissions.asking import address_of
from tests.permissions.telling import text_of
from tests.permissions.world import World


def looked(world: World, role: str, key: str) -> Disclosure:
    assert world.clients[role].get(address_of(world, key)).status_code == 200
    return Disclosure.objects.latest("pk")


def test_amina_is_told_that_her_focal_point_looked_and_the_others_are_not(world: World) -> None:
    kept = looked(world, "chipo", "learning:institution")
    assert (kept.role, kept.of_id, kept.institution_id) == (Role.FOCAL_POINT, None, world.hospital.pk)
    assert kept in acts_of(world.person("amina"))
    assert kept not in acts_of(world.person("farid"))
    assert kept not in acts_of(world.person("chipo"))
    text = text_of(world.clients["amina"].get(reverse("accounts:who_sees")))
    assert str(Role.FOCAL_POINT.label) in text
    assert "Chipo" not in text


def test_who_learns_in_a_group_is_told_that_its_page_was_looked_at(world: World) -> None:
    kept = looked(world, "bruno", "learning:cohort")
    assert (kept.role, kept.group_id) == (Role.FACILITATOR, world.cohort.pk)
    for name in ("amina", "farid"):
        assert kept in acts_of(world.person(name))
    assert kept not in acts_of(world.person("dalia"))


def test_what_was_looked_at_before_she_came_is_not_told_to_her(world: World) -> None:
    kept = looked(world, "chipo", "learning:institution")
    before = world.works("amina").starts_on - dt.timedelta(days=3)
    Disclosure.objects.filter(pk=kept.pk).update(at=dt.datetime.combine(before, dt.time(12), dt.UTC))
    assert kept not in acts_of(world.person("amina"))


def test_the_audit_is_narrowed_by_who_what_and_when(world: World) -> None:
    looked(world, "bruno", "learning:cohort")
    looked(world, "chipo", "learning:institution")
    today = dt.datetime.now(dt.UTC).date()

    def rows(query: str) -> int:
        page = world.clients["julia"].get(reverse("auditoria:index_results") + query)
        return len(page.context["object_list"])

    assert rows("?what=group") == 1
    assert rows("?what=group&what=own_institution") == 2
    assert rows("?by=Bruno&what=own_institution") == 0
    assert rows(f"?what=group&at_after={today - dt.timedelta(days=1)}") == 1
    assert rows(f"?what=group&at_before={today - dt.timedelta(days=2)}") == 0
    assert rows("?role=facilitator&act=viewed") == 1


def test_the_audit_says_in_words_that_somebody_searched(world: World) -> None:
    kept = looked(world, "bruno", "learning:cohort")
    Disclosure.objects.filter(pk=kept.pk).update(narrowed="q&country=MX")
    page = world.clients["julia"].get(reverse("auditoria:index_results") + "?what=group").content.decode()
    assert "palabras en la búsqueda · country=MX" in page
