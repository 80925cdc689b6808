"""Turns the Markdown of content files into the HTML that Wagtail's rich text keeps; no other HTML comes through."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_RULES = [
    "html_block",
    "html_inline",
    "image",
    "code",
    "fence",
    "hr",
    "blockquote",
    "autolink",
    "reference",
    "backticks",
]
_TAGS = {"strong": "b", "em": "i", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_LINK = re.compile(r"(?:https?://|tel:|mailto:|#|/)", re.IGNORECASE)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
# Not \s, which also takes the spaces that must not break: before a French question mark, inside a figure.
_BLANKS = re.compile(r"[ \t\r\n]+")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")

_reader = MarkdownIt("commonmark", {"html": False}).disable(_RULES)


def to_html(text: str) -> str:
    """Return rich text: h2, h3, p, ul, ol, li, b, i, a. Line breaks inside a paragraph become spaces."""
    tokens = _reader.parse((text or "").strip())
    return _reader.renderer.render(list(_plainer(tokens)), _reader.options, {}).strip().replace("\n", "")


def _plainer(tokens: list[Token]) -> Iterator[Token]:
    """Rename tags to those of rich text, and take paragraphs out of list items, where the editor knows none."""
    depth = 0
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type in {"paragraph_open", "paragraph_close"} and depth:
            token.hidden = True
        token.tag = _TAGS.get(token.tag, token.tag)
        if token.children:
            token.children = [_inline(child) for child in token.children]
        yield token


def _inline(token: Token) -> Token:
    token.tag = _TAGS.get(token.tag, token.tag)
    if token.type == "softbreak":
        token.type, token.content = "text", " "
    if token.type == "link_open":
        href = str(token.attrs.get("href", ""))
        token.attrs = {"href": href if _LINK.match(href) else "#"}
    return token


def to_plain(text: str) -> str:
    """Return a text for a field without format: signs of emphasis are taken away, lines are joined."""
    joined = _BLANKS.sub(" ", str(text or "")).strip()
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", joined))
