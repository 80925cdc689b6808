"""Makes pictures, documents and recordings that are real files, small enough for tests."""

import io
import uuid
import zipfile

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from media_library.models import Handout, Picture, Recording

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200"/></svg>'
)
OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01" + bytes(4000)
WEBM = b"\x1aE\xdf\xa3" + bytes(20) + b"webm" + bytes(2000)
MP4 = bytes(4) + b"ftypisom" + bytes(2000)
MP3 = b"ID3\x04" + bytes(2000)
PDF = b"%PDF-1.7\n" + b"x" * 500


def jpeg(width: int = 1000, height: int = 600) -> bytes:
    """Return a picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7ba093").save(out, "JPEG")
    return out.getvalue()


def docx(*, macros: bool = False) -> bytes:
    """Return a document that is an archive, with or without macros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


def named(content: bytes, name: str) -> ContentFile:
    """Return an upload."""
    return ContentFile(content, name=name)


class PictureFactory(DjangoModelFactory):
    """A photograph of a quiet place."""

    class Meta:
        model = Picture

    title = factory.Sequence(lambda n: f"Dos sillas {n}")
    file = factory.LazyFunction(lambda: named(jpeg(), f"sillas-{uuid.uuid4().hex[:6]}.jpg"))
    credit = "Ilustración original"


class DrawingFactory(PictureFactory):
    """A drawing."""

    file = factory.LazyFunction(lambda: named(DRAWING, f"dibujo-{uuid.uuid4().hex[:6]}.svg"))


class RecordingFactory(DjangoModelFactory):
    """A pause of two minutes, to listen to."""

    class Meta:
        model = Recording

    title = "Una pausa"
    kind = "audio"
    file = factory.LazyFunction(lambda: named(OGG, "pausa.ogg"))
    content_type = "audio/ogg"
    size = len(OGG)
    seconds = 120
    transcript = "<p>Respira conmigo.</p>"


class HandoutFactory(DjangoModelFactory):
    """A sheet to print."""

    class Meta:
        model = Handout

    title = "Hoja de bolsillo"
    file = factory.LazyFunction(lambda: named(PDF, "hoja.pdf"))
    file_size = len(PDF)
    file_hash = factory.LazyFunction(lambda: uuid.uuid4().hex)
