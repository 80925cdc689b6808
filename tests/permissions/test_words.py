"""Bruno and the administrator work in Spanish, or in French: does any screen of the admin speak English to them?"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps

from tests.permissions.asking import answer
from tests.permissions.table import rows
from tests.permissions.table_of_admin import DESK
from tests.permissions.walking import addresses, sample_path
from tests.permissions.world import World

OURS = (
    "accounts",
    "assessments",
    "certificates",
    "messaging",
    "courses",
    "home",
    "institutions",
    "learning",
    "media_library",
)

# Words that no text of Spanish or French has: what somebody wrote in the world of these tests has none either.
ENGLISH = re.compile(
    r"\b(the|of|and|your|you|this|that|with|is|has|have|been|was|were|by|to|from|not|add|edit|delete|save|choose|search"
    r"|users|settings|upload|unpublish|draft|live|new|show|hide|used|any|all|yes|locked|locale|select|submit"
    r"|required|items?|changes|there|more|less|back|created|updated|deleted|log|ago|translations?|comments|workflow"
    r"|snippets?|(?<!\w)January|February|March|April|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
# In both languages they are written as in English.
ALIKE = re.compile(
    # In Wagtail's own templates and code, not in its catalogue: a button that is never seen, one of the form of
    # workflows, and what administrators read where languages are added.
    r"^(Search|Add|(\d )?Locale)$"
    # Borrowed by its French.
    r"|(?<!the )\bworkflows?\b(?! is| has)|cet item"
    # Wagtail's first page, which the starter takes away.
    r"|Welcome to your new Wagtail site!"
    r"|\bCC BY(-SA)? 4\.0|BSD[ -]3-Clause|\bItem\b(?= \d)|editar este item|by@|nuevo slug",
    re.IGNORECASE,
)
# Elements that nobody reads aloud, and those that have no end.
UNHEARD = ("script", "style", "code")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
SAID = ("aria-label", "title", "alt", "placeholder", "data-tippy-content", "data-w-tooltip-content-value")
# What is sent to programs, and Wagtail's own trial of a page of errors. Groups: Django keeps the names of permissions
# in its own table, untranslated.
UNSEEN = (
    "admin/api/",
    "admin/failwhale/",
    "admin/groups/",
    "admin/jsi18n",
    "admin/localize/api/",
    "admin/localize/jsi18n",
    "admin/sprite",
)
NAMES_OF_PERMISSIONS = "wagtailusers_groups:"


def names_of_fields() -> set[str]:
    """Return the labels that Django makes of the names of our fields, which are English."""
    fields = (
        field
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
    )
    names = (str(field.name).replace("_", " ") for field in fields)
    return {name[:1].upper() + name[1:] for name in names if " " in name}


class Reading(HTMLParser):
    """Keeps in ``said`` what is read or heard of a page, piece by piece; what is marked as English is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def unheard(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        unheard = self.unheard or tag in UNHEARD or given.get("lang", "")[:2] == "en"
        if not unheard:
            named = (*SAID, "value") if given.get("type") in ("submit", "button") else SAID
            self.said += [given[name] for name in named if name in given]
        if tag not in VOID:
            self.open.append((tag, unheard))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _unheard in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unheard:
            self.said.append(data)


def texts(content: str) -> list[str]:
    """Return what is read or heard of a page."""
    reading = Reading()
    reading.feed(content)
    reading.close()
    return reading.said


def english(content: str, labels: set[str]) -> set[str]:
    """Return the texts of a page in which an English word stands."""
    found = set()
    for text in texts(content):
        said = re.sub(r"\s+", " ", text).strip()
        if said in labels or ENGLISH.search(ALIKE.sub("", said)):
            found.add(said[:120])
    return found


def page_of(response: Any) -> str:
    """Return the HTML of an answer, that within the JSON of a dialogue too."""
    kind = response.get("Content-Type", "")
    if response.streaming or response.status_code >= 400 or not response.content:
        return ""
    if "json" in kind:
        told = json.loads(response.content)
        return str(told.get("html", "")) if isinstance(told, dict) else ""
    return response.content.decode() if "html" in kind else ""


@pytest.fixture(params=["es", "fr"])
def language(request: pytest.FixtureRequest, world: World) -> str:
    for client in world.clients.values():
        # What a test of the table gives back is a plain dictionary of them.
        client.cookies = SimpleCookie(
            {name: getattr(kept, "value", kept) for name, kept in client.cookies.items()}
        )
        client.cookies["senda_language"] = request.param
    return str(request.param)


@pytest.mark.parametrize("role", ["bruno", "admin"])
def test_every_screen_of_the_table_speaks_her_language(world: World, language: str, role: str) -> None:
    labels, found = names_of_fields(), {}
    screens = {row.address for row in rows(DESK) if row.method == "GET"}
    for address in sorted(name for name in screens if not name.startswith(NAMES_OF_PERMISSIONS)):
        page = page_of(answer(world, role, "GET", address))
        if page and (said := english(page, labels)):
            found[address] = sorted(said)
    assert found == {}, json.dumps(found, ensure_ascii=False)


def test_every_other_screen_of_wagtail_does_too(world: World, language: str) -> None:
    client, labels, found = world.clients["admin"], names_of_fields(), {}
    client.raise_request_exception = False
    for address in addresses():
        path = sample_path(address.route)
        if not address.admin or path.removeprefix("/").startswith(UNSEEN):
            continue
        page = page_of(client.get(path))
        if page and (said := english(page, labels)):
            found[path] = sorted(said)
    assert found == {}, json.dumps(found, ensure_ascii=False)


def test_english_is_heard_wherever_it_stands_and_left_alone_where_it_is_marked() -> None:
    page = (
        "<p>Guarda <b>the page</b><br>listo <input type=submit value='Save'><i title='Delete'></i></p>"
        "<p lang=en>The end</p><code>the</code><script>the</script><p lang=es>fin &amp; of</p>"
    )
    assert english(page, set()) == {"the page", "Save", "Delete", "fin & of"}
