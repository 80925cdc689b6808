"""Writes a package of QTI 2.2 items, the same bytes for the same questions."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from html import escape
from io import BytesIO

from PIL import Image

from assessments.areas import area_of
from assessments.content import Kind
from assessments.exchange import cloze, xml
from assessments.exchange.items import Item, ItemChoice, Unread, Why, name_of
from assessments.exchange.labels import labels_of
from assessments.exchange.package import MANIFEST
from assessments.exchange.plain_text import as_html, tidied
from assessments.exchange.qti import LABELS
from assessments.gaps import accepted, pieces

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
TEMPLATE = "http://www.imsglobal.org/question/qti_v2p2/rptemplates"
# A zip remembers when; the same questions are the same bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
SILENT = frozenset({Kind.MATCH, Kind.CLOZE, Kind.SHORT, Kind.NUMBER, Kind.FREE, Kind.AREA})


def write(items: Iterable[Item]) -> tuple[bytes, list[Unread]]:
    """Return a package with all items, and what it does not hold of some."""
    buffer, resources, told = BytesIO(), [], []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, item in enumerate(items, 1):
            name = f"items/q{number:04}.xml"
            _put(archive, name, _item(item, number).encode())
            files = [name]
            if item.picture:
                files.append(f"items/{_picture_name(item, number)}")
                _put(archive, files[1], item.picture.data)
            resources.append((number, name, files))
            if item.kind in SILENT and any(choice.feedback for choice in item.choices):
                told.append(Unread(name_of(item.stem), item.kind.value, Why.FEEDBACK_LOST))
        _put(archive, MANIFEST, _manifest(resources).encode())
    return buffer.getvalue(), told


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _manifest(resources: list[tuple[int, str, list[str]]]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="senda-questions">',
        "<metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion></metadata>",
        "<organizations/>",
        "<resources>",
    ]
    for number, name, files in resources:
        said = "".join(f"<file href={xml.attribute(file)}/>" for file in files)
        lines.append(
            f'<resource identifier="r{number}" type="imsqti_item_xmlv2p2" href={xml.attribute(name)}>{said}</resource>'
        )
    return "\n".join([*lines, "</resources>", "</manifest>", ""])


def _picture_name(item: Item, number: int) -> str:
    name = item.picture.name if item.picture else ""
    kind = name.rsplit(".", 1)[-1].lower() if "." in name else "png"
    return f"q{number:04}.{kind if kind.isalnum() else 'png'}"


def _item(item: Item, number: int) -> str:
    declared, body, template, extra = OWN[item.kind](item, number)
    if item.kind is Kind.TRUE_FALSE:
        extra = {**extra, "kind": "true_false"}
    picture = _shown(item, number) if item.picture and item.kind is not Kind.AREA else ""
    said = "".join(f"<p>{_text(label)}</p>" for label in labels_of(item, **extra))
    rubric = f'<rubricBlock view="author" class="{LABELS}">{said}</rubricBlock>' if said else ""
    explained = (
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="explanation" showHide="show">'
        f"{_html(item.explanation)}</modalFeedback>"
        if item.explanation
        else ""
    )
    processing = f'<responseProcessing template="{TEMPLATE}/{template}"/>' if template else ""
    return "\n".join(
        filter(
            None,
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                _opening(item, number),
                *declared,
                '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>',
                '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>',
                f"<itemBody>{body}{picture}{rubric}</itemBody>",
                processing,
                explained,
                "</assessmentItem>",
                "",
            ),
        )
    )


def _opening(item: Item, number: int) -> str:
    title = xml.attribute(name_of(item.stem))
    return (
        f'<assessmentItem xmlns="{NAMESPACE}" identifier="q-{item.key or number}" title={title}'
        ' adaptive="false" timeDependent="false">'
    )


def _text(words: str) -> str:
    return xml.text(" ".join(words.split()))


def _html(words: str) -> str:
    return as_html(xml.text(words).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


def _shown(item: Item, number: int) -> str:
    alt = item.picture.alt if item.picture else ""
    return f'<p><img src="{_picture_name(item, number)}" alt={xml.attribute(alt)}/></p>'


Written = tuple[list[str], str, str, dict[str, str]]


def _declared(
    cardinality: str, base: str, values: Iterable[str], *, name: str = "RESPONSE", more: str = ""
) -> str:
    said = "".join(f"<value>{_text(value)}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{said}</correctResponse>{more}</responseDeclaration>"
    )


def _choice(at: int, choice: ItemChoice, tag: str = "simpleChoice") -> str:
    feedback = ""
    if choice.feedback:
        feedback = (
            f'<feedbackInline outcomeIdentifier="FEEDBACK" identifier="c{at}" showHide="show">'
            f"{_text(choice.feedback)}</feedbackInline>"
        )
    return f'<{tag} identifier="c{at}">{_text(choice.text)}{feedback}</{tag}>'


def _choose(item: Item, number: int) -> Written:
    several = item.kind is Kind.MULTIPLE
    right = [f"c{at}" for at, choice in enumerate(item.choices, 1) if choice.correct]
    options = "".join(_choice(at, choice) for at, choice in enumerate(item.choices, 1))
    body = (
        f'{_html(item.stem)}<choiceInteraction responseIdentifier="RESPONSE" shuffle="true"'
        f' maxChoices="{0 if several else 1}">{options}</choiceInteraction>'
    )
    return (
        [_declared("multiple" if several else "single", "identifier", right)],
        body,
        "match_correct.xml",
        {},
    )


def _order(item: Item, number: int) -> Written:
    options = "".join(_choice(at, choice) for at, choice in enumerate(item.choices, 1))
    opened = '<orderInteraction responseIdentifier="RESPONSE" shuffle="true">'
    body = f"{_html(item.stem)}{opened}{options}</orderInteraction>"
    order = [f"c{at}" for at in range(1, len(item.choices) + 1)]
    return [_declared("ordered", "identifier", order)], body, "match_correct.xml", {}


def _match(item: Item, number: int) -> Written:
    lends = any(choice.correct for choice in item.choices)
    things = [choice for choice in item.choices if choice.correct or not lends]
    partners = list(dict.fromkeys(choice.match for choice in item.choices))
    first = "".join(
        f'<simpleAssociableChoice identifier="t{at}" matchMax="1">{_text(thing.text)}</simpleAssociableChoice>'
        for at, thing in enumerate(things, 1)
    )
    second = "".join(
        f'<simpleAssociableChoice identifier="p{at}" matchMax="0">{_text(words)}</simpleAssociableChoice>'
        for at, words in enumerate(partners, 1)
    )
    pairs = [f"t{at} p{partners.index(thing.match) + 1}" for at, thing in enumerate(things, 1)]
    body = (
        f'{_html(item.stem)}<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0">'
        f"<simpleMatchSet>{first}</simpleMatchSet><simpleMatchSet>{second}</simpleMatchSet></matchInteraction>"
    )
    return [_declared("multiple", "directedPair", pairs)], body, "match_correct.xml", {}


def _mapped(words: Iterable[str]) -> str:
    entries = "".join(f'<mapEntry mapKey={xml.attribute(each)} mappedValue="1"/>' for each in words)
    return f'<mapping defaultValue="0">{entries}</mapping>'


def _enter(item: Item, number: int) -> Written:
    right = [choice for choice in item.choices if choice.correct]
    base = "float" if item.kind is Kind.NUMBER else "string"
    words = [choice.text.replace(",", ".") if item.kind is Kind.NUMBER else choice.text for choice in right]
    body = f'{_html(item.stem)}<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    extra = {
        "tolerances": "/".join(choice.tolerance for choice in right).strip("/"),
        "wrong": "/".join(choice.text for choice in item.choices if not choice.correct),
    }
    return [_declared("single", base, words[:1], more=_mapped(words))], body, "map_response.xml", extra


def _gaps(item: Item, number: int) -> Written:
    stem, gaps = cloze.in_order(tidied(item.stem), item.choices)
    parts, declared = [], []
    for piece in pieces(stem):
        parts.append(escape(piece.text.translate(xml.FORBIDDEN), quote=False).replace("\n", "</p><p>"))
        if piece.gap:
            name = f"RESPONSE{piece.gap}"
            parts.append(f'<textEntryInteraction responseIdentifier="{name}"/>')
            words = accepted(gaps[piece.gap - 1].text)
            declared.append(_declared("single", "string", words[:1], name=name, more=_mapped(words)))
    # A single gap at the very end would be read as a question with its answer: the tag tells.
    return declared, f"<p>{''.join(parts)}</p>", "", {"gaps": str(len(gaps))}


def _write(item: Item, number: int) -> Written:
    criteria = "".join(f"<p>{_text(choice.text)}</p>" for choice in item.choices)
    body = (
        f'{_html(item.stem)}<extendedTextInteraction responseIdentifier="RESPONSE"/>'
        f'<rubricBlock view="scorer">{criteria}</rubricBlock>'
    )
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>'
    return [declared], body, "", {}


def _point(item: Item, number: int) -> Written:
    if item.picture is None:
        return [], _html(item.stem), "", {}
    width, height = Image.open(BytesIO(item.picture.data)).size
    right = [f"c{at}" for at, choice in enumerate(item.choices, 1) if choice.correct]
    spots = "".join(
        f'<hotspotChoice identifier="c{at}" {_shape(choice.area, width, height)}'
        f" hotspotLabel={xml.attribute(choice.text)}/>"
        for at, choice in enumerate(item.choices, 1)
    )
    shown = f'<object data="{_picture_name(item, number)}" width="{width}" height="{height}">'
    body = (
        f'{_html(item.stem)}<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        f"{shown}{_text(item.picture.alt)}</object>{spots}</hotspotInteraction>"
    )
    return [_declared("single", "identifier", right)], body, "match_correct.xml", {}


def _shape(said: str, width: int, height: int) -> str:
    area = area_of(said)
    if area is None:
        return 'shape="rect" coords="0,0,0,0"'
    left, top = area.left * width / 100, area.top * height / 100
    if area.radius:
        return f'shape="circle" coords="{_coords(left, top, area.radius * width / 100)}"'
    right, bottom = left + area.width * width / 100, top + area.height * height / 100
    return f'shape="rect" coords="{_coords(left, top, right, bottom)}"'


def _coords(*numbers: float) -> str:
    return ",".join(str(round(each)) for each in numbers)


OWN: Mapping[Kind, Callable[[Item, int], Written]] = {
    Kind.SINGLE: _choose,
    Kind.TRUE_FALSE: _choose,
    Kind.MULTIPLE: _choose,
    Kind.ORDER: _order,
    Kind.MATCH: _match,
    Kind.SHORT: _enter,
    Kind.NUMBER: _enter,
    Kind.CLOZE: _gaps,
    Kind.FREE: _write,
    Kind.AREA: _point,
}
