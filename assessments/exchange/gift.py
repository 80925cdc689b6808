"""Reads and writes GIFT, Moodle's plain text format: «::name:: Question { =right ~wrong#why }»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assessments.content import Kind
from assessments.exchange import rule
from assessments.exchange.items import BadFile, Item, ItemChoice, Read, Refused, Unread, Why, key_in, name_of
from assessments.exchange.labels import labels_of, put_labels
from assessments.exchange.plain_text import Words, tidied, words_of
from assessments.exchange.rubric import with_a_criterion
from assessments.exchange.true_false import WORDS_OF, language_of

ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# A sign before which a stroke stands is no sign.
ANSWERS = re.compile(r"(?<!\\)\{((?:\\.|[^\\}])*)\}", re.DOTALL)
NAME = re.compile(r"^\s*::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
ONE_ANSWER = re.compile(r"([=~])\s*((?:\\.|[^\\=~])*)", re.DOTALL)
WEIGHT = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
GENERAL = re.compile(r"(?<!\\)####")
FEEDBACK = re.compile(r"(?<!\\)#")
ARROW = re.compile(r"\s*(?<!\\)->\s*")
TRUE_FALSE = re.compile(
    r"^\s*(T|TRUE|F|FALSE)\s*(?:#((?:\\.|[^\\#])*))?(?:#((?:\\.|[^\\#])*))?$", re.IGNORECASE | re.DOTALL
)
LABELS = re.compile(r"\[(id|tag):((?:\\.|[^\\\]])*)\]")
TO_ESCAPE = re.compile(r"([~=#{}:\\])")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.SHORT: "shortanswer",
    Kind.NUMBER: "numerical",
    Kind.MATCH: "matching",
    Kind.FREE: "essay",
}


def read(data: bytes, language: str) -> list[Read]:
    """Return the questions of a file, in their order. Raises BadFile."""
    text = decoded(data)
    found = [_read(block, told, language) for block, told in _blocks(text)]
    return [each for each in found if each is not None]


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16. Raises BadFile."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(Why.ENCODING, str(data[: error.start].count(b"\n") + 1)) from error
    if "\x00" in text:
        raise BadFile(Why.ENCODING, str(text[: text.index("\x00")].count("\n") + 1))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> Iterable[tuple[str, list[str]]]:
    """Yield each question with the remarks above it: empty lines part them."""
    lines: list[str] = []
    told: list[str] = []
    for line in [*text.split("\n"), ""]:
        bare = line.strip()
        if bare.startswith("//"):
            told.append(bare)
        elif bare.startswith("$CATEGORY:"):
            continue
        elif bare:
            lines.append(line)
        elif lines:
            yield "\n".join(lines), told
            lines, told = [], []
    if lines:
        yield "\n".join(lines), told


def _read(block: str, told: list[str], language: str) -> Read | None:
    named = NAME.match(block)
    name = plain(named[1]) if named else ""
    rest = block[named.end() :] if named else block
    said = FORMAT.match(rest)
    rest = rest[said.end() :] if said else rest
    answers = ANSWERS.search(rest)
    if not answers:
        broken = "{" in ESCAPED.sub("", rest)
        return Unread(name or name_of(plain(rest)), "description", Why.BROKEN if broken else Why.NO_QUESTION)
    before, after = rest[: answers.start()], rest[answers.end() :]
    if ANSWERS.search(after):
        return Unread(name or name_of(plain(rest)), "", Why.SEVERAL_TASKS)
    item = Item(name, "", Kind.SINGLE, "", language=language)
    form = said[1].lower() if said else "moodle"
    missing = bool(after.strip())
    item.stem = _worded(item, f"{before} _____ {after}" if missing else before, form)
    item.name = name or name_of(item.stem)
    item.said = put_labels(item, _labels(item, told))
    try:
        return _answered(item, answers[1].strip(), form, missing=missing)
    except Refused as refused:
        return Unread(item.name, item.type, refused.why, refused.detail)


def _labels(item: Item, told: list[str]) -> list[str]:
    found = [(what, plain(words)) for line in told for what, words in LABELS.findall(line)]
    item.key = next((key for what, words in found if what == "id" and (key := key_in(words))), None)
    return [words for what, words in found if what == "tag"]


def plain(text: str) -> str:
    """Return words without the strokes that GIFT needs, and «\\n» as a line."""
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def _worded(item: Item, text: str, form: str) -> str:
    words = plain(text)
    if form == "html" or (form == "moodle" and re.search(r"<\w", words)):
        found: Words = words_of(words)
        if found.formatted:
            item.note(Why.FORMATTING)
        if found.pictures:
            item.note(Why.PICTURES)
        return found.text
    return tidied(words)


def _answered(item: Item, said: str, form: str, *, missing: bool) -> Item:
    parts = GENERAL.split(said, maxsplit=1)
    said = parts[0].strip()
    if len(parts) > 1:
        item.explanation = _worded(item, parts[1], form)
    if not said:
        item.type = "essay"
        return with_a_criterion(item)
    if found := TRUE_FALSE.match(said):
        return _true_false(item, found, form)
    if said.startswith("#"):
        return _numerical(item, said[1:].strip(), form)
    answers = [(sign, words.strip()) for sign, words in ONE_ANSWER.findall(said)]
    if not answers or said[0] not in "=~":
        raise Refused(Why.BROKEN)
    if all(sign == "=" and ARROW.search(words) for sign, words in answers):
        return _matching(item, answers, form)
    if all(sign == "=" for sign, _words in answers):
        return _short(item, answers, form, missing=missing)
    return _one_or_several(item, answers, form)


def _parted(item: Item, words: str, form: str) -> tuple[float | None, str, str]:
    """Return the weight of an answer, if it says one, its words, and what is said of it."""
    weight = WEIGHT.match(words)
    text, *feedback = FEEDBACK.split(words[weight.end() :] if weight else words, maxsplit=1)
    inner = FORMAT.match(text)
    if inner:
        text, form = text[inner.end() :], inner[1].lower()
    return (
        float(weight[1]) if weight else None,
        _worded(item, text, form),
        _worded(item, feedback[0], form) if feedback else "",
    )


def _one_or_several(item: Item, answers: list[tuple[str, str]], form: str) -> Item:
    item.type = "multichoice"
    read_ = [(sign, *_parted(item, words, form)) for sign, words in answers]
    weighted = [weight for sign, weight, _words, _feedback in read_ if sign == "~" and weight]
    if any(sign == "=" for sign, *_rest in read_):
        right = [sign == "=" and weight in {None, 100.0} for sign, weight, _words, _feedback in read_]
        if weighted:
            item.note(Why.PARTIAL)
    else:
        item.kind = Kind.MULTIPLE
        shares = [weight or 0 for _sign, weight, _words, _feedback in read_]
        right = [share > 0 for share in shares]
        if not rule.is_our_rule(shares):
            item.note(Why.SEVERAL_RULE)
    if not any(right):
        raise Refused(Why.NO_KEY)
    item.choices = [
        ItemChoice(words, correct, feedback)
        for (_sign, _weight, words, feedback), correct in zip(read_, right, strict=True)
    ]
    if item.said.get("kind") == "true_false" and item.kind is Kind.SINGLE:
        item.kind = Kind.TRUE_FALSE
    return item


def _short(item: Item, answers: list[tuple[str, str]], form: str, *, missing: bool) -> Item:
    item.type, item.kind = "shortanswer", Kind.SHORT
    for _sign, said in answers:
        weight, words, feedback = _parted(item, said, form)
        if words == "*":
            item.note(Why.WILDCARD)
            continue
        if weight is not None and 0 < weight < 100:
            item.note(Why.PARTIAL)
        item.choices.append(ItemChoice(words, weight is None or weight >= 100, feedback))
    if missing:
        return _gap(item)
    return item


def _gap(item: Item) -> Item:
    """A word that is missing within a text is a gap in it."""
    right = [choice.text for choice in item.choices if choice.correct]
    if not right:
        raise Refused(Why.NO_KEY)
    if any(choice.feedback for choice in item.choices):
        item.note(Why.GAP_FEEDBACK)
    item.kind, item.stem = Kind.CLOZE, item.stem.replace("_____", "[1]", 1)
    item.choices = [ItemChoice(" | ".join(right))]
    return item


def _true_false(item: Item, found: re.Match[str], form: str) -> Item:
    item.type, item.kind = "truefalse", Kind.TRUE_FALSE
    is_true = found[1].upper().startswith("T")
    # The first remark is for whoever was wrong, the second for whoever was right.
    wrong, right = (_worded(item, said or "", form) for said in (found[2], found[3]))
    words = WORDS_OF.get(item.said.get("language", ""), WORDS_OF[item.language])
    choices = [
        ItemChoice(words[0], is_true, right if is_true else wrong),
        ItemChoice(words[1], not is_true, wrong if is_true else right),
    ]
    item.choices = choices[::-1] if item.said.get("first") == "false" else choices
    return item


def _numerical(item: Item, said: str, form: str) -> Item:
    item.type, item.kind = "numerical", Kind.NUMBER
    answers = ONE_ANSWER.findall(said) if said[:1] in {"=", "~"} else [("=", said)]
    for sign, each in answers:
        weight, words, feedback = _parted(item, each.strip(), form)
        if sign == "~" and not words:
            item.note(Why.COMMON_FEEDBACK)
            continue
        if weight is not None and 0 < weight < 100:
            item.note(Why.PARTIAL)
        number, tolerance = _number(words)
        item.choices.append(
            ItemChoice(number, weight is None or weight >= 100, feedback, tolerance=tolerance)
        )
    return item


def _number(words: str) -> tuple[str, str]:
    """Return a number and by how much it may differ, of «3:0.5» or «2.5..3.5»."""
    low, dots, high = words.partition("..")
    if dots and NUMBER.fullmatch(low.strip()) and NUMBER.fullmatch(high.strip()):
        one, other = Decimal(low.strip()), Decimal(high.strip())
        return f"{((one + other) / 2).normalize():f}", f"{((other - one) / 2).normalize():f}"
    number, _colon, tolerance = words.partition(":")
    if not NUMBER.fullmatch(number.strip()):
        raise Refused(Why.BROKEN, words)
    return number.strip(), tolerance.strip() if tolerance.strip().strip("0.") else ""


def _matching(item: Item, answers: list[tuple[str, str]], form: str) -> Item:
    item.type, item.kind = "matching", Kind.MATCH
    pairs = []
    for _sign, said in answers:
        thing, partner = ARROW.split(said, maxsplit=1)
        pairs.append((_worded(item, thing, form), _worded(item, partner, form)))
    lends = any(not thing for thing, _partner in pairs)
    item.choices = [
        ItemChoice(thing or f"→ {partner}", bool(thing) and lends, match=partner) for thing, partner in pairs
    ]
    return item


def write(items: Iterable[Item]) -> tuple[bytes, list[Unread]]:
    """Return a file with the items that GIFT can hold, and what it holds not, or not whole."""
    blocks, told = [], []
    for item in items:
        if item.kind not in TYPES and not _is_one_gap(item):
            told.append(Unread(name_of(item.stem), item.kind.value, Why.NOT_HELD))
            continue
        if item.kind is Kind.FREE:
            told.append(Unread(name_of(item.stem), item.kind.value, Why.RUBRIC_LOST))
        if item.picture:
            told.append(Unread(name_of(item.stem), item.kind.value, Why.PICTURES))
        if item.kind in {Kind.MATCH, Kind.CLOZE} and any(choice.feedback for choice in item.choices):
            told.append(Unread(name_of(item.stem), item.kind.value, Why.FEEDBACK_LOST))
        blocks.append(_block(item))
    return "\n".join(blocks).encode(), told


def _is_one_gap(item: Item) -> bool:
    return item.kind is Kind.CLOZE and len(item.choices) == 1


def _block(item: Item) -> str:
    language = language_of(item.choices) if item.kind is Kind.TRUE_FALSE else ""
    extra = (
        {"kind": "true_false"} if item.kind is Kind.TRUE_FALSE and not language else {"language": language}
    )
    if language and item.choices[0].text == WORDS_OF[language][1]:
        extra["first"] = "false"
    labels = [f"[id:{item.key}]"] if item.key else []
    labels += [f"[tag:{label.replace(']', ')')}]" for label in labels_of(item, **extra)]
    remark = f"// {' '.join(labels)}\n" if labels else ""
    explained = f"####{_escaped(item.explanation)}" if item.explanation else ""
    name = _escaped(name_of(item.stem))
    if item.kind is Kind.CLOZE:
        before, _gap, after = item.stem.partition("[1]")
        answers = " ".join(f"={_escaped(each.strip())}" for each in item.choices[0].text.split("|"))
        return f"{remark}::{name}::[plain]{_escaped(before)}{{{answers}{explained}}}{_escaped(after)}\n"
    return f"{remark}::{name}::[plain]{_escaped(item.stem)} {{{_answers(item, language)}{explained}}}\n"


def _answers(item: Item, language: str) -> str:
    if item.kind is Kind.TRUE_FALSE and language:
        return _said_true_false(item, language)
    lines = [_answer(item, choice) for choice in item.choices] if item.kind is not Kind.FREE else []
    return (
        ("#" if item.kind is Kind.NUMBER else "")
        + "".join(f"\n\t{line}" for line in lines)
        + "\n" * bool(lines)
    )


def _said_true_false(item: Item, language: str) -> str:
    said = {choice.text: choice for choice in item.choices}
    true, false = (said[word] for word in WORDS_OF[language])
    right, wrong = (true, false) if true.correct else (false, true)
    feedback = f"#{_escaped(wrong.feedback)}" if wrong.feedback or right.feedback else ""
    feedback += f"#{_escaped(right.feedback)}" if right.feedback else ""
    return f"{'TRUE' if true.correct else 'FALSE'}{feedback}"


def _answer(item: Item, choice: ItemChoice) -> str:
    feedback = f"#{_escaped(choice.feedback)}" if choice.feedback else ""
    text = _escaped(choice.text)
    if item.kind is Kind.MATCH:
        lends = any(each.correct for each in item.choices) and not choice.correct
        return f"={'' if lends else text} -> {_escaped(choice.match)}"
    if item.kind is Kind.NUMBER:
        return f"={'' if choice.correct else '%0%'}{choice.text}:{choice.tolerance or '0'}{feedback}"
    if item.kind is Kind.SHORT:
        return f"={'' if choice.correct else '%0%'}{text}{feedback}"
    if item.kind is Kind.MULTIPLE:
        share = rule.percent(100 / max(1, sum(each.correct for each in item.choices)))
        return f"~%{'' if choice.correct else '-'}{share}%{text}{feedback}"
    return f"{'=' if choice.correct else '~'}{text}{feedback}"


def _escaped(words: str) -> str:
    return TO_ESCAPE.sub(r"\\\1", words).replace("->", "-\\>").replace("\n", "\\n")
