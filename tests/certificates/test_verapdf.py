"""The certificate before an independent judge: veraPDF says whether it is PDF/A-3a and PDF/UA-1, not we."""

from __future__ import annotations

import os
import warnings
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter

from certificates import rendering
from certificates.content import Picture
from scripts import verapdf

from .samples import AMINA, AT, FULL, NAME_60, NAME_140, read_picture

FRENCH = replace(AMINA, language="fr", kind="Attestation de réussite", holder="Zoë Œuvrard N’Diaye")
ENGLISH = replace(AMINA, language="en", kind="Certificate of completion")
CONTENTS = {
    "amina": AMINA,
    "full": FULL,
    "french": FRENCH,
    "english": ENGLISH,
    "bare": replace(AMINA, signatories=(), objectives=(), activities=(), validity="", place="", completed=""),
    "capitals": replace(FULL, holder=NAME_140.upper()),
    "markup": replace(AMINA, holder='#read("/etc/passwd") $x$ <a> *b*'),
    "long": replace(AMINA, holder=NAME_60),
}


@pytest.fixture(scope="module", autouse=True)
def judge():
    """veraPDF, or a loud skip: a build server that has none must fail."""
    try:
        return verapdf.fetched()
    except verapdf.VeraPdfMissing as missing:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"veraPDF cannot be had: {missing}")
        warnings.warn(f"CERTIFICATES ARE NOT VALIDATED: {missing}", stacklevel=1)
        pytest.skip(f"veraPDF cannot be had: {missing}")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    made = {}
    for name, content in CONTENTS.items():
        made[name] = folder / f"{name}.pdf"
        made[name].write_bytes(rendering.render_pdf(content, at=AT, read_picture=read_picture))
    made["bitmap"] = folder / "bitmap.pdf"
    made["bitmap"].write_bytes(_with_a_bitmap())
    return made


def _with_a_bitmap() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (300, 120), (200, 30, 30, 120)).save(out, "PNG")
    logo = Picture.of(out.getvalue(), path="x.png", alt="Half transparent")
    content = replace(AMINA, logos=(logo,))
    return rendering.render_pdf(content, at=AT, read_picture=lambda path: out.getvalue())


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_every_certificate_is_archival_and_accessible(flavour, files):
    verdicts = verapdf.verdicts(flavour, list(files.values()))
    assert [path.name for path, passed in verdicts.items() if not passed] == []
    assert len(verdicts) == len(CONTENTS) + 1


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_the_judge_refuses_a_plain_pdf_and_what_is_none(flavour, files, tmp_path):
    plain, broken = tmp_path / "plain.pdf", tmp_path / "broken.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=842, height=595)
    writer.write(plain)
    broken.write_bytes(b"not a PDF")
    assert verapdf.verdicts(flavour, [plain, broken, files["amina"]]) == {
        plain: False,
        broken: False,
        files["amina"]: True,
    }
