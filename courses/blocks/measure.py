"""Counts what a lesson's body asks for: words as learners see them, things to do, seconds to listen."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from courses.blocks.base import seen, seen_plain
from courses.blocks.scoping import scope_of
from courses.manifest import Part
from courses.minutes import Measure, minutes, units
from programme.scope import Reader, Scope, concerns

_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


def words_in(text: Any) -> int:
    """Count the words of a text or of rich text; numbers count, marks of punctuation do not."""
    source = getattr(text, "source", None)
    plain = html.unescape(_TAG.sub(" ", source)) if source is not None else str(text or "")
    return len(_WORD.findall(plain))


def _words(*texts: Any) -> Measure:
    return Measure(words=sum(words_in(text) for text in texts))


def _steps(value: Any) -> Measure:
    return _words(
        value["title"], *(text for step in value["steps"] for text in (step["title"], step["text"]))
    )


def _table(value: Any) -> Measure:
    return _words(value["title"], *value["columns"], *(cell for row in value["rows"] for cell in row))


def _term(value: Any) -> Measure:
    term = value["term"]
    return _words(term.term, _TAG.sub(" ", term.definition)) if term else Measure()


def _recording(value: Any) -> Measure:
    recording = value["recording"]
    return Measure(seconds=recording.seconds) if recording else Measure()


# Pictures are counted apart (`_of_picture`). What a check, a self-check and a reflection ask to read is part of their
# minutes. Sources, support lines and documents count nothing: nobody is asked to read them through.
COUNTERS: dict[str, Callable[[Any], Measure]] = {
    "text": lambda value: _words(value["text"]),
    "callout": lambda value: _words(value["title"], value["text"]),
    "key_points": lambda value: _words(value["title"], *value["points"]),
    "steps": _steps,
    "comparison": _table,
    "quotation": lambda value: _words(value["text"], value["attribution"]),
    "glossary": _term,
    "fold": lambda value: _words(value["title"], value["text"]),
    "country": lambda value: _words(value["title"]),
    "recording": _recording,
    "content_note": lambda value: _words(value["text"]),
    "knowledge_check": lambda value: Measure(checks=1),
    "self_check": lambda value: Measure(self_checks=1),
    "reflection": lambda value: Measure(reflections=1),
}


Share = tuple[Scope, Measure]


def measure(body: StreamValue, *, reader: Reader, is_case: bool = False) -> Measure:
    """Return what `body` asks of `reader`: only what she is shown counts. In a case each check is a decision."""
    return sum(
        (asked for scope, asked in shares(body, is_case=is_case) if concerns(scope, reader)), start=Measure()
    )


def shares(body: StreamValue, *, is_case: bool = False) -> list[Share]:
    """Return what `body` asks for, each piece with whom it concerns; what counts nothing is not read."""
    found: list[Share] = []
    for place, raw in enumerate(body.raw_data):
        if raw["type"] == "picture":
            found.append(_of_picture(raw["value"]))
        elif raw["type"] in COUNTERS:
            found += _of_child(body[place], is_case=is_case)
    return found


def _of_picture(value: Any) -> Share:
    """Count the words below a picture as they are stored: the picture itself need not be fetched for them."""
    return scope_of(value), _words(seen_plain(value.get("caption") or "", editing=False))


def _of_child(child: Any, *, is_case: bool) -> Iterator[Share]:
    count = COUNTERS.get(child.block_type)
    shown = seen(child.block, child.value, editing=False)
    if count is None or shown is None:
        return
    found, scope = count(shown), scope_of(shown)
    yield scope, Measure(decisions=1) if is_case and found.checks else found
    if child.block_type == "country":
        yield from _variants(shown, scope)


def _variants(value: Any, scope: Scope) -> Iterator[Share]:
    """A reader reads her own country's text, not those that stand folded for whoever wants to compare."""
    for variant in value["variants"]:
        if not scope.countries or variant["country"] in scope.countries:
            yield (
                Scope(frozenset({variant["country"]}), scope.routes),
                Measure(words=words_in(variant["text"])),
            )


def parts_asked(shares: Iterable[Share]) -> tuple[Part, ...]:
    """Return the parts of an activity that not everybody is shown the same; none where everybody is."""
    sums: dict[Scope, Measure] = {}
    for scope, asked in shares:
        sums[scope] = sums.get(scope, Measure()) + asked
    if not any(sums):
        return ()
    return tuple(
        Part(units(asked), tuple(sorted(scope.countries)), tuple(sorted(scope.routes)))
        for scope, asked in sorted(
            sums.items(), key=lambda pair: (sorted(pair[0].countries), sorted(pair[0].routes))
        )
        if units(asked)
    )


def nominal_minutes(shares: Iterable[Share]) -> int:
    """Return the minutes of an activity for the country that is asked most."""
    shares = list(shares)
    countries = {"", *(code for scope, _asked in shares for code in scope.countries)}
    return max(_minutes_for(shares, Reader(code)) for code in countries)


def _minutes_for(shares: Iterable[Share], reader: Reader) -> int:
    return minutes(sum((asked for scope, asked in shares if concerns(scope, reader)), start=Measure()))
