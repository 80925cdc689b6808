"""Refuses uploads that are not what they say, too heavy, or dangerous; each refusal says what to do."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from media_library import kinds, svg

MEBI = 1024 * 1024
MAX_PICTURE = 10 * MEBI
MAX_PIXELS = 40_000_000
MAX_DRAWING = 500 * 1024
MAX_DOCUMENT = 20 * MEBI
MAX_AUDIO = 20 * MEBI
MAX_VIDEO = 80 * MEBI
DRAWING = "svg"
PICTURE_FORMATS = {"AVIF", "JPEG", "PNG", "WEBP"}
DOCUMENT_EXTENSIONS = ("csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx")
AUDIO_EXTENSIONS = ("m4a", "mp3", "mp4", "oga", "ogg", "opus", "webm")
VIDEO_EXTENSIONS = ("m4v", "mp4", "ogv", "webm")


def extension_of(name: str) -> str:
    """Return the extension of a file name, in lower case and without the dot."""
    return Path(name or "").suffix.lower().lstrip(".")


def is_new(field_file: Any) -> bool:
    """Say whether a model's file is being uploaded now, rather than kept from before."""
    return bool(field_file) and not getattr(field_file, "_committed", True)


def check_picture(file: Any) -> None:
    """Refuse a picture that is broken, too large, or a drawing that does more than draw."""
    drawing = extension_of(file.name) == DRAWING
    _check_weight(file, MAX_DRAWING if drawing else MAX_PICTURE)
    if drawing:
        _check_drawing(file)
    else:
        _check_pixels(file)


def _check_drawing(file: Any) -> None:
    found = svg.dangers(file)
    if found:
        raise ValidationError(_drawing_words(found[0]))


def _drawing_words(danger: svg.Danger) -> str:
    return {
        svg.Danger.BROKEN: _("This drawing cannot be read. Save it again as plain SVG."),
        svg.Danger.ENTITIES: _("This drawing declares entities or a document type. Save it as plain SVG."),
        svg.Danger.ELEMENT: _(
            "This drawing holds more than shapes and words, such as a script. Save it as plain SVG."
        ),
        svg.Danger.HANDLER: _(
            "This drawing reacts to clicks or to loading. Save it as plain SVG without scripts."
        ),
        svg.Danger.OUTSIDE: _("This drawing refers to something outside itself. Embed it, or take it away."),
    }[danger]


def _check_pixels(file: Any) -> None:
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kind, (width, height) = picture.format, picture.size
            fits = width * height <= MAX_PIXELS
            if fits:
                picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This picture cannot be read. Save it again as JPEG, PNG, WebP or AVIF.")
        ) from error
    finally:
        file.seek(0)
    if kind not in PICTURE_FORMATS:
        raise ValidationError(_("Pictures are JPEG, PNG, WebP, AVIF or SVG."))
    if not fits:
        raise ValidationError(
            _("This picture has too many pixels. Make it smaller: 4000 pixels wide are plenty.")
        )


def check_document(file: Any) -> None:
    """Refuse a document that is too heavy, of another kind than its name says, or that carries macros."""
    _check_extension(file, DOCUMENT_EXTENSIONS)
    _check_weight(file, MAX_DOCUMENT)
    if not kinds.is_document(file, extension_of(file.name)):
        raise ValidationError(_("The content of this file is not what its name says, or it carries macros."))


def check_recording(file: Any, *, video: bool) -> str:
    """Refuse what is no audio or video that browsers play; return its content type."""
    _check_extension(file, VIDEO_EXTENSIONS if video else AUDIO_EXTENSIONS)
    _check_weight(file, MAX_VIDEO if video else MAX_AUDIO)
    content_type = kinds.recording_type(file, video=video)
    if not content_type:
        raise ValidationError(
            _("This is no video that browsers play. Save it as MP4 or WebM.")
            if video
            else _("This is no audio that browsers play. Save it as Ogg Opus, MP3 or M4A.")
        )
    return content_type


def _check_extension(file: Any, allowed: tuple[str, ...]) -> None:
    if extension_of(file.name) not in allowed:
        raise ValidationError(
            _("Files of this kind are not taken. These are: %(kinds)s.") % {"kinds": ", ".join(allowed)}
        )


def _check_weight(file: Any, limit: int) -> None:
    if file.size > limit:
        words = _("This file weighs %(size)s; at most %(limit)s are taken.")
        raise ValidationError(words % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)})
    if not file.size:
        raise ValidationError(_("This file is empty."))
