"""A reader without JavaScript: opens pages, follows links that are there, fills in forms that are there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories.courses import committed


class Reader:
    """A browser with cookies of its own; every page must answer 200 unless the test says otherwise."""

    def __init__(self, language: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = "/"
        self.answer: Any = None
        if language:
            self.client.cookies["senda_language"] = language

    @property
    def soup(self) -> BeautifulSoup:
        """The page before her."""
        return BeautifulSoup(self.answer.content, "html.parser")

    @property
    def words(self) -> str:
        """What she reads of it."""
        return self.soup.get_text(" ", strip=True)

    @property
    def main(self) -> Tag:
        """The page without header and footer."""
        found = self.soup.find("main")
        assert isinstance(found, Tag)
        return found

    def open(self, address: str, *, status: int = 200) -> Reader:
        """Type an address."""
        self.answer = self.client.get(urljoin(self.address, address), follow=True, headers=self._from_here())
        return self._arrived(urljoin(self.address, address), status)

    def follow(self, part: str) -> Reader:
        """Follow the first link whose address has `part` in it."""
        return self.open(self.link(part))

    def link(self, part: str) -> str:
        """Return the address of that link."""
        found = [a["href"] for a in self.soup.find_all("a", href=True) if part in a["href"]]
        assert found, f"{self.address} has no link with {part!r}"
        return str(found[0])

    def has_form(self, part: str) -> bool:
        """Say whether the page has a form that goes there."""
        return self._find_form(part) is not None

    def choices(self, name: str) -> list[str]:
        """Return the values of the boxes of this name."""
        return [str(box["value"]) for box in self.soup.find_all("input", attrs={"name": name})]

    def send(self, part: str, *, status: int = 200, **values: Any) -> Reader:
        """Fill in the first form that goes to `part` and press its button; other fields stay as they are."""
        form = self._find_form(part)
        assert form is not None, f"{self.address} has no form to {part!r}: {self.words[:300]}"
        data = filled(form)
        unknown = {name for name in values if form.find(attrs={"name": name}) is None}
        assert not unknown, f"the form has no {unknown}"
        data.update({name: value for name, value in values.items() if value is not None})
        target = urljoin(self.address, str(form.get("action") or self.address))
        method = str(form.get("method", "get")).lower()
        with committed():
            send = self.client.post if method == "post" else self.client.get
            self.answer = send(target, data, follow=True, headers=self._from_here())
        return self._arrived(target, status)

    def _find_form(self, part: str) -> Tag | None:
        for form in self.soup.find_all("form"):
            target = urljoin(self.address, str(form.get("action") or self.address))
            if part in target:
                return form
        return None

    def _from_here(self) -> dict[str, str]:
        return {"referer": f"http://testserver{self.address}"}

    def _arrived(self, address: str, status: int) -> Reader:
        self.address = self.answer.redirect_chain[-1][0] if self.answer.redirect_chain else address
        assert self.answer.status_code == status, (self.address, self.answer.status_code, self.words[:500])
        return self


def filled(form: Tag) -> dict[str, Any]:
    """Return what a browser would send of a form that nobody touched."""
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in {"submit", "button", "image"}:
            continue
        if kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                data.setdefault(str(name), []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[str(name)] = chosen.get("value", "") if chosen else ""
        else:
            data[str(name)] = field.get_text() if field.name == "textarea" else field.get("value", "")
    return data
