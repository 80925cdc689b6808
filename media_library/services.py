"""Adds pictures, documents and recordings without a form, by the same rules as with one."""

from typing import Any

from django.core.files import File

from media_library import validation
from media_library.models import Handout, Licence, Picture, Recording, said_of_file


def add_picture(
    *,
    title: str,
    file: File,
    alt: str = "",
    credit: str = "",
    licence: str = Licence.CC_BY_SA,
    by: Any = None,
) -> Picture:
    """Keep a picture; ValidationError says why it is refused."""
    # Asked before the model is made: giving it a file measures the file, which dies on what is no picture.
    said_of_file(file, validation.check_picture)
    picture = Picture(
        title=title[:255],
        file=file,
        description=alt[:255],
        credit=credit,
        licence=licence,
        uploaded_by_user=by,
    )
    picture.full_clean(exclude=["width", "height", "tags"])
    picture._set_image_file_metadata()
    picture.save()
    return picture


def add_document(
    *,
    title: str,
    file: File,
    credit: str = "",
    licence: str = Licence.CC_BY_SA,
    public: bool = False,
    by: Any = None,
) -> Handout:
    """Keep a document; ValidationError says why it is refused."""
    handout = Handout(
        title=title[:255], file=file, credit=credit, licence=licence, public=public, uploaded_by_user=by
    )
    handout.full_clean(exclude=["tags"])
    handout._set_document_file_metadata()
    handout.save()
    return handout


def add_recording(
    *,
    title: str,
    file: File,
    kind: str,
    seconds: int,
    transcript: str,
    credit: str = "",
    licence: str = Licence.CC_BY_SA,
) -> Recording:
    """Keep an audio or video file with its transcript (HTML); ValidationError says why it is refused."""
    recording = Recording(
        title=title,
        file=file,
        kind=kind,
        seconds=seconds,
        transcript=transcript,
        credit=credit,
        licence=licence,
    )
    recording.full_clean()
    recording.save()
    return recording
