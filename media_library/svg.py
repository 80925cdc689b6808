"""Answers whether a drawing (SVG) is only a drawing: nothing in it runs, fetches or pretends."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
SHAPES = (
    "circle clipPath ellipse image line marker mask path polygon polyline rect symbol text textPath tspan use"
)
PAINT = "switch defs desc g linearGradient metadata pattern radialGradient stop style svg title view a filter"
EFFECTS = "feBlend feColorMatrix feComposite feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset"
ALLOWED = frozenset(f"{SHAPES} {PAINT} {EFFECTS}".split())
# What drawing programs leave behind; browsers do nothing with it.
INERT = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
)
_URL = re.compile(r"url\s*\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|webp|gif);", re.IGNORECASE)
_PROGRAM = re.compile(r"(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


class Danger(Enum):
    """Why a drawing is refused."""

    BROKEN = "broken"
    ENTITIES = "entities"
    ELEMENT = "element"
    HANDLER = "handler"
    OUTSIDE = "outside"


def dangers(file: BinaryIO) -> list[Danger]:
    """Return why the drawing in `file` is refused; nothing when it is only a drawing."""
    file.seek(0)
    data = file.read()
    file.seek(0)
    if b"<?xml-stylesheet" in data:
        return [Danger.OUTSIDE]
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        return [Danger.ENTITIES]
    except (ParseError, ValueError, LookupError):
        return [Danger.BROKEN]
    if root.tag != f"{{{SVG}}}svg":
        return [Danger.BROKEN]
    return list(dict.fromkeys(found for element in root.iter() for found in _of_element(element)))


def _of_element(element: Element) -> Iterator[Danger]:
    space, _, name = str(element.tag).rpartition("}")
    space = space.lstrip("{")
    if (space == SVG and name not in ALLOWED) or (space != SVG and not space.startswith(INERT)):
        yield Danger.ELEMENT
    if name == "style" and _reaches_out(element.text or ""):
        yield Danger.OUTSIDE
    for attribute, value in element.attrib.items():
        yield from _of_attribute(name, attribute.rpartition("}")[2].lower(), value)


def _of_attribute(element: str, name: str, value: str) -> Iterator[Danger]:
    if name.startswith("on"):
        yield Danger.HANDLER
    elif name in {"href", "src"}:
        embedded = element == "image" and _EMBEDDED.match(value.strip())
        if not value.strip().startswith("#") and not embedded:
            yield Danger.OUTSIDE
    elif _reaches_out(value) or (name not in {"id", "class", "d"} and _PROGRAM.match(value.strip())):
        yield Danger.OUTSIDE


def _reaches_out(style: str) -> bool:
    """Say whether a style fetches something: an import, or an address that is not a part of the drawing itself."""
    # A CSS escape could spell «url» or «@import» in a way that no pattern sees.
    plain = "\\" not in style and "@import" not in style.lower() and "image-set" not in style.lower()
    return not plain or any(not address.startswith("#") for address in _URL.findall(style))
