"""Counts what a lesson's body asks for: words as learners see them, things to do, seconds to listen."""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from courses.blocks.base import LessonBlock, seen
from courses.minutes import Measure, minutes

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


def _variants(value: Any) -> Measure:
    """A reader reads one country's text: the longest counts, so that nobody's hours are short."""
    longest = max((words_in(variant["text"]) for variant in value["variants"]), default=0)
    return Measure(words=longest + words_in(value["title"]))


def _term(value: Any) -> Measure:
    term = value["term"]
    return _words(term.term, _TAG.sub(" ", term.definition)) if term else Measure()


def _recording(value: Any) -> Measure:
    recording = value["recording"]
    return Measure(seconds=recording.seconds) if recording else Measure()


# What a check, a self-check and a reflection ask to read is part of their minutes. Sources, support lines and
# documents count nothing: nobody is asked to read them through.
COUNTERS: dict[str, Callable[[Any], Measure]] = {
    "text": _words,
    "callout": lambda value: _words(value["title"], value["text"]),
    "key_points": lambda value: _words(value["title"], *value["points"]),
    "steps": _steps,
    "comparison": _table,
    "quotation": lambda value: _words(value["text"], value["attribution"]),
    "glossary": _term,
    "fold": lambda value: _words(value["title"], value["text"]),
    "country": _variants,
    "picture": lambda value: _words(value["caption"]),
    "recording": _recording,
    "content_note": lambda value: _words(value["text"]),
    "knowledge_check": lambda value: Measure(checks=1),
    "self_check": lambda value: Measure(self_checks=1),
    "reflection": lambda value: Measure(reflections=1),
}


def measure(body: StreamValue, *, is_case: bool = False) -> Measure:
    """Return what `body` asks for. In a case each knowledge check is a decision."""
    return sum(_of_children(body, is_case=is_case), start=Measure())


def _of_children(body: StreamValue, *, is_case: bool) -> Iterable[Measure]:
    for child in body:
        count = COUNTERS.get(child.block_type)
        shown = seen(child.block, child.value, editing=False)
        if count is None or shown is None:
            continue
        found = count(shown)
        yield (
            Measure(decisions=1)
            if is_case and isinstance(child.block, LessonBlock) and found.checks
            else found
        )


def lesson_minutes(body: StreamValue, *, is_case: bool = False) -> int:
    """Return the minutes that a lesson counts."""
    return minutes(measure(body, is_case=is_case))
