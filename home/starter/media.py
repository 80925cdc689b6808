"""Loads a course's pictures, recordings and documents into the media library, each file once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection

from courses.blocks.markdown import to_html
from courses.models import GlossaryTerm
from home.models import StarterRecord
from home.starter import records
from home.starter.files import CourseFiles, key_of
from media_library import services
from media_library.models import Handout, Licence, Picture, Recording, RecordingKind

Media = TypeVar("Media", Picture, Recording, Handout)
LICENCES = {"CC BY-SA 4.0": Licence.CC_BY_SA, "CC BY 4.0": Licence.CC_BY, "CC0": Licence.CC0}


class Shelf:
    """Answers what `to_stream` asks: the picture, recording, document or glossary term that a block names."""

    def __init__(
        self, files: CourseFiles | None, report: records.Report, collection: Collection | None = None
    ) -> None:
        self.files = files
        self.collection = collection
        self.report = report
        self.said: dict[str, dict[str, Any]] = {}

    def listen(self, body: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Note what `body` says of its recordings (title, transcript), and return it."""
        for entry in body:
            for kind in RecordingKind.values:
                if kind in entry:
                    self.said[entry[kind]["file"]] = {"kind": kind, **entry[kind]}
        return body

    def picture(self, file: str, /) -> int:
        """Return the key of the picture of a file such as `media/x.svg`, loaded on first use."""
        return self._once(Picture, file, self._new_picture).pk

    def cover(self, file: str) -> Picture:
        """Return the picture itself."""
        return self._once(Picture, file, self._new_picture)

    def recording(self, file: str, /) -> int:
        """Return the key of the recording of a file, loaded on first use with its transcript."""
        return self._once(Recording, file, self._new_recording).pk

    def document(self, file: str, /) -> int:
        """Return the key of the document of a file, loaded on first use."""
        return self._once(Handout, file, self._new_document).pk

    def term(self, key: str, /) -> int:
        """Return the key of a glossary term by its readable name."""
        return GlossaryTerm.objects.get(translation_key=key_of(f"term/{key}"), locale__language_code="es").pk

    def _once(self, model: type[Media], file: str, make: Callable[[Path, dict[str, Any]], Media]) -> Media:
        if self.files is None:
            raise LookupError(file)
        name = f"media:{self.files.course['code']}/{file}"
        record = StarterRecord.objects.filter(name=name).first()
        found = model.objects.filter(pk=record.object_id).first() if record else None
        if found:
            return found
        path = self.files.folder / file
        thing = make(path, self.files.credits.get(path.name, {}))
        if self.collection:
            thing.collection = self.collection
            thing.save(update_fields=["collection"])
        StarterRecord.objects.update_or_create(
            name=name, defaults={"digest": records.digest_of(path.read_bytes().hex()), "object_id": thing.pk}
        )
        self.report.note(records.MADE, name)
        return thing

    def _new_picture(self, path: Path, said: dict[str, Any]) -> Picture:
        return services.add_picture(
            title=said.get("title") or path.stem,
            file=ImageFile(BytesIO(path.read_bytes()), name=path.name),
            alt=said.get("alt", ""),
            **_rights(said),
        )

    def _new_recording(self, path: Path, said: dict[str, Any]) -> Recording:
        spoken = self.said[f"media/{path.name}"]
        return services.add_recording(
            title=spoken["title"],
            file=ContentFile(path.read_bytes(), name=path.name),
            kind=spoken["kind"],
            seconds=int(said.get("seconds", 60)),
            transcript=to_html(spoken["transcript"]),
            **_rights(said),
        )

    def _new_document(self, path: Path, said: dict[str, Any]) -> Handout:
        rights = _rights(said)
        return services.add_document(
            title=said.get("title") or path.stem,
            file=ContentFile(path.read_bytes(), name=path.name),
            credit=rights["credit"],
            licence=rights["licence"],
        )


def _rights(said: dict[str, Any]) -> dict[str, str]:
    return {
        "credit": said.get("credit", ""),
        "licence": LICENCES.get(said.get("licence", ""), Licence.OWN),
    }
