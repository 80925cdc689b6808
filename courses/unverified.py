"""Answers what of an author's HTML a learner may see: claims marked «[[por verificar: …]]» are for editors only."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from common.text import UNCLOSED_MARK, Span, has_open_mark, spans

INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
}
INLINE |= {"sub", "sup", "u", "wbr", "embed", "img"}
_MAY_HOLD_A_MARK = re.compile(r"\[|&#|&l(?:sqb|brack|brk)", re.IGNORECASE)
_EMPTIED = re.compile(
    r"<(a|b|em|i|s|span|strong|sub|sup|u|p|li|ul|ol|h[1-6]|blockquote)(?: [^>]*)?>(?:\s|&nbsp;|<br/?>)*</\1>"
)
_BEFORE_A_STOP = ".,;:!?)»"


@dataclass
class Token:
    """A piece of HTML: a text (decoded) or a tag as it was written."""

    raw: str
    tag: str = ""
    closing: bool = False

    @property
    def is_text(self) -> bool:
        return not self.tag

    @property
    def is_block(self) -> bool:
        return bool(self.tag) and self.tag not in INLINE


class _Reader(HTMLParser):
    """Cuts HTML into tokens; comments and declarations are dropped, they are nobody's words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or f"<{tag}>"
        # A mark in an attribute would reach the learner's page source: the attributes go.
        self.tokens.append(Token(f"<{tag}>" if UNCLOSED_MARK.search(html.unescape(raw)) else raw, tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(Token(f"</{tag}>", tag, closing=True))

    def handle_data(self, data: str) -> None:
        self.tokens.append(Token(data))


def _tokens(source: str) -> list[Token]:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.tokens


def _runs(tokens: list[Token]) -> list[list[Token]]:
    """Part tokens where a block-level tag stands: a mark never reaches across one. Such a tag is a run of its own."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_block:
            runs += [[token], []]
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _text_of(run: list[Token]) -> str:
    return "".join(token.raw for token in run if token.is_text)


def _widened(text: str, span: Span) -> Span:
    """Take in the brackets around a lone claim and the spaces before it that would stand before a stop."""
    start, end = span.start, span.end
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1
    following = text[end : end + 1]
    if not following or following in _BEFORE_A_STOP or following.isspace():
        while start > 0 and text[start - 1] in " \u00a0":
            start -= 1
    return Span(start, end, span.closed)


def _cut(run: list[Token], hidden: list[Span], wrap: Callable[[str], str]) -> list[str]:
    """Write a run again; each part of a text that lies in a span goes through `wrap`."""
    out, at = [], 0
    for token in run:
        if not token.is_text:
            out.append(token.raw)
            continue
        edges = {0, len(token.raw)}
        for span in hidden:
            edges |= {min(max(edge - at, 0), len(token.raw)) for edge in (span.start, span.end)}
        places = sorted(edges)
        for low, high in pairwise(places):
            part = html.escape(token.raw[low:high], quote=False)
            marked = any(span.start <= at + low < span.end for span in hidden)
            out.append(wrap(part) if marked else part)
        at += len(token.raw)
    return out


def _is_clean(source: str) -> bool:
    return not _MAY_HOLD_A_MARK.search(source)


def hide(source: str) -> str:
    """Return HTML `source` as learners see it: marked claims are gone, and elements that held nothing else.

    A mark never reaches across a block-level tag. One that is not closed before, or that holds another, hides all
    that follows it: showing too little is a nuisance, showing a claim that nobody confirmed is a harm.
    """
    if _is_clean(source):
        return source
    out: list[str] = []
    found = hushed = False
    for run in _runs(_tokens(source)):
        if run[0].is_block:
            out.append(run[0].raw)
            continue
        text = _text_of(run)
        hidden = [Span(0, len(text), True)] if hushed else spans(text)
        found = found or bool(hidden)
        out += _cut(run, [_widened(text, span) for span in hidden], lambda part: "")
        hushed = hushed or any(not span.closed for span in hidden)
    return _without_emptied("".join(out)) if found else "".join(out)


def _without_emptied(source: str) -> str:
    while True:
        kept = _EMPTIED.sub("", source)
        if kept == source:
            return kept
        source = kept


def show(source: str) -> str:
    """Return HTML `source` as editors see it: marked claims stand in `<mark class="unverified">`."""
    if _is_clean(source):
        return source
    out: list[str] = []
    for run in _runs(_tokens(source)):
        found = [] if run[0].is_block else spans(_text_of(run))
        out += _cut(run, found, marked) if found else [_written(token) for token in run]
    return "".join(out)


def marked(part: str) -> str:
    """Return escaped `part` as a marked stretch."""
    return f'<mark class="unverified">{part}</mark>' if part else ""


def _written(token: Token) -> str:
    return html.escape(token.raw, quote=False) if token.is_text else token.raw


def has_unclosed(source: str) -> bool:
    """Say whether a mark in HTML `source` is not closed within its own element, or holds another one."""
    if _is_clean(source):
        return False
    runs = [run for run in _runs(_tokens(source)) if not run[0].is_block]
    return any(has_open_mark(_text_of(run)) for run in runs)


class Marked(str):
    """Plain text with marked claims for an editor: its HTML sets them off; as a plain string it is what was typed."""

    def __html__(self) -> str:
        plain, at, out = str.__str__(self), 0, []
        for span in spans(plain):
            out += [html.escape(plain[at : span.start]), marked(html.escape(plain[span.start : span.end]))]
            at = span.end
        return "".join([*out, html.escape(plain[at:])])
