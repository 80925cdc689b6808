"""Lays a translated starter file over its Spanish one: the same structure, other words, and says where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from courses.blocks.from_starter import StarterError
from home.starter.files import read

# What a name, a place in a list or a rule is, and no text: always as in the Spanish file.
KEPT = frozenset(
    {"key", "code", "file", "term", "tone", "mode", "kind", "level", "evidence_status"}
    | {"sources", "topics", "countries", "modules", "questions"}
)


def laid_over(written: Any, path: Path, said: Any = None) -> Any:
    """Return the Spanish content with the words of the file at `path` (or `said`, an entry of it).

    What the translation leaves out is empty.

    Raises StarterError, naming the file and the place, where the two differ in structure.
    """
    return _over(written, read(path) if said is None else said, _named(path, written))


def _named(path: Path, written: Any) -> str:
    entry = f" ({written['key']})" if path.name in {"questions.yaml", "glossary.yaml"} else ""
    return f"{path.parent.name}/{path.name}{entry}"


def _over(written: Any, said: Any, place: str) -> Any:
    if isinstance(written, dict):
        return _over_fields(written, said, place)
    if isinstance(written, list):
        return _over_items(written, said, place)
    if not isinstance(written, str):
        return written
    if isinstance(said, dict | list):
        raise StarterError(f"{place}: a text is expected here")
    return "" if said is None else str(said)


def _over_fields(written: dict[str, Any], said: Any, place: str) -> dict[str, Any]:
    if said is not None and not isinstance(said, dict):
        raise StarterError(f"{place}: fields are expected here ({', '.join(map(str, written))})")
    given = said or {}
    unknown = set(given) - set(written)
    if unknown:
        raise StarterError(
            f"{place}: the Spanish file has no «{'», «'.join(sorted(map(str, unknown)))}» here"
        )
    return {
        name: value if name in KEPT else _over(value, given.get(name), f"{place}, {name}")
        for name, value in written.items()
    }


def _over_items(written: list[Any], said: Any, place: str) -> list[Any]:
    if said is None:
        return [_over(value, None, place) for value in written]
    if not isinstance(said, list) or len(said) != len(written):
        here = len(said) if isinstance(said, list) else 0
        raise StarterError(f"{place}: the Spanish file has {len(written)} parts here, this one {here}")
    return [
        _over(value, mine, f"{place} {number}")
        for number, (value, mine) in enumerate(zip(written, said, strict=True), start=1)
    ]


Words = dict[tuple[str, str], str]


def pair(written: Any, said: Any, path: Path) -> Words:
    """Return the translation of each text of `written`, by its place in the content and by itself alone.

    `written` and `said` are two unsaved instances with the same block ids. By itself alone, under the place "",
    a text is found again after a trainer moved its block.
    """
    ours, theirs = _texts(written), _texts(said)
    words: Words = {}
    for place, texts in ours.items():
        mine = theirs.get(place, [])
        if mine and len(mine) != len(texts):
            raise StarterError(
                f"{path.parent.name}/{path.name}, near «{texts[0][:60]}»: the Spanish text has {len(texts)} "
                f"paragraphs, headings and items, this one {len(mine)}"
            )
        for text, translated in zip(texts, mine, strict=False):
            words[place, text] = translated
            words.setdefault(("", text), translated)
    return words


def _texts(instance: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found.setdefault(segment.path, []).append(segment.string.data)
    return found


def both(model: type[Any], fill: Callable[[Any, Any], None], written: Any, said: Any) -> Iterable[Any]:
    """Return two unsaved instances of `model`, filled with the Spanish and with the translated content."""
    for content in (written, said):
        instance = model()
        fill(instance, content)
        yield instance
