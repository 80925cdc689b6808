"""Reads XML from somebody else: no document type, no entities, nothing from outside; and looks things up in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from assessments.exchange.items import BadFile, Why

# XML 1.0 has no such signs, however they are written.
FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def root_of(data: bytes, where: str = "") -> Any:
    """Return the root element. Raises BadFile."""
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadFile(Why.ENTITIES, where) from error
    except ParseError as error:
        line = error.position[0]
        raise BadFile(Why.NO_XML, where or str(line)) from error
    except (LookupError, ValueError, UnicodeError) as error:
        raise BadFile(Why.ENCODING, where) from error


def tag_of(element: Any) -> str:
    """Return the name of an element without its namespace; nothing for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """Return the children of this name, whatever their namespace."""
    return [child for child in element if tag_of(child) == name]


def child(element: Any, name: str) -> Any | None:
    """Return the first child of this name."""
    return next(iter(children(element, name)), None)


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of these names within another one, in their order."""
    return (each for each in element.iter() if tag_of(each) in names)


def said(element: Any, name: str, default: str = "") -> str:
    """Return the text of a child, or of its own child «text»."""
    found = child(element, name)
    if found is None:
        return default
    text = child(found, "text")
    return ((text if text is not None else found).text or "").strip()


def text(words: str) -> str:
    """Return words as XML holds them."""
    return escape(words.translate(FORBIDDEN).replace("\r\n", "\n").replace("\r", "\n"))


def attribute(words: str) -> str:
    """Return words as the value of an attribute, quoted."""
    return quoteattr(" ".join(words.translate(FORBIDDEN).split()))
