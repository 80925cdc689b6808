"""Turns the HTML of other programs into the plain words that a question holds, and says what got lost."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LINES = frozenset("p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote pre hr section article".split())
SILENT = frozenset("script style head title".split())
# What only parts a text; everything else says something that plain words do not.
PLAIN = LINES - frozenset("ul ol li tr table h1 h2 h3 h4 h5 h6 pre".split()) | frozenset("span img".split())


@dataclass
class Words:
    """A text without its markup; `pictures` are (address, alternative text) in their order."""

    text: str
    formatted: bool = False
    pictures: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.formatted = False
        self.pictures: list[tuple[str, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in SILENT:
            self._silent += 1
        if tag == "img":
            self.pictures.append((said.get("src") or "", " ".join((said.get("alt") or "").split())))
        if tag in LINES:
            self.parts.append("\n")
        self.formatted = self.formatted or tag not in PLAIN

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def words_of(markup: str) -> Words:
    """Return the words of a piece of HTML, a line for each of its paragraphs."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return Words(tidied("".join(reader.parts)), reader.formatted, reader.pictures)


def tidied(text: str) -> str:
    """Return a text with single blanks and without empty lines."""
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").splitlines())
    return "\n".join(line for line in lines if line)


def as_html(text: str) -> str:
    """Return words as paragraphs of HTML; `words_of` gives back what went in."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in tidied(text).splitlines())
