"""Turns the body of a content file (YAML, Markdown) into the raw data of a StreamField, always with the same ids."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ObjectDoesNotExist

from courses.blocks.markdown import to_html, to_plain
from courses.blocks.words import CountryMode
from institutions.models import RouteStage

NAMESPACE = uuid.UUID("5e9da000-0000-4000-8000-000000000001")
Entry = dict[str, Any]


class Resolve(Protocol):
    """Finds what a body refers to by file or key; each answers with a primary key, and raises when there is none."""

    def picture(self, file: str, /) -> int: ...

    def recording(self, file: str, /) -> int: ...

    def document(self, file: str, /) -> int: ...

    def term(self, key: str, /) -> int: ...


class StarterError(ValueError):
    """A body that cannot be read, with the place where it went wrong."""


@dataclass(frozen=True)
class _Place:
    """Where in a lesson a value stands; its id is the same at every load."""

    lesson: str
    path: str

    def at(self, *steps: object) -> "_Place":
        return _Place(self.lesson, ".".join([self.path, *map(str, steps)]))

    @property
    def id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.lesson}/{self.path}"))


def _items(values: list[Any], place: _Place, convert: Callable[[Any, _Place], Any]) -> list[Entry]:
    """Return the raw data of a list block."""
    return [
        {"type": "item", "id": place.at(n).id, "value": convert(value, place.at(n))}
        for n, value in enumerate(values or [])
    ]


def _plain_items(values: list[Any], place: _Place) -> list[Entry]:
    return _items(values, place, lambda value, _: to_plain(value))


def _text(value: Any, place: _Place, resolve: Resolve) -> Entry:
    return {"text": to_html(value)}


def _picture(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    alt = to_plain(value.get("alt", ""))
    words = {name: to_plain(value.get(name, "")) for name in ("caption", "credit")}
    return {"image": resolve.picture(value["file"]), "alt": alt, "decorative": not alt, **words}


def _recording(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {"recording": resolve.recording(value["file"])}


def _document(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {"document": resolve.document(value["file"]), "title": to_plain(value.get("title", ""))}


def _callout(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {**_titled(value, place, resolve), "tone": value.get("tone", "info")}


def _titled(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {"title": to_plain(value.get("title", "")), "text": to_html(value["text"])}


def _key_points(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {
        "title": to_plain(value.get("title", "")),
        "points": _plain_items(value["points"], place.at("points")),
    }


def _steps(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    steps = _items(value["steps"], place.at("steps"), lambda step, _: _plain_fields(step, "title", "text"))
    return {"title": to_plain(value.get("title", "")), "steps": steps}


def _plain_fields(value: Entry, *names: str) -> Entry:
    return {name: to_plain(value.get(name, "")) for name in names}


def _comparison(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {
        "title": to_plain(value["title"]),
        "columns": _plain_items(value["columns"], place.at("columns")),
        "rows": _items(value["rows"], place.at("rows"), _plain_items),
    }


def _quotation(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return _plain_fields(value, "text", "attribution")


def _glossary(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {"term": resolve.term(value["term"])}


def _country(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    variants = _items(list(value["variants"].items()), place.at("variants"), _variant)
    mode = value.get("mode", CountryMode.OTHERS.value)
    if mode not in CountryMode.values:
        raise ValueError(f"mode: {mode}?")
    return {"title": to_plain(value["title"]), "mode": mode, "variants": variants}


def _variant(pair: tuple[str, str], place: _Place) -> Entry:
    return {"country": str(pair[0]).upper(), "text": to_html(pair[1])}


def _content_note(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {"text": to_html(value["text"]), "covers": int(value.get("covers", 1))}


def _only_title(value: Entry | None, place: _Place, resolve: Resolve) -> Entry:
    return {"title": to_plain((value or {}).get("title", ""))}


def _reflection(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return _plain_fields(value, "prompt", "help")


def _self_check(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    return {
        **_plain_fields(value, "title", "intro"),
        "items": _plain_items(value["items"], place.at("items")),
        "scale": _items(value["scale"], place.at("scale"), _answer),
        "bands": _items(value["bands"], place.at("bands"), _band),
    }


def _answer(value: Entry, place: _Place) -> Entry:
    return {"label": to_plain(value["label"]), "value": int(value["value"])}


def _band(value: Entry, place: _Place) -> Entry:
    return {"low": int(value["from"]), "high": int(value["to"]), "text": to_plain(value["text"])}


def _knowledge_check(value: Entry, place: _Place, resolve: Resolve) -> Entry:
    options = _items(value["options"], place.at("options"), _option)
    return {**_plain_fields(value, "question", "explanation"), "options": options}


def _option(value: Entry, place: _Place) -> Entry:
    return {**_plain_fields(value, "text", "feedback"), "correct": bool(value.get("correct", False))}


Converter = Callable[[Any, _Place, Resolve], Any]
BLOCKS: dict[str, tuple[str, Converter]] = {
    "text": ("text", _text),
    "picture": ("picture", _picture),
    "audio": ("recording", _recording),
    "video": ("recording", _recording),
    "document": ("document", _document),
    "callout": ("callout", _callout),
    "key_points": ("key_points", _key_points),
    "steps": ("steps", _steps),
    "comparison": ("comparison", _comparison),
    "quotation": ("quotation", _quotation),
    "glossary": ("glossary", _glossary),
    "fold": ("fold", _titled),
    "country": ("country", _country),
    "content_note": ("content_note", _content_note),
    "support_lines": ("support_lines", _only_title),
    "reflection": ("reflection", _reflection),
    "self_check": ("self_check", _self_check),
    "knowledge_check": ("knowledge_check", _knowledge_check),
    "sources": ("sources", _only_title),
}


def to_stream(body: list[Entry], *, key: str, resolve: Resolve) -> list[Entry]:
    """Return the raw data of `LessonPage.body` for the body of the content file whose key is `key`.

    Raises StarterError, naming the place, for a block or field that is not known or missing.
    """
    return [_block(entry, _Place(key, str(number)), resolve) for number, entry in enumerate(body)]


def _scope(only: Entry) -> Entry:
    """Return whom a block is for. A stage that does not exist would hide it from everybody whose stages are known."""
    unknown = {*only} - {"countries", "routes"} or {*only.get("routes", [])} - {*RouteStage.values}
    if unknown:
        raise ValueError(f"only: {', '.join(sorted(unknown))}?")
    return {
        "countries": [code.upper() for code in only.get("countries", [])],
        "routes": only.get("routes", []),
    }


def _block(entry: Entry, place: _Place, resolve: Resolve) -> Entry:
    kinds = [name for name in entry if name != "only"] if isinstance(entry, dict) else []
    if len(kinds) != 1 or kinds[0] not in BLOCKS:
        raise StarterError(f"{place.lesson}, block {place.path}: expected one of {', '.join(BLOCKS)}")
    name = kinds[0]
    kind, convert = BLOCKS[name]
    try:
        value = {**convert(entry[name], place, resolve), "scope": _scope(entry.get("only") or {})}
        return {"type": kind, "id": place.id, "value": value}
    except (LookupError, TypeError, ValueError, AttributeError, ObjectDoesNotExist) as error:
        raise StarterError(f"{place.lesson}, block {place.path} ({name}): {error!r}") from error
