"""The printed certificate: what Amina hangs on her wall, and what screen readers and archives make of it."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from certificates import rendering
from certificates.content import Picture, Signatory
from common.sheets.printable import UnprintableText

from .samples import AMINA, AT, FULL, LONG_TITLE, NAME_60, NAME_90, NAME_140, TWELVE, read_picture

MILLIMETRE = 72 / 25.4


def drawn(content, **options) -> bytes:
    return rendering.render_pdf(content, at=AT, read_picture=read_picture, **options)


def opened(content) -> PdfReader:
    return PdfReader(BytesIO(drawn(content)))


def words(reader: PdfReader) -> str:
    """Return all printed text, lines joined, so that a wrapped name reads on."""
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text().replace("\u200b", "").replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


def structure(reader: PdfReader) -> list[str]:
    """Return the tags of the structure tree, in reading order."""
    tags: list[str] = []

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                tags.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.root_object["/StructTreeRoot"]["/K"])
    return tags


def alternatives(reader: PdfReader) -> set[str]:
    found: set[str] = set()

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
            if child is not None:
                walk(child)
        if isinstance(node, dict) and "/Alt" in node:
            found.add(str(node["/Alt"]))

    walk(reader.root_object["/StructTreeRoot"]["/K"])
    return found


def text_boxes(content) -> list[tuple[float, float, str]]:
    """Return where each piece of text begins, in mm from the lower left."""
    found: list[tuple[float, float, str]] = []

    def visit(text, matrix, position, font, size) -> None:
        if text.strip():
            x, y = position[4] * matrix[0] + matrix[4], position[5] * matrix[3] + matrix[5]
            found.append((x / MILLIMETRE, y / MILLIMETRE, text.strip()))

    opened(content).pages[0].extract_text(visitor_text=visit)
    return found


def test_amina_finds_all_that_was_frozen_printed_on_one_sheet():
    text = words(opened(AMINA))
    expected = [
        *(AMINA.kind, AMINA.platform, AMINA.organisation, AMINA.holder, AMINA.statement, AMINA.course_title),
        *(AMINA.hours, AMINA.modality, AMINA.completed, AMINA.place, AMINA.issued, AMINA.validity),
        *(AMINA.course_code, AMINA.version, AMINA.code, AMINA.verify_label, AMINA.verify_address),
        *(AMINA.objectives_title, *AMINA.objectives, AMINA.activities_title, *AMINA.activities),
        *(text for person in AMINA.signatories for text in (person.name, person.role)),
    ]
    assert [missing for missing in expected if missing not in text] == []


def test_the_sheet_is_a4_landscape():
    box = opened(AMINA).pages[0].mediabox
    assert (round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)) == (297, 210)


def test_it_claims_archival_and_accessible_in_one_file():
    reader = opened(AMINA)
    packet = reader.root_object["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_title_author_and_date_are_in_the_document():
    reader = opened(AMINA)
    assert reader.metadata.title == f"{AMINA.kind}: {AMINA.holder}"
    assert reader.metadata.author == AMINA.organisation
    assert reader.metadata.creation_date.astimezone(UTC) == AT
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize(
    ("language", "written"), [("es", "es"), ("fr", "fr"), ("en", "en"), ("es-MX", "es-MX")]
)
def test_a_screen_reader_is_told_the_language(language, written):
    assert opened(replace(AMINA, language=language)).root_object["/Lang"] == written


def test_a_screen_reader_finds_one_heading_the_list_and_the_pictures():
    reader = opened(FULL)
    tags = structure(reader)
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1"]
    assert tags.count("/LI") == 12
    assert "/Link" in tags
    names = {"Secretaría de Salud", "Red de casas", "Cooperación", FULL.qr_alt}
    assert names | {person.signature.alt for person in FULL.signatories} <= alternatives(reader)


def test_all_fonts_are_embedded():
    fonts = opened(FULL).pages[0]["/Resources"]["/Font"]
    families = set()
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = inner["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        families.add(str(inner["/BaseFont"]).rpartition("+")[2].partition("-")[0])
    assert families == {"CharisSIL", "NotoSans"}


@pytest.mark.parametrize("name", [NAME_60, NAME_90, NAME_140, NAME_140.upper(), "Ah", "A" * 140])
@pytest.mark.parametrize("title", [AMINA.course_title, LONG_TITLE, LONG_TITLE.upper()])
def test_a_long_name_is_whole_and_stays_clear_of_the_signatures(name, title):
    content = replace(FULL, holder=name, course_title=title)
    text = words(opened(content))
    assert name in text
    assert all(objective in text for objective in TWELVE)
    boxes = text_boxes(content)
    # Margin and foot take 60 mm; from 30 mm up it is for signatures and the QR, where no text may be.
    assert [entry for entry in boxes if 30 < entry[1] < 62] == []
    assert all(85 < x < 277 for x, _, _ in boxes)


def test_words_all_in_capitals_still_fit():
    content = replace(FULL, holder=NAME_140.upper(), objectives=tuple(text.upper() for text in TWELVE))
    assert all(text in words(opened(content)) for text in content.objectives)


def test_a_long_role_and_a_long_address_stay_on_the_sheet():
    person = Signatory(
        NAME_60, "Coordinadora regional de formación y acompañamiento psicosocial del programa"
    )
    content = replace(
        AMINA,
        signatories=(person, person),
        verify_address="formacion.organizacion-larga.example.org/es/verificar",
    )
    text = words(opened(content))
    assert person.role in text
    assert content.verify_address in text.replace(" ", "")
    assert min(y for _, y, _ in text_boxes(content)) > 8


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "$x^2$ _a_ *b* `c` <d> @e",
        "= Título \\ // nada",
        '#image("/etc/hostname")',
        '"; #panic("x")',
        "${7*7} {{7*7}} %s",
        "[a](b) ~ -- ' \"",
    ],
)
def test_markup_in_a_name_is_printed_as_it_is_written(name):
    text = words(opened(replace(AMINA, holder=name, course_title=name, objectives=(name,))))
    assert text.count(name) == 3
    assert "root:" not in text


@pytest.mark.parametrize(
    "name",
    [
        "Ajtz’iib’ K’iche’",
        "Xʼaanil Chʼen",
        "Nimä Q’anïl Ëk’",
        "Zoë Ñäñho Ẍutu’ Ḧ",
        "Þóra Łukasz Ștefan",
        "Ñandú Ÿ Œuvre",
    ],
)
def test_mayan_and_other_latin_spellings_are_printed(name):
    text = words(opened(replace(AMINA, holder=name)))
    assert name in text


def test_a_surname_with_a_hyphen_stays_on_one_line():
    pieces = [piece for _, _, piece in text_boxes(replace(FULL, holder=NAME_90))]
    assert any("Xicoténcatl-Hernández" in piece for piece in pieces)


def test_decomposed_accents_are_composed():
    assert "Peñaranda" in words(opened(replace(AMINA, holder="Pen\u0303aranda")))


def test_letters_with_two_accents_that_have_no_letter_of_their_own_are_drawn():
    assert "ñu" in words(opened(replace(AMINA, holder="Nǫ̈hñu M̈ K̓utz")))


def test_emoji_and_hidden_characters_are_left_out_of_a_name():
    text = words(opened(replace(AMINA, holder="Amina\u202e 🌻\u200d\ufe0f\n\tXol\x00 Caal ")))
    assert "Amina Xol Caal" in text


def test_a_script_that_the_fonts_do_not_have_is_refused_with_its_letters():
    with pytest.raises(UnprintableText) as caught:
        drawn(replace(AMINA, holder="王小明 Amina"))
    assert caught.value.characters == "王小明"


def test_the_same_content_and_date_give_the_same_bytes():
    assert drawn(FULL) == drawn(FULL)
    local = AT.astimezone(timezone(timedelta(hours=-6)))
    assert rendering.render_pdf(AMINA, at=local) == rendering.render_pdf(AMINA, at=AT)


def test_another_date_gives_other_bytes():
    assert rendering.render_pdf(AMINA, at=datetime(2027, 1, 1, tzinfo=UTC)) != rendering.render_pdf(
        AMINA, at=AT
    )


def test_the_file_ends_with_a_line_break_so_that_a_signature_can_follow():
    assert drawn(AMINA).endswith(b"%%EOF\n")


def test_a_missing_logo_is_left_out_and_the_certificate_is_made(caplog):
    lost = Picture(path="logos/lost.svg", digest="0" * 64, alt="Lost")
    with caplog.at_level(logging.WARNING):
        reader = opened(replace(AMINA, logos=(lost,)))
    assert "Lost" not in alternatives(reader)
    assert AMINA.holder in words(reader)
    assert "logos/lost.svg" in caplog.text


def test_a_logo_replaced_since_under_the_same_name_is_not_printed():
    changed = Picture(path="logos/one.svg", digest="0" * 64, alt="Another logo")
    assert "Another logo" not in alternatives(opened(replace(AMINA, logos=(changed,))))


def png_logo() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (300, 120), (200, 30, 30, 120)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (png_logo(), True),
        (b"<svg", False),
        (b"not a picture", False),
        (png_logo()[:60], False),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>', False),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://x.example/a.png"/></svg>', False),
        (b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', False),
    ],
)
def test_a_picture_is_drawn_if_it_can_be_and_costs_nobody_a_certificate(data, shown):
    logo = Picture.of(data, path="logos/x", alt="The logo")
    made = rendering.render_pdf(replace(AMINA, logos=(logo,)), at=AT, read_picture=lambda path: data)
    reader = PdfReader(BytesIO(made))
    assert ("The logo" in alternatives(reader)) is shown
    assert AMINA.holder in words(reader)


def test_the_address_on_the_sheet_can_be_followed():
    links = [note.get_object()["/A"]["/URI"] for note in opened(AMINA).pages[0]["/Annots"]]
    assert AMINA.verify_url in links


def test_several_threads_draw_at_once_and_nobody_gets_another_persons():
    made: dict[str, bytes] = {}

    def draw(name: str) -> None:
        made[name] = rendering.render_pdf(replace(AMINA, holder=name), at=AT)

    names = [f"Persona {letter}" for letter in "ABCDEF"]
    threads = [threading.Thread(target=draw, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in names:
        text = words(PdfReader(BytesIO(made[name])))
        assert [other for other in names if other in text] == [name]


def test_the_picture_of_a_certificate_is_small():
    made = rendering.render_png(FULL, at=AT, read_picture=read_picture)
    picture = Image.open(BytesIO(made))
    assert picture.width == 1123
    assert len(made) <= 150_000


def test_the_pdf_is_light_enough_for_a_prepaid_phone():
    assert len(drawn(FULL)) <= 100_000
