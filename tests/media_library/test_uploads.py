"""What Bruno uploads is looked at, not believed."""

import pytest
from django.core.exceptions import ValidationError

from media_library import kinds, svg
from media_library.services import add_document, add_picture, add_recording
from media_library.svg import Danger
from tests.factories.media_library import DRAWING, MP3, MP4, OGG, PDF, WEBM, docx, jpeg, named

pytestmark = pytest.mark.django_db
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
)


def dangers(inside: str) -> list[Danger]:
    return svg.dangers(named(f"{HEAD}{inside}</svg>".encode(), "x.svg"))


def why(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refusal.value.message_dict["file"])


@pytest.mark.parametrize(
    ("inside", "danger"),
    [
        ("<script>alert(1)</script>", Danger.ELEMENT),
        ("<foreignObject/>", Danger.ELEMENT),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", Danger.ELEMENT),
        ("<set attributeName='onload' to='alert(1)'/>", Danger.ELEMENT),
        ("<iframe xmlns='http://www.w3.org/1999/xhtml' src='x'/>", Danger.ELEMENT),
        ("<rect onclick='alert(1)'/>", Danger.HANDLER),
        ("<rect OnLoad='alert(1)'/>", Danger.HANDLER),
        ("<a xlink:href='javascript:alert(1)'/>", Danger.OUTSIDE),
        ("<a href='https://x.org'/>", Danger.OUTSIDE),
        ("<use href='https://x.org/a.svg#b'/>", Danger.OUTSIDE),
        ("<use href='data:image/svg+xml;base64,AA'/>", Danger.OUTSIDE),
        ("<image href='https://x.org/a.png'/>", Danger.OUTSIDE),
        ("<image href='data:image/svg+xml;base64,AA'/>", Danger.OUTSIDE),
        ("<rect style='fill:url(https://x.org/a)'/>", Danger.OUTSIDE),
        ("<rect fill='url( &quot;//x.org/a&quot; )'/>", Danger.OUTSIDE),
        ("<style>@import 'https://x.org/a.css';</style>", Danger.OUTSIDE),
        ("<style>rect{fill:u\\72l(https://x.org)}</style>", Danger.OUTSIDE),
        ("<rect fill='a'", Danger.BROKEN),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str, danger: Danger) -> None:
    assert danger in dangers(inside)


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<?xml-stylesheet href="https://x.org/a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<html><script>alert(1)</script></html>",
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_a_drawing_that_hides_something_around_it_is_refused(content: bytes) -> None:
    assert svg.dangers(named(content, "x.svg"))


def test_a_plain_drawing_passes_with_its_gradients_and_parts() -> None:
    inside = (
        "<defs><linearGradient id='g'><stop/></linearGradient></defs><rect fill='url(#g)'/><use href='#g'/>"
    )
    assert dangers(inside) == []
    assert dangers("<image href='data:image/png;base64,AA'/><style>rect{fill:red}</style>") == []


def test_bruno_is_told_in_words_what_is_wrong_with_his_drawing() -> None:
    with pytest.raises(ValidationError) as refusal:
        add_picture(title="x", file=named(DRAWING.replace(b"<rect", b"<script/><rect"), "x.svg"))
    assert "SVG" in why(refusal)


def test_a_picture_is_kept_with_its_size() -> None:
    picture = add_picture(title="Dos sillas", file=named(jpeg(40, 30), "x.jpg"), alt="Dos sillas")
    assert (picture.width, picture.height) == (40, 30)
    assert add_picture(title="Dibujo", file=named(DRAWING, "x.svg")).is_svg()


@pytest.mark.parametrize("content", [b"<html></html>", b"GIF89a" + bytes(30), jpeg(40, 30)[:120], PDF])
def test_what_is_no_picture_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_picture(title="x", file=named(content, "x.jpg"))
    assert why(refusal)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media_library.validation.MAX_PIXELS", 1000)
    with pytest.raises(ValidationError) as refusal:
        add_picture(title="x", file=named(jpeg(40, 30), "x.jpg"))
    assert "4000" in why(refusal)


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", PDF), ("a.docx", docx()), ("a.txt", b"hola"), ("a.csv", "a;ñ".encode())]
)
def test_a_document_that_is_what_it_says_is_kept(name: str, content: bytes) -> None:
    handout = add_document(title="Hoja", file=named(content, name))
    assert handout.file_size == len(content)
    assert handout.file_hash


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.docx", docx(macros=True)),
        ("a.docx", b"PK\x03\x04" + bytes(40)),
        ("a.xlsx", docx()),
        ("a.odt", docx()),
        ("a.txt", b"\x00\x01"),
        ("a.csv", b" <script>alert(1)</script>"),
        ("a.html", b"<p>hola</p>"),
        ("a.exe", b"MZ"),
        ("a.svg", DRAWING),
        ("a", b"hola"),
    ],
)
def test_a_document_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_document(title="x", file=named(content, name))
    assert why(refusal)


@pytest.mark.parametrize(
    ("content", "video", "found"),
    [
        (OGG, False, "audio/ogg"),
        (OGG, True, ""),
        (MP3, False, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(50), False, "audio/mpeg"),
        (b"\xff\xfe<\x00" + bytes(50), False, ""),
        (b"\xff\xd8\xff\xe0" + bytes(50), False, ""),
        (MP4, True, "video/mp4"),
        (MP4, False, "audio/mp4"),
        (bytes(4) + b"ftypM4A " + bytes(50), False, "audio/mp4"),
        (bytes(4) + b"ftypheic" + bytes(50), True, ""),
        (WEBM, True, "video/webm"),
        (b"<html>", False, ""),
        (b"", True, ""),
    ],
)
def test_a_recording_s_kind_is_read_from_its_first_bytes(content: bytes, video: bool, found: str) -> None:
    assert kinds.recording_type(named(content, "x"), video=video) == found


def recording(name: str, content: bytes, kind: str = "audio") -> object:
    return add_recording(
        title="Pausa", file=named(content, name), kind=kind, seconds=60, transcript="<p>a</p>"
    )


def test_a_recording_is_kept_with_its_type_and_weight() -> None:
    kept = recording("pausa.ogg", OGG)
    assert (kept.content_type, kept.size) == ("audio/ogg", len(OGG))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.ogg", b"<html>", "audio"),
        ("a.html", OGG, "audio"),
        ("a.mp4", OGG, "video"),
        ("a.ogg", b"", "audio"),
    ],
)
def test_a_recording_that_browsers_do_not_play_is_refused(name: str, content: bytes, kind: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        recording(name, content, kind)
    assert why(refusal)


def test_a_recording_too_heavy_for_prepaid_data_is_refused_with_both_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("media_library.validation.MAX_AUDIO", 1024)
    with pytest.raises(ValidationError) as refusal:
        recording("a.ogg", OGG)
    assert "3,9" in why(refusal)
    assert "1,0" in why(refusal)


def test_a_recording_without_its_transcript_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        add_recording(title="x", file=named(OGG, "a.ogg"), kind="audio", seconds=60, transcript="")
    assert "transcript" in refusal.value.message_dict
