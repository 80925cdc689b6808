"""Refuses files of agreements that are not what they say, and tells what kind one is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media_library import kinds
from media_library.validation import extension_of

HEAVIEST = 10 * 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def check_paper(file: Any) -> None:
    """Refuse what is no PDF or DOCX, is empty or too heavy, or lies about its type. Its content is asked."""
    extension = extension_of(file.name)
    if extension not in TYPES:
        raise ValidationError(_("The file is a PDF or a DOCX."))
    if not file.size:
        raise ValidationError(_("This file is empty."))
    if file.size > HEAVIEST:
        words = _("This file weighs %(size)s; at most %(limit)s are taken.")
        raise ValidationError(words % {"size": filesizeformat(file.size), "limit": filesizeformat(HEAVIEST)})
    if not kinds.is_document(file, extension):
        raise ValidationError(_("The content of this file is not what its name says, or it carries macros."))


def type_of(name: str) -> str:
    """Return the content type of a file that was taken."""
    return TYPES.get(extension_of(name), "application/octet-stream")
