"""Draws a frozen certificate: PDF/A-3a and PDF/UA-1 in one file, or a small picture of it.

The words go to Typst as data, never as markup, and Typst sees nothing but its template's folder: a name such
as ``#read("/etc/passwd")`` is printed as it is written. The same content and date give the same bytes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from common.qr import qr_svg
from common.sheets import faces, printable

from . import engine, fitting, pictures
from .content import CertificateContent, Picture, Signatory

SHEET_WIDTH = 297  # mm
PNG_COLOURS = 64

PictureReader = Callable[[str], bytes]
"""Returns the bytes stored under a picture's path; raises OSError where there is none."""

logger = logging.getLogger(__name__)


def render_pdf(
    content: CertificateContent, *, at: datetime, read_picture: PictureReader | None = None
) -> bytes:
    """Return the certificate as PDF bytes, dated ``at`` (aware), ready to be signed.

    A picture that is missing, broken or no longer the one that was frozen is left out and logged.
    Raises UnprintableText when the words contain letters that the bundled fonts cannot draw.
    """
    moment = _to_second(at)
    made = engine.compile_certificate(_inputs(content, moment, read_picture), at=moment)
    # A signature is appended: without a line break before it the signed file breaks PDF/A clause 6.1.9.
    return made if made.endswith(b"\n") else made + b"\n"


def render_png(
    content: CertificateContent, *, at: datetime, read_picture: PictureReader | None = None, width: int = 1123
) -> bytes:
    """Return the certificate as a small PNG picture, ``width`` pixels wide, for screens and previews."""
    from PIL import Image

    moment = _to_second(at)
    made = engine.compile_certificate(
        _inputs(content, moment, read_picture), at=moment, ppi=width / SHEET_WIDTH * 25.4
    )
    small = Image.open(BytesIO(made)).convert("RGB").quantize(PNG_COLOURS, method=Image.Quantize.MEDIANCUT)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _inputs(
    content: CertificateContent, moment: datetime, read_picture: PictureReader | None
) -> dict[str, str]:
    data = _data(content, moment, read_picture)
    return {"content": json.dumps(data, ensure_ascii=False), "qr": qr_svg(content.verify_url)}


def _to_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _data(content: CertificateContent, at: datetime, read_picture: PictureReader | None) -> dict[str, Any]:
    """Return what the template reads: printable words, pictures as SVG, the date in parts, the sizes."""
    data = printable.cleaned(asdict(content) | {"logos": [], "signatories": []})
    language, _, region = content.language.partition("-")
    data |= {"lang": language, "region": region if len(region) == 2 else None}
    data["date"] = {part: getattr(at, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    data["logos"] = _present(_drawn(logo, read_picture) for logo in content.logos[:3])
    data["signatories"] = [_signatory(person, read_picture) for person in content.signatories[:2]]
    data |= _lines(data)
    data["sizes"] = fitting.sizes(_sheet(data))
    return data


def _signatory(person: Signatory, read_picture: PictureReader | None) -> dict[str, Any]:
    name, role = printable.clean(person.name), printable.clean(person.role)
    measured = (fitting.Words.of(name, faces.SERIF_BOLD), fitting.Words.of(role, faces.SANS))
    signature = _drawn(person.signature, read_picture) if person.signature else None
    return {"name": name, "role": role, "signature": signature, "sizes": fitting.signature_sizes(*measured)}


def _lines(data: dict[str, Any]) -> dict[str, Any]:
    """Return the facts in lines, and the small print."""
    course = ", ".join(filter(None, (data["course_code"], data["version"])))
    activities = f"{data['activities_title']} {', '.join(data['activities'])}" if data["activities"] else ""
    where = ", ".join(filter(None, (data["place"], data["issued"])))
    facts = ((data["hours"], data["modality"], data["completed"]), (where, data["validity"]))
    return {
        "facts": [line for parts in facts if (line := " · ".join(filter(None, parts)))],
        "details": " · ".join(filter(None, (course, activities.strip()))),
    }


def _sheet(data: dict[str, Any]) -> fitting.Sheet:
    of = fitting.Words.of
    return fitting.Sheet(
        kind=of(data["kind"], faces.SERIF),
        holder=of(data["holder"], faces.SERIF),
        statement=of(data["statement"], faces.SANS),
        course=of(data["course_title"], faces.SERIF_BOLD),
        facts=tuple(of(line, faces.SANS) for line in data["facts"]),
        details=of(data["details"], faces.SANS) if data["details"] else None,
        objectives=tuple(of(line, faces.SANS) for line in data["objectives"]),
    )


def _present(drawn: Iterable[dict[str, str] | None]) -> list[dict[str, str]]:
    return [entry for entry in drawn if entry is not None]


def _drawn(picture: Picture, read_picture: PictureReader | None) -> dict[str, str] | None:
    """Return the picture as the template takes it, or None: a certificate never waits for a logo."""
    try:
        data = read_picture(picture.path) if read_picture else b""
    except OSError:
        data = b""
    if not data or not picture.is_made_of(data):
        logger.warning("certificate picture left out, missing or changed since: %s", picture.path)
        return None
    svg = pictures.as_svg(data)
    if svg is None:
        logger.warning("certificate picture left out, not a picture that can be drawn: %s", picture.path)
        return None
    return {"svg": svg, "alt": printable.clean(picture.alt)}
