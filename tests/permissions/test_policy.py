"""Every address outside of the admin allows 'self' alone and writes nothing inline; every screen of it has a nonce."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.permissions.asking import answer, status_of
from tests.permissions.table import SITE, rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.world import World

STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']"
    r"|=\s*[\"']javascript:",
    re.IGNORECASE,
)
ASKED = sorted({row.address for row in rows(SITE) if row.method == "GET"})
SCREENS = sorted({row.address for row in rows(DESK) if row.method == "GET"})
# Pages of the site, shown to editors before they are published: as strict as the site.
DRAFTS = ("wagtailadmin_pages:view_draft", "wagtailadmin_pages:revisions_view")
ROLES = ("visitor", "amina", "bruno", "admin")


def policy_of(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def is_page(response: Any) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and not response.streaming


@pytest.mark.parametrize("address", ASKED)
def test_outside_of_the_admin_nothing_is_inline(world: World, address: str) -> None:
    for role in ROLES:
        response = answer(world, role, "GET", address)
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert response["Permissions-Policy"].startswith("camera=()")
        assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        if not is_page(response):
            continue
        assert STRICT.items() <= policy_of(response).items()
        assert response["X-Frame-Options"] == "DENY"
        assert not INLINE.findall(response.content.decode()), role


@pytest.mark.parametrize("address", SCREENS)
def test_in_the_admin_every_script_is_a_file_or_has_the_nonce(world: World, address: str) -> None:
    response = answer(world, "admin", "GET", address)
    if status_of(response) != "200" or not is_page(response) or address.startswith(DRAFTS):
        return
    policy = policy_of(response)
    nonce = re.fullmatch(r"'self' 'nonce-([^']+)'", policy["script-src"])
    assert nonce
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    text = response.content.decode()
    for attributes, words in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.DOTALL):
        allowed = ("src=", 'type="application/json"', f'nonce="{nonce[1]}"')
        assert any(word in attributes for word in allowed), words[:200]
    assert not re.findall(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text)


def test_no_two_answers_have_the_same_nonce(world: World) -> None:
    home = reverse("wagtailadmin_home")
    answers = [world.clients["admin"].get(home)["Content-Security-Policy"] for _time in range(3)]
    assert len(set(answers)) == 3


def test_a_page_that_is_not_there_is_as_strict(world: World) -> None:
    response = world.clients["visitor"].get("/no-hay-tal-pagina/")
    assert response.status_code == 404
    assert STRICT.items() <= policy_of(response).items()
    assert not INLINE.findall(response.content.decode())


@pytest.mark.parametrize("address", [address for address in SCREENS if address.startswith(DRAFTS)])
def test_a_draft_is_as_strict_and_may_stand_in_the_editors_frame(world: World, address: str) -> None:
    response = answer(world, "admin", "GET", address)
    assert {**STRICT, "frame-ancestors": "'self'"}.items() <= policy_of(response).items()
    assert not INLINE.findall(response.content.decode())
