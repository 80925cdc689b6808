"""Reads items of QTI 2.1 and 2.2, alone or in a package, whichever of its interactions is asked here too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.content import Kind
from assessments.exchange import cloze, labels, xml
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
from assessments.exchange.package import Package, opened
from assessments.exchange.plain_text import LINES, PLAIN, tidied
from assessments.exchange.rubric import with_a_criterion

WITHIN = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
NUMBERS = frozenset({"integer", "float"})
TEMPLATES = re.compile(r"/(?:match_correct|map_response)(?:\.xml)?$")
# Parts of an item that are no part of what is asked.
SILENT = frozenset(
    "simpleChoice simpleAssociableChoice simpleMatchSet hotspotChoice inlineChoice feedbackInline feedbackBlock"
    " rubricBlock object".split()
)
LABELS = "senda-labels"


@dataclass
class Source:
    """An item's XML with what stands around it."""

    root: Any
    where: str
    package: Package
    item: Item
    interaction: Any = None

    def declared(self, interaction: Any) -> Any:
        """Return the declaration of what an interaction answers. Raises Refused."""
        wanted = interaction.get("responseIdentifier", "")
        for each in xml.children(self.root, "responseDeclaration"):
            if each.get("identifier") == wanted:
                return each
        raise Refused(Why.BROKEN, wanted)

    def right(self, interaction: Any) -> list[str]:
        """Return what answers rightly, as the declaration says it, or its table of points."""
        declared = self.declared(interaction)
        correct = xml.child(declared, "correctResponse")
        found = (
            [(value.text or "").strip() for value in xml.children(correct, "value")]
            if correct is not None
            else []
        )
        return found or [key for key, points in self.mapped(declared) if points > 0]

    @staticmethod
    def mapped(declared: Any) -> list[tuple[str, float]]:
        """Return the table of points of a declaration."""
        mapping = xml.child(declared, "mapping")
        if mapping is None:
            return []
        return [
            (each.get("mapKey", ""), _number(each.get("mappedValue", "0")))
            for each in xml.children(mapping, "mapEntry")
        ]


def read(data: bytes, language: str) -> list[Read]:
    """Return the questions of a package or item, in their order. Raises BadFile."""
    package = opened(data)
    return [_read(part, name, package, language) for name, part in package.items()]


def _read(data: bytes, where: str, package: Package, language: str) -> Read:
    root = xml.root_of(data, where)
    if xml.tag_of(root) != "assessmentItem":
        if package.archive is None:
            raise BadFile(Why.OTHER_FORMAT)
        return Unread(where, xml.tag_of(root), Why.UNKNOWN_TYPE)
    name = root.get("title", "")
    body = xml.child(root, "itemBody")
    found = (
        [each for each in body.iter() if xml.tag_of(each).endswith("Interaction")] if body is not None else []
    )
    kinds = {xml.tag_of(each) for each in found}
    kind = next(iter(kinds), "")
    if not found or kind not in READERS:
        return Unread(name or where, kind, Why.NO_QUESTION if not found else Why.UNKNOWN_TYPE)
    if len(kinds) > 1 or (len(found) > 1 and kind not in WITHIN):
        return Unread(name or where, kind, Why.SEVERAL_TASKS)
    source = Source(root, where, package, Item(name, kind, Kind.SINGLE, "", language=language), found[0])
    try:
        return _item(source, body, found)
    except Refused as refused:
        return Unread(name or where, kind, refused.why, refused.detail)


def _item(source: Source, body: Any, found: list[Any]) -> Item:
    item = source.item
    item.key = key_in(source.root.get("identifier", "").removeprefix("q-"))
    _processing(source)
    gaps = iter(range(1, len(found) + 1))
    within = xml.tag_of(found[0]) in WITHIN
    reader = _Text(source, (lambda: f"[{next(gaps)}]") if within else (lambda: ""))
    prompt = xml.child(found[0], "prompt")
    item.stem = tidied(
        "\n".join(filter(None, (reader.words(body), reader.words(prompt) if prompt is not None else "")))
    )
    item.explanation = tidied(
        "\n".join(reader.words(each) for each in xml.children(source.root, "modalFeedback"))
    )
    stylesheet = next(
        (each for each in xml.descendants(body, "rubricBlock") if each.get("class") == LABELS), None
    )
    lines = [each.text or "" for each in xml.descendants(stylesheet, "p")] if stylesheet is not None else []
    item.said = labels.put_labels(item, lines)
    READERS[xml.tag_of(found[0])](source, found)
    item.name = item.name or name_of(item.stem)
    return item


def _processing(source: Source) -> None:
    found = xml.child(source.root, "responseProcessing")
    if found is None:
        return
    template = found.get("template", "")
    if (template and not TEMPLATES.search(template)) or len(found):
        source.item.note(Why.PROCESSING)


class _Text:
    """Reads the words of an element with its pictures; what stands for a gap is asked of `gap`."""

    def __init__(self, source: Source, gap: Callable[[], str]) -> None:
        self.source, self.gap = source, gap

    def words(self, element: Any) -> str:
        """Return the words, a line for each paragraph."""
        return tidied("".join(self._parts(element, top=True)))

    def _parts(self, element: Any, *, top: bool = False) -> list[str]:
        tag = xml.tag_of(element)
        if tag in WITHIN:
            return [self.gap()]
        if not top and (tag in SILENT or tag.endswith("Interaction") or not tag):
            return []
        if tag == "img":
            self._picture(element)
            return []
        if tag not in PLAIN and tag not in {"itemBody", "prompt", "modalFeedback", *SILENT}:
            self.source.item.note(Why.FORMATTING)
        parts = [re.sub(r"\s+", " ", element.text or "")]
        for child in element:
            parts += self._parts(child)
            parts.append(re.sub(r"\s+", " ", child.tail or ""))
        return ["\n", *parts, "\n"] if tag in LINES else parts

    def _picture(self, element: Any) -> None:
        item = self.source.item
        if item.picture is not None:
            item.note(Why.PICTURES)
            return
        item.picture = _picture_of(self.source, element.get("src", ""), element.get("alt", ""))


def _picture_of(source: Source, address: str, alt: str) -> Picture:
    try:
        name, data = source.package.beside(source.where, address)
    except KeyError as error:
        raise Refused(Why.BAD_PICTURE, address) from error
    return Picture(name, data, " ".join(alt.split()))


def _said(source: Source, element: Any) -> tuple[str, str]:
    """Return the words of a choice, and what is said of it."""
    reader = _Text(source, lambda: "")
    feedback = " ".join(reader.words(each) for each in xml.descendants(element, "feedbackInline"))
    return reader.words(element), feedback


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return 0


def _choose(source: Source, found: list[Any]) -> None:
    item, interaction = source.item, found[0]
    right = set(source.right(interaction))
    several = source.declared(interaction).get("cardinality") == "multiple"
    item.kind = Kind.MULTIPLE if several else labels.kind_said(item.said, item)
    if not right:
        raise Refused(Why.NO_KEY)
    points = dict(Source.mapped(source.declared(interaction)))
    if several and points and len(set(points.values())) > 2:
        item.note(Why.SEVERAL_RULE)
    for choice in xml.children(interaction, "simpleChoice"):
        words, feedback = _said(source, choice)
        item.choices.append(ItemChoice(words, choice.get("identifier") in right, feedback))


def _order(source: Source, found: list[Any]) -> None:
    item, interaction = source.item, found[0]
    words = {
        each.get("identifier"): _said(source, each) for each in xml.children(interaction, "simpleChoice")
    }
    order = source.right(interaction)
    if sorted(order) != sorted(words):
        raise Refused(Why.NO_KEY)
    item.kind = Kind.ORDER
    item.choices = [ItemChoice(words[key][0], feedback=words[key][1]) for key in order]


def _match(source: Source, found: list[Any]) -> None:
    item, interaction = source.item, found[0]
    sets = xml.children(interaction, "simpleMatchSet")
    if len(sets) != 2:
        raise Refused(Why.BROKEN)
    things, partners = (
        {
            each.get("identifier"): _said(source, each)[0]
            for each in xml.children(one, "simpleAssociableChoice")
        }
        for one in sets
    )
    pairs = [value.split() for value in source.right(interaction)]
    if not pairs or any(len(pair) != 2 or pair[0] not in things or pair[1] not in partners for pair in pairs):
        raise Refused(Why.NO_KEY)
    partner_of = dict(pairs)
    if len(partner_of) < len(pairs) or set(partner_of) != set(things):
        raise Refused(Why.NO_KEY)
    item.kind = Kind.MATCH
    lent = [words for key, words in partners.items() if key not in partner_of.values()]
    item.choices = [
        ItemChoice(words, bool(lent), match=partners[partner_of[key]]) for key, words in things.items()
    ]
    item.choices += [ItemChoice(f"→ {words}", match=words) for words in lent]


def _enter(source: Source, found: list[Any]) -> None:
    item = source.item
    answers = []
    for each in found:
        right, declared = source.right(each), source.declared(each)
        mapped = [key for key, points in Source.mapped(declared) if points > 0]
        answers.append(list(dict.fromkeys([*right, *mapped])))
        if any(entry.get("caseSensitive") == "true" for entry in xml.descendants(declared, "mapEntry")):
            item.note(Why.CASE)
    if not all(answers):
        raise Refused(Why.NO_KEY)
    if len(found) > 1 or not item.stem.endswith("[1]") or item.said.get("gaps"):
        item.kind = Kind.CLOZE
        item.choices = [ItemChoice(" | ".join(each)) for each in answers]
        return
    item.stem = item.stem.removesuffix("[1]").strip()
    number = source.declared(found[0]).get("baseType") in NUMBERS
    item.kind = Kind.NUMBER if number else Kind.SHORT
    room = item.said.get("tolerances", "").split("/")
    wrong = filter(None, item.said.get("wrong", "").split("/"))
    item.choices = [
        ItemChoice(words, correct=True, tolerance=room[at] if at < len(room) else "")
        for at, words in enumerate(answers[0])
    ]
    item.choices += [ItemChoice(words) for words in wrong]


def _choose_within(source: Source, found: list[Any]) -> None:
    gaps = []
    for each in found:
        words = {one.get("identifier"): _said(source, one)[0] for one in xml.children(each, "inlineChoice")}
        right = source.right(each)
        if len(right) != 1 or right[0] not in words:
            raise Refused(Why.NO_KEY)
        gaps.append((words[right[0]], list(words.values())))
    cloze.match_gaps(source.item, gaps)


def _write(source: Source, found: list[Any]) -> None:
    rubric = [each for each in xml.descendants(source.root, "rubricBlock") if each.get("class", "") != LABELS]
    lines = [line for each in rubric for line in _Text(source, lambda: "").words(each).splitlines()]
    source.item.choices = [ItemChoice(text) for line in lines if (text := line.lstrip("-–•* ").strip())]
    with_a_criterion(source.item)


def _point(source: Source, found: list[Any]) -> None:
    item, interaction = source.item, found[0]
    shown = next(xml.descendants(interaction, "object", "img"), None)
    right = source.right(interaction)
    if shown is None or len(right) != 1:
        raise Refused(Why.NO_KEY if shown is not None else Why.BAD_PICTURE)
    alt = "".join(shown.itertext()).strip() or shown.get("alt", "")
    item.picture = _picture_of(source, shown.get("data") or shown.get("src") or "", alt)
    width, height = _number(shown.get("width", "")), _number(shown.get("height", ""))
    if not width or not height:
        raise Refused(Why.BROKEN, "width, height")
    item.kind = Kind.AREA
    words = item.said.get("places", "").split("/")
    for at, spot in enumerate(xml.children(interaction, "hotspotChoice")):
        said = spot.get("hotspotLabel") or (words[at] if at < len(words) else "") or chr(65 + at)
        area = _area(item, spot, width, height)
        item.choices.append(ItemChoice(said, spot.get("identifier") == right[0], area=area))


def _area(item: Item, spot: Any, width: float, height: float) -> str:
    numbers = [_number(each) for each in spot.get("coords", "").split(",")]
    shape = spot.get("shape", "")
    if shape == "circle" and len(numbers) == 3:
        return _hundredths((numbers[0], width), (numbers[1], height), (numbers[2], width))
    if shape == "ellipse" and len(numbers) == 4:
        item.note(Why.SHAPE)
        across, down, wide, high = numbers
        numbers = [across - wide, down - high, across + wide, down + high]
    elif shape == "poly" and len(numbers) >= 6:
        item.note(Why.SHAPE)
        numbers = [min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])]
    elif shape != "rect" or len(numbers) != 4:
        raise Refused(Why.BROKEN, shape)
    left, top, right, bottom = numbers
    return _hundredths((left, width), (top, height), (right - left, width), (bottom - top, height))


def _hundredths(*parts: tuple[float, float]) -> str:
    return " ".join(f"{max(0, part) * 100 / whole:.2f}".rstrip("0").rstrip(".") for part, whole in parts)


READERS: Mapping[str, Callable[[Source, list[Any]], None]] = {
    "choiceInteraction": _choose,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "textEntryInteraction": _enter,
    "inlineChoiceInteraction": _choose_within,
    "extendedTextInteraction": _write,
    "hotspotInteraction": _point,
}
