"""Loads a course's pictures and recordings into the media library, each file once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from courses.blocks.from_starter import to_html
from courses.models import GlossaryTerm
from home.models import StarterRecord
from home.starter import records
from home.starter.files import CourseFiles, key_of
from media_library.models import Licence, Picture, Recording

LICENCES = {"CC BY-SA 4.0": Licence.CC_BY_SA, "CC BY 4.0": Licence.CC_BY, "CC0": Licence.CC0}


class Shelf:
    """Answers what `to_stream` asks: the picture, recording or glossary term that a block names."""

    def __init__(self, files: CourseFiles | None, report: records.Report) -> None:
        self.files = files
        self.report = report

    def picture(self, file: str, alt: str = "") -> Picture:
        """Return the picture of a file such as `media/x.svg`, loaded on first use."""
        return self._once(Picture, file, lambda path, said: self._new_picture(path, said, alt))

    def recording(self, file: str, *, kind: str, title: str, transcript: str) -> Recording:
        """Return the recording of a file, loaded on first use with its transcript."""
        return self._once(
            Recording, file, lambda path, said: self._new_recording(path, said, kind, title, transcript)
        )

    def term(self, key: str) -> GlossaryTerm:
        """Return a glossary term by its readable key."""
        return GlossaryTerm.objects.get(translation_key=key_of(f"term/{key}"), locale__language_code="es")

    def _once(self, model: type, file: str, make: Any) -> Any:
        assert self.files is not None
        name = f"media:{self.files.course['code']}/{file}"
        record = StarterRecord.objects.filter(name=name).first()
        found = model.objects.filter(pk=record.object_id).first() if record else None
        if found:
            return found
        path = self.files.folder / file
        thing = make(path, self.files.credits.get(path.name, {}))
        StarterRecord.objects.update_or_create(
            name=name, defaults={"digest": records.digest_of(path.read_bytes().hex()), "object_id": thing.pk}
        )
        self.report.note(records.MADE, name)
        return thing

    def _new_picture(self, path: Path, said: dict[str, Any], alt: str) -> Picture:
        picture = Picture(
            title=said.get("title") or path.stem,
            description=(said.get("alt") or alt)[:255],
            credit=said.get("credit", ""),
            licence=LICENCES.get(said.get("licence", ""), Licence.OWN),
        )
        picture.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        picture._set_image_file_metadata()
        picture.save()
        return picture

    def _new_recording(
        self, path: Path, said: dict[str, Any], kind: str, title: str, transcript: str
    ) -> Recording:
        recording = Recording(
            title=title,
            kind=kind,
            transcript=to_html(transcript),
            seconds=int(said.get("seconds", 60)),
            size=path.stat().st_size,
            content_type="audio/ogg" if path.suffix == ".ogg" else "video/mp4",
            credit=said.get("credit", ""),
            licence=LICENCES.get(said.get("licence", ""), Licence.OWN),
        )
        recording.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        recording.save()
        return recording
