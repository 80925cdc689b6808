"""Writes Moodle XML, the same bytes for the same questions."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from urllib.parse import quote

from PIL import Image

from assessments.areas import area_of
from assessments.content import Kind
from assessments.exchange import cloze, rule, xml
from assessments.exchange.items import Item, ItemChoice, Picture, Unread, Why, name_of
from assessments.exchange.labels import labels_of
from assessments.exchange.moodle import EMBEDDED
from assessments.exchange.plain_text import as_html
from assessments.exchange.true_false import WORDS_OF, language_of

TYPES: Mapping[Kind, str] = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.SHORT: "shortanswer",
    Kind.NUMBER: "numerical",
    Kind.MATCH: "matching",
    Kind.ORDER: "ordering",
    Kind.CLOZE: "cloze",
    Kind.FREE: "essay",
    Kind.AREA: "ddmarker",
}
SILENT = frozenset({Kind.MATCH, Kind.CLOZE})


def write(items: Iterable[Item]) -> tuple[bytes, list[Unread]]:
    """Return a file with all items, and what it does not hold of some."""
    lines, told = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], []
    for item in items:
        lines += _question(item)
        if item.kind in SILENT and any(choice.feedback for choice in item.choices):
            told.append(Unread(name_of(item.stem), item.kind.value, Why.FEEDBACK_LOST))
        if item.kind is Kind.AREA:
            told.append(Unread(name_of(item.stem), item.kind.value, Why.PLACES_DRAGGED))
    return "\n".join([*lines, "</quiz>", ""]).encode(), told


def _question(item: Item) -> list[str]:
    kind, extra = TYPES[item.kind], {}
    language = language_of(item.choices) if item.kind is Kind.TRUE_FALSE else ""
    if item.kind is Kind.TRUE_FALSE and not language:
        kind, extra = "multichoice", {"kind": "true_false"}
    elif item.kind is Kind.TRUE_FALSE:
        extra = {
            "language": language,
            "first": "false" if item.choices[0].text == WORDS_OF[language][1] else "",
        }
    elif item.kind is Kind.AREA:
        right = next((n for n, choice in enumerate(item.choices, 1) if choice.correct), 0)
        shows = item.picture.alt if item.picture else ""
        extra = {
            "right": str(right),
            "areas": "/".join(choice.area for choice in item.choices),
            "shows": shows,
        }
    own = _choices if kind == "multichoice" else OWN[item.kind]
    return [
        f'<question type="{kind}">',
        f"<name><text>{xml.text(name_of(item.stem))}</text></name>",
        *_asked(item),
        _worded("generalfeedback", item.explanation),
        "<defaultgrade>1</defaultgrade>",
        "<penalty>0</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{item.key or ''}</idnumber>",
        *own(item),
        *_tags(labels_of(item, **extra)),
        "</question>",
    ]


def _asked(item: Item) -> list[str]:
    stem = item.stem
    if item.kind is Kind.CLOZE:
        ordered, gaps = cloze.in_order(stem, item.choices)
        stem = cloze.written(ordered, gaps)
    if item.picture is None or item.kind is Kind.AREA:
        return [_worded("questiontext", stem)]
    shown = f'<img src="{EMBEDDED}{quote(item.picture.name)}" alt={xml.attribute(item.picture.alt)}>'
    markup = f"{as_html(stem)}<p>{shown}</p>"
    return [
        f'<questiontext format="html"><text>{xml.text(markup)}</text>',
        _file(item.picture),
        "</questiontext>",
    ]


def _file(picture: Picture) -> str:
    data = base64.b64encode(picture.data).decode()
    return f'<file name={xml.attribute(picture.name)} path="/" encoding="base64">{data}</file>'


def _worded(name: str, words: str) -> str:
    return f'<{name} format="plain_text"><text>{xml.text(words)}</text></{name}>'


def _tags(labels: Sequence[str]) -> list[str]:
    if not labels:
        return []
    return ["<tags>", *(f"<tag><text>{xml.text(label)}</text></tag>" for label in labels), "</tags>"]


def _answer(choice: ItemChoice, fraction: str, more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="plain_text"><text>{xml.text(choice.text)}</text>'
        f"{_worded('feedback', choice.feedback)}{more}</answer>"
    )


def _choices(item: Item) -> list[str]:
    several = item.kind is Kind.MULTIPLE
    right = sum(choice.correct for choice in item.choices)
    share = rule.percent(100 / max(1, right)) if several else "100"
    wrong = f"-{share}" if several else "0"
    return [
        f"<single>{'false' if several else 'true'}</single>",
        "<shuffleanswers>true</shuffleanswers>",
        "<answernumbering>none</answernumbering>",
        *(_answer(choice, share if choice.correct else wrong) for choice in item.choices),
    ]


def _true_false(item: Item) -> list[str]:
    words = WORDS_OF[language_of(item.choices)]
    said = {choice.text: choice for choice in item.choices}
    return [
        _answer(
            ItemChoice(("true", "false")[at], feedback=said[word].feedback),
            "100" if said[word].correct else "0",
        )
        for at, word in enumerate(words)
    ]


def _short(item: Item) -> list[str]:
    return [
        "<usecase>0</usecase>",
        *(
            _answer(
                ItemChoice(choice.text.replace("*", "\\*"), feedback=choice.feedback),
                "100" if choice.correct else "0",
            )
            for choice in item.choices
        ),
    ]


def _numerical(item: Item) -> list[str]:
    return [
        _answer(
            choice,
            "100" if choice.correct else "0",
            f"<tolerance>{xml.text(choice.tolerance or '0')}</tolerance>",
        )
        for choice in item.choices
    ]


def _matching(item: Item) -> list[str]:
    lends = any(choice.correct for choice in item.choices)
    things = ["" if lends and not choice.correct else choice.text for choice in item.choices]
    return [
        "<shuffleanswers>true</shuffleanswers>",
        *(
            f'<subquestion format="plain_text"><text>{xml.text(thing)}</text>'
            f"<answer><text>{xml.text(choice.match)}</text></answer></subquestion>"
            for thing, choice in zip(things, item.choices, strict=True)
        ),
    ]


def _ordering(item: Item) -> list[str]:
    return [
        "<layouttype>VERTICAL</layouttype>",
        "<selecttype>ALL</selecttype>",
        "<selectcount>0</selectcount>",
        "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>",
        "<showgrading>SHOW</showgrading>",
        *(_answer(choice, f"{place}.0000000") for place, choice in enumerate(item.choices, 1)),
    ]


def _cloze(item: Item) -> list[str]:
    return []


def _essay(item: Item) -> list[str]:
    criteria = "\n".join(f"- {choice.text}" for choice in item.choices)
    return ["<responseformat>plain</responseformat>", _worded("graderinfo", criteria)]


def _marker(item: Item) -> list[str]:
    if item.picture is None:
        return []
    width, height = Image.open(BytesIO(item.picture.data)).size
    lines = [_file(item.picture), "<shuffleanswers/>", "<showmisplaced/>"]
    for number, choice in enumerate(item.choices, 1):
        lines.append(
            f"<drag><no>{number}</no><text>{xml.text(choice.text)}</text><noofdrags>1</noofdrags>"
            f"{_worded('feedback', choice.feedback)}</drag>"
        )
    for number, choice in enumerate(item.choices, 1):
        shape, coords = _coords(choice.area, width, height)
        lines.append(
            f"<drop><no>{number}</no><shape>{shape}</shape><coords>{coords}</coords><choice>{number}</choice></drop>"
        )
    return lines


def _coords(said: str, width: int, height: int) -> tuple[str, str]:
    area = area_of(said)
    if area is None:
        return "rectangle", "0,0;0,0"
    left, top = round(area.left * width / 100), round(area.top * height / 100)
    if area.radius:
        return "circle", f"{left},{top};{round(area.radius * width / 100)}"
    return "rectangle", f"{left},{top};{round(area.width * width / 100)},{round(area.height * height / 100)}"


OWN: Mapping[Kind, Callable[[Item], list[str]]] = {
    Kind.TRUE_FALSE: _true_false,
    Kind.SHORT: _short,
    Kind.NUMBER: _numerical,
    Kind.MATCH: _matching,
    Kind.ORDER: _ordering,
    Kind.CLOZE: _cloze,
    Kind.FREE: _essay,
    Kind.AREA: _marker,
}
