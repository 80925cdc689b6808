"""Reads Moodle XML: the types that are asked here too, with what of each is not kept."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from assessments.content import Kind
from assessments.exchange import cloze, labels, rule, xml
from assessments.exchange.items import (
    BadFile,
    Item,
    ItemChoice,
    Picture,
    Read,
    Refused,
    Unread,
    Why,
    key_in,
    name_of,
)
from assessments.exchange.plain_text import Words, tidied, words_of
from assessments.exchange.rubric import with_a_criterion
from assessments.exchange.true_false import WORDS_OF

EMBEDDED = "@@PLUGINFILE@@/"
# What Moodle writes of itself where an author said nothing to all who were right or wrong.
COMMON = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
USUAL = re.compile(
    r"your answer is|(?:tu|su) respuesta es|(?:ta|votre) réponse est|respuesta (?:in)?correcta", re.IGNORECASE
)
NO_QUESTIONS = frozenset({"category"})


def read(data: bytes, language: str) -> list[Read]:
    """Return the questions of a file, in their order. `language` is that in which true and false are said.

    Raises BadFile.
    """
    root = xml.root_of(data)
    if xml.tag_of(root) != "quiz":
        raise BadFile(Why.OTHER_FORMAT)
    found = xml.children(root, "question")
    return [_read(each, language) for each in found if each.get("type") not in NO_QUESTIONS]


def _read(element: Any, language: str) -> Read:
    kind, name = element.get("type", ""), xml.said(element, "name")
    reader = READERS.get(kind)
    if reader is None:
        why = Why.NO_QUESTION if kind == "description" else Why.UNKNOWN_TYPE
        return Unread(name, kind, why)
    try:
        return reader(element, _begun(element, kind, name, language))
    except Refused as refused:
        return Unread(name, kind, refused.why, refused.detail)


def _begun(element: Any, kind: str, name: str, language: str) -> Item:
    """Return what all types say alike."""
    asked = xml.child(element, "questiontext")
    words = _words(asked)
    item = Item(name or name_of(words.text), kind, Kind.SINGLE, words.text, language=language)
    _note_words(item, words)
    item.picture = _picture(item, asked, words)
    explained = _words(xml.child(element, "generalfeedback"))
    item.explanation = explained.text
    _note_words(item, explained)
    if explained.pictures:
        item.note(Why.PICTURES)
    item.key = key_in(xml.said(element, "idnumber"))
    if _number(xml.said(element, "defaultgrade", "1")) != 1:
        item.note(Why.GRADE)
    if any(_means(element, each) for each in COMMON):
        item.note(Why.COMMON_FEEDBACK)
    if any(xml.said(hint, "text") or (hint.text or "").strip() for hint in xml.children(element, "hint")):
        item.note(Why.HINTS)
    tags = xml.child(element, "tags")
    item.said = labels.put_labels(
        item, [xml.said(tag, "text") for tag in (xml.children(tags, "tag") if tags is not None else ())]
    )
    return item


def _words(element: Any | None) -> Words:
    """Return the words of an element with a text, by the format that it says."""
    if element is None:
        return Words("")
    child = xml.child(element, "text")
    said = (child.text if child is not None else element.text) or ""
    if element.get("format") in {"plain_text", "markdown"}:
        return Words(said.replace("\r\n", "\n").strip())
    found = words_of(said)
    # Moodle's own format keeps line breaks, and HTML besides.
    if element.get("format", "moodle_auto_format") == "moodle_auto_format" and "<" not in said:
        found.text = tidied(said)
    return found


def _note_words(item: Item, words: Words) -> None:
    if words.formatted:
        item.note(Why.FORMATTING)


def _picture(item: Item, element: Any | None, words: Words) -> Picture | None:
    embedded = [address for address, _alt in words.pictures if address.startswith(EMBEDDED)]
    if not words.pictures or element is None:
        return None
    if len(words.pictures) > 1 or not embedded:
        item.note(Why.PICTURES)
    if not embedded:
        return None
    name = unquote(embedded[0].removeprefix(EMBEDDED)).rsplit("/", 1)[-1]
    alt = next(alt for address, alt in words.pictures if address == embedded[0])
    return _file(element, name, alt)


def _file(element: Any, name: str, alt: str) -> Picture:
    files = {each.get("name", ""): each.text or "" for each in xml.children(element, "file")}
    try:
        data = base64.b64decode("".join(files[name].split()), validate=True)
    except (KeyError, binascii.Error, ValueError) as error:
        raise Refused(Why.BAD_PICTURE, name) from error
    return Picture(name, data, alt)


def _means(element: Any, name: str) -> bool:
    """Say whether an author wrote something there herself."""
    said = _words(xml.child(element, name)).text
    return bool(said) and not USUAL.match(said)


def _number(said: str) -> float:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return 0


def _answers(element: Any, item: Item) -> list[tuple[str, float, str, Any]]:
    """Return of each answer its words, its percentage, what is said of it, and the element."""
    found = []
    for answer in xml.children(element, "answer"):
        words, feedback = _words(answer), _words(xml.child(answer, "feedback"))
        for each in (words, feedback):
            _note_words(item, each)
            if each.pictures:
                item.note(Why.PICTURES)
        found.append((words.text, _number(answer.get("fraction", "0")), feedback.text, answer))
    return found


def _one_or_several(element: Any, item: Item) -> Item:
    answers = _answers(element, item)
    fractions = [fraction for _words, fraction, _feedback, _element in answers]
    if xml.said(element, "single", "true") in {"false", "0"}:
        item.kind = Kind.MULTIPLE
        if not rule.is_our_rule(fractions):
            item.note(Why.SEVERAL_RULE)
        right = [fraction > 0 for fraction in fractions]
    else:
        right = [fraction >= 100 for fraction in fractions]
        item.kind = labels.kind_said(item.said, item)
        if any(0 < fraction < 100 or fraction < 0 for fraction in fractions):
            item.note(Why.PARTIAL)
    item.choices = [
        ItemChoice(words, correct, feedback)
        for (words, _fraction, feedback, _element), correct in zip(answers, right, strict=True)
    ]
    return item


def _true_false(element: Any, item: Item) -> Item:
    item.kind = Kind.TRUE_FALSE
    said = {
        words.casefold(): (fraction, feedback) for words, fraction, feedback, _each in _answers(element, item)
    }
    if set(said) != {"true", "false"}:
        raise Refused(Why.BROKEN)
    words = WORDS_OF.get(item.said.get("language", ""), WORDS_OF[item.language])
    order = ("false", "true") if item.said.get("first") == "false" else ("true", "false")
    item.choices = [
        ItemChoice(words[which == "false"], said[which][0] >= 100, said[which][1]) for which in order
    ]
    return item


def _short(element: Any, item: Item) -> Item:
    item.kind = Kind.SHORT
    if xml.said(element, "usecase", "0") in {"1", "true"}:
        item.note(Why.CASE)
    for words, fraction, feedback, _element in _answers(element, item):
        if "*" in words.replace("\\*", ""):
            item.note(Why.WILDCARD)
            continue
        if 0 < fraction < 100:
            item.note(Why.PARTIAL)
        item.choices.append(ItemChoice(words.replace("\\*", "*"), fraction >= 100, feedback))
    return item


def _numerical(element: Any, item: Item) -> Item:
    item.kind = Kind.NUMBER
    units = xml.child(element, "units")
    if units is not None and len(units):
        item.note(Why.UNITS)
    for words, fraction, feedback, answer in _answers(element, item):
        if words == "*":
            item.note(Why.WILDCARD)
            continue
        if 0 < fraction < 100:
            item.note(Why.PARTIAL)
        tolerance = xml.said(answer, "tolerance")
        item.choices.append(
            ItemChoice(
                words, fraction >= 100, feedback, tolerance="" if _number(tolerance) == 0 else tolerance
            )
        )
    return item


def _matching(element: Any, item: Item) -> Item:
    item.kind = Kind.MATCH
    found = []
    for pair in xml.children(element, "subquestion"):
        words, partner = _words(pair), xml.said(pair, "answer")
        _note_words(item, words)
        if words.pictures:
            item.note(Why.PICTURES)
        found.append((words.text, tidied(partner)))
    lends = any(not thing for thing, _partner in found)
    # What lends its partner alone has no words there; here each has some, that nobody reads.
    item.choices = [
        ItemChoice(thing or f"→ {partner}", bool(thing) and lends, match=partner) for thing, partner in found
    ]
    return item


def _ordering(element: Any, item: Item) -> Item:
    item.kind = Kind.ORDER
    answers = sorted(_answers(element, item), key=lambda each: each[1])
    item.choices = [ItemChoice(words, feedback=feedback) for words, _place, feedback, _element in answers]
    if xml.said(element, "gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST") not in {
        "RELATIVE_NEXT_EXCLUDE_LAST",
        "1",
    }:
        item.note(Why.GRADING)
    return item


def _cloze(element: Any, item: Item) -> Item:
    return cloze.put_gaps(item)


def _essay(element: Any, item: Item) -> Item:
    item.kind = Kind.FREE
    lines = _words(xml.child(element, "graderinfo")).text.splitlines()
    item.choices = [ItemChoice(text) for line in lines if (text := line.lstrip("-–•* ").strip())]
    return with_a_criterion(item)


def _marker(element: Any, item: Item) -> Item:
    """Read what was written for programs like this one: each marker is a place, and a tag says which one is right."""
    right = item.said.get("right", "")
    if not right:
        raise Refused(Why.UNKNOWN_TYPE)
    item.kind = Kind.AREA
    file = next(iter(xml.children(element, "file")), None)
    if file is None:
        raise Refused(Why.BAD_PICTURE)
    item.picture = _file(element, file.get("name", ""), item.said.get("shows", ""))
    words = {xml.said(drag, "no"): _words(drag).text for drag in xml.children(element, "drag")}
    said = {
        xml.said(drag, "no"): _words(xml.child(drag, "feedback")).text
        for drag in xml.children(element, "drag")
    }
    areas = item.said.get("areas", "").split("/")
    for at, drop in enumerate(xml.children(element, "drop")):
        number = xml.said(drop, "choice")
        area = areas[at] if at < len(areas) else ""
        item.choices.append(
            ItemChoice(words.get(number, ""), number == right, said.get(number, ""), area=area)
        )
    return item


READERS: Mapping[str, Callable[[Any, Item], Item]] = {
    "multichoice": _one_or_several,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "essay": _essay,
    "ddmarker": _marker,
}
