"""Fills Wagtail's form of a page as a browser would send it back, with every block of its body."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.models import Page
from wagtail.rich_text import RichText

CONTROLS = ("input", "select", "textarea")
Fields = Iterator[tuple[str, str]]


def form_data(page: Page, *, user: Any) -> list[tuple[str, str]]:
    """Return the fields of the edit form of `page` as it stands."""
    handler = page.get_edit_handler()
    form = handler.get_form_class()(instance=page, for_user=user)
    found: list[tuple[str, str]] = []
    for bound in form:
        value = bound.value()
        if isinstance(value, blocks.StreamValue):
            found += _of_block(bound.html_name, value.stream_block, value)
        else:
            found += _of_widget(bound.html_name, bound.field.widget, value)
    for name, formset in form.formsets.items():
        found += _management(formset.prefix or name)
    return found


def sent_by_a_browser(html: str, *, drawn: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what a browser would send of the edit form in `html`, with the fields of `drawn` that only scripts add."""
    form = _Form()
    form.feed(html)
    if not form.fields:
        raise ValueError("There is no form for editing a page in the answer.")
    return [*form.fields, *(field for field in drawn if field[0] not in form.names)]


class _Form(HTMLParser):
    """Collects the successful controls of the form that edits a page, no buttons and no token among them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self._inside = False
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "form":
            self._inside = known.get("id") == "page-edit-form"
        elif self._inside and tag in CONTROLS:
            self._control(tag, known)
        elif self._inside and tag == "option" and "selected" in known:
            self.fields.append((self._name, known.get("value") or ""))

    def _control(self, tag: str, known: dict[str, str | None]) -> None:
        self._name = known.get("name") or ""
        self.names.add(self._name)
        if tag == "input":
            self._input(self._name, known)
        elif tag == "textarea":
            self.fields.append((self._name, ""))

    def _input(self, name: str, known: dict[str, str | None]) -> None:
        kind = known.get("type", "text")
        ticked = kind not in {"checkbox", "radio"} or "checked" in known
        if name and name != "csrfmiddlewaretoken" and kind not in {"submit", "button", "file"} and ticked:
            self.fields.append((name, known.get("value") or ("on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._inside and self._name and self.lasttag == "textarea":
            self.fields[-1] = (self.fields[-1][0], self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._name = ""


def _management(prefix: str) -> Fields:
    for name, value in (
        ("TOTAL_FORMS", 0),
        ("INITIAL_FORMS", 0),
        ("MIN_NUM_FORMS", 0),
        ("MAX_NUM_FORMS", 1000),
    ):
        yield f"{prefix}-{name}", str(value)


def _of_block(prefix: str, block: blocks.Block, value: Any) -> Fields:
    if isinstance(block, blocks.StreamBlock):
        yield from _of_rows(
            prefix, [(child.block, child.value, child.id, child.block_type) for child in value]
        )
    elif isinstance(block, blocks.ListBlock):
        yield from _of_rows(
            prefix, [(block.child_block, row.value, row.id, "") for row in value.bound_blocks]
        )
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(f"{prefix}-{name}", child, value.get(name))
    else:
        yield from _of_widget(prefix, block.field.widget, block.value_for_form(value))


def _of_rows(prefix: str, rows: list[tuple[blocks.Block, Any, str | None, str]]) -> Fields:
    yield f"{prefix}-count", str(len(rows))
    for place, (block, value, key, kind) in enumerate(rows):
        row = f"{prefix}-{place}"
        yield f"{row}-deleted", ""
        yield f"{row}-order", str(place)
        yield f"{row}-id", str(key or uuid.uuid4())
        if kind:
            yield f"{row}-type", kind
        yield from _of_block(f"{row}-value", block, value)


def _of_widget(name: str, widget: Any, value: Any) -> Fields:
    if value is None or value is False:
        return
    if isinstance(value, RichText):
        value = value.source
    if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "all"):
        for each in value.all() if hasattr(value, "all") else value:
            yield name, _plain(each)
        return
    formatted = widget.format_value(value) if not isinstance(value, Model | bool | dt.date) else None
    yield name, formatted if isinstance(formatted, str) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dt.date):
        return value.isoformat()
    return "on" if value is True else str(value)
