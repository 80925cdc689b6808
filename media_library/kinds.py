"""Answers what a file really is, from its first bytes; its name and what a browser says of it count for nothing."""

import zipfile
from typing import BinaryIO

HEAD = 4096
MACROS = "vbaProject.bin"
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {"odt": b"application/vnd.oasis.opendocument.text"}


def head_of(file: BinaryIO, length: int = HEAD) -> bytes:
    """Return the first bytes of `file` and put it back to its beginning."""
    file.seek(0)
    head = file.read(length)
    file.seek(0)
    return head


def recording_type(file: BinaryIO, *, video: bool) -> str:
    """Return the content type of an audio or video file; empty when it is none that we serve."""
    head = head_of(file)
    if head.startswith(b"OggS"):
        return _ogg(head, video=video)
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return "video/webm" if video else "audio/webm"
    if head[4:8] == b"ftyp":
        return _mp4(head[8:12], video=video)
    if not video and (head.startswith(b"ID3") or _is_mp3_frame(head)):
        return "audio/mpeg"
    return ""


def _ogg(head: bytes, *, video: bool) -> str:
    if b"\x80theora" in head[:512]:
        return "video/ogg" if video else ""
    sound = b"OpusHead" in head[:512] or b"\x01vorbis" in head[:512]
    return "audio/ogg" if sound and not video else ""


def _mp4(brand: bytes, *, video: bool) -> str:
    if brand in {b"M4A ", b"M4B "}:
        return "" if video else "audio/mp4"
    known = brand in {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"dash",
        b"M4V ",
        b"M4VH",
    }
    if not known:
        return ""
    return "video/mp4" if video else "audio/mp4"


def _is_mp3_frame(head: bytes) -> bool:
    """Say whether an MPEG audio frame of layer III begins here, with a bit rate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 15) and (head[2] >> 2) & 3 != 3


def is_document(file: BinaryIO, extension: str) -> bool:
    """Say whether `file` is what its `extension` promises, and carries no macros."""
    head = head_of(file)
    if extension == "pdf":
        return head.startswith(b"%PDF-")
    if extension in {"csv", "txt"}:
        return _is_text(head)
    if extension in OFFICE or extension in OPEN_DOCUMENT:
        return _is_office(file, extension)
    return False


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head and not head.lstrip().lower().startswith(
        (b"<!doctype", b"<html", b"<script", b"<svg")
    )


def _is_office(file: BinaryIO, extension: str) -> bool:
    """Look at the names in the archive only: nothing is unpacked, whatever size it claims."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if extension in OPEN_DOCUMENT:
                return (
                    names[:1] == ["mimetype"]
                    and _first_bytes(archive, "mimetype") == OPEN_DOCUMENT[extension]
                )
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    is_of_kind = "[Content_Types].xml" in names and any(name.startswith(OFFICE[extension]) for name in names)
    return is_of_kind and not any(name.endswith(MACROS) for name in names)


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(100).strip()
