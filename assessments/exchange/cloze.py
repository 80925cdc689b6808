"""Reads and writes the gaps of Moodle's cloze: «{1:SHORTANSWER:=observar~=mirar}»."""

from __future__ import annotations

import re

from assessments.content import Kind
from assessments.exchange.items import Item, ItemChoice, Refused, Why
from assessments.gaps import accepted, gaps_in, pieces

GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^{}\\])*)\}")
TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
MINDS_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
NUMBERS = frozenset({"NUMERICAL", "NM"})
CHOSEN = frozenset(
    {
        f"{kind}{way}"
        for kind, ways in (
            ("MULTICHOICE", ("", "_V", "_H", "_S", "_VS", "_HS")),
            ("MC", ("", "V", "H", "S", "VS", "HS")),
        )
        for way in ways
    }
)
ANSWER = re.compile(r"(?:^|~)(=|%(-?\d+(?:\.\d+)?)%)?((?:\\.|[^~#\\])*)(?:#((?:\\.|[^~\\])*))?")
ESCAPED = re.compile(r"\\(.)")
TO_ESCAPE = re.compile(r"([~=#{}\\])")


def put_gaps(item: Item) -> Item:
    """Turn the gaps that stand in the text of an item into choices. Raises Refused."""
    found = list(GAP.finditer(item.stem))
    if not found:
        raise Refused(Why.NO_KEY)
    kinds = {_kind(gap[2]) for gap in found}
    if len(kinds) > 1:
        raise Refused(Why.MIXED_GAPS)
    if len({gap[1] or "1" for gap in found}) > 1:
        item.note(Why.GAP_WEIGHTS)
    number = iter(range(1, len(found) + 1))
    item.stem = GAP.sub(lambda _gap: f"[{next(number)}]", item.stem)
    if kinds == {"chosen"}:
        return match_gaps(item, [_options(gap[3], item) for gap in found])
    item.kind = Kind.CLOZE
    item.choices = [_typed(gap[2], gap[3], item) for gap in found]
    return item


def _kind(name: str) -> str:
    if name in TYPED | NUMBERS:
        return "typed"
    if name in CHOSEN:
        return "chosen"
    raise Refused(Why.UNKNOWN_TYPE, name)


def _answers(said: str) -> list[tuple[float, str, str]]:
    """Return of each answer of a gap its percentage, its words, and what is said of it."""
    return [
        (100 if mark == "=" else float(share or 0), _plain(words), _plain(feedback or ""))
        for mark, share, words, feedback in ANSWER.findall(said)
        if words.strip()
    ]


def _plain(words: str) -> str:
    return ESCAPED.sub(r"\1", words).strip()


def _typed(kind: str, said: str, item: Item) -> ItemChoice:
    answers = _answers(said)
    right = [words for share, words, _feedback in answers if share >= 100 and words != "*"]
    if kind in MINDS_CASE:
        item.note(Why.CASE)
    if any(words == "*" for _share, words, _feedback in answers):
        item.note(Why.WILDCARD)
    if any(0 < share < 100 for share, _words, _feedback in answers):
        item.note(Why.PARTIAL)
    if any(feedback for _share, _words, feedback in answers):
        item.note(Why.GAP_FEEDBACK)
    if kind in NUMBERS:
        if any(":" in words and words.partition(":")[2].strip("0.") for words in right):
            item.note(Why.GAP_TOLERANCE)
        right = [words.partition(":")[0] for words in right]
    if not right:
        raise Refused(Why.NO_KEY)
    return ItemChoice(" | ".join(right))


def _options(said: str, item: Item) -> tuple[str, list[str]]:
    """Return what fills a gap that is chosen, and what else may be chosen."""
    answers = _answers(said)
    right = [words for share, words, _feedback in answers if share >= 100]
    if len(right) != 1:
        raise Refused(Why.NO_KEY)
    if any(feedback for _share, _words, feedback in answers):
        item.note(Why.GAP_FEEDBACK)
    return right[0], [words for _share, words, _feedback in answers]


def match_gaps(item: Item, gaps: list[tuple[str, list[str]]]) -> Item:
    """Make of gaps that are chosen from lists things to be matched: each gap with what fills it."""
    item.kind = Kind.MATCH
    item.note(Why.GAPS_CHOSEN)
    right = [fills for fills, _options in gaps]
    others = dict.fromkeys(words for _fills, options in gaps for words in options if words not in right)
    item.choices = [ItemChoice(f"[{n}]", bool(others), match=fills) for n, fills in enumerate(right, 1)]
    item.choices += [ItemChoice(f"→ {words}", match=words) for words in others]
    return item


def written(stem: str, gaps: list[ItemChoice]) -> str:
    """Return a text with its gaps as Moodle has them."""
    parts = []
    for piece in pieces(stem):
        parts.append(piece.text)
        if piece.gap:
            answers = "~".join(f"={_escaped(words)}" for words in accepted(gaps[piece.gap - 1].text))
            parts.append(f"{{1:SHORTANSWER:{answers}}}")
    return "".join(parts)


def _escaped(words: str) -> str:
    return TO_ESCAPE.sub(r"\\\1", words)


def in_order(stem: str, choices: list[ItemChoice]) -> tuple[str, list[ItemChoice]]:
    """Number the gaps by where they stand: another program knows no other number."""
    order = gaps_in(stem)
    numbers = iter(range(1, len(order) + 1))
    renumbered = "".join(
        f"{piece.text}[{next(numbers)}]" if piece.gap else piece.text for piece in pieces(stem)
    )
    return renumbered, [choices[number - 1] for number in order]
