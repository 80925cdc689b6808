"""Keeps every word printed on one certificate in one language: what is frozen when it is issued.

Nothing here is looked up, translated or computed later: two renderings, years apart, print the same words,
whatever became of the course, the organisation or its signatories meanwhile. Pictures are named by their path
and held to their digest: a logo replaced under the same name is left out rather than printed on an old
certificate.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Made = TypeVar("Made", bound=DataclassInstance)

FORMAT = 1


class UnreadableContent(ValueError):
    """The stored text is not a certificate's content of a known format."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo or a signature: where it is stored, its SHA-256 and what it shows."""

    path: str
    digest: str
    alt: str

    @classmethod
    def of(cls, data: bytes, *, path: str, alt: str) -> Self:
        """Return the picture that ``data`` is now, stored under ``path``."""
        return cls(path=path, digest=hashlib.sha256(data).hexdigest(), alt=alt)

    def is_made_of(self, data: bytes) -> bool:
        """Tell whether ``data`` is still the picture that was frozen."""
        return hashlib.sha256(data).hexdigest() == self.digest


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as what, and the picture of the signature if there is one."""

    name: str
    role: str
    signature: Picture | None = None


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """Every word printed on a certificate, in one language, as whole phrases ready to print.

    An empty text or tuple prints nothing. Dates and hours are phrases («del 3 al 28 de agosto de 2026»): the
    language's grammar is settled when they are frozen.
    """

    language: str
    """BCP 47 tag of all these words: it becomes the document's language."""
    kind: str
    """«Constancia de aprobación»: the main heading."""
    platform: str
    organisation: str
    holder: str
    statement: str
    """What stands between the person and the course: «terminó las lecciones y la prueba final del curso»."""
    course_title: str
    hours: str
    issued: str
    """The date of issue, written out."""
    code: str
    verify_url: str
    """What the QR carries, complete with https and code."""
    verify_label: str
    """«Compruébala en», before the address."""
    verify_address: str
    """The same door as a person would type it: no scheme, no code."""
    qr_alt: str
    course_code: str = ""
    version: str = ""
    modality: str = ""
    completed: str = ""
    place: str = ""
    validity: str = ""
    objectives_title: str = ""
    objectives: tuple[str, ...] = ()
    activities_title: str = ""
    activities: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    logos: tuple[Picture, ...] = ()

    def to_json(self) -> str:
        """Return the content as JSON text with a format number; equal contents give equal texts."""
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the content that ``to_json`` wrote.

        Raises UnreadableContent when a field is missing, unknown or of another type, or in a later format.
        """
        try:
            return cls._from_data(json.loads(text))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise UnreadableContent(str(error)) from error

    @classmethod
    def _from_data(cls, data: dict[str, Any]) -> Self:
        if data.pop("format") != FORMAT:
            raise UnreadableContent("This content was written in another format.")
        data["signatories"] = tuple(_signatory(entry) for entry in data["signatories"])
        data["logos"] = tuple(_picture(entry) for entry in data["logos"])
        for name in ("objectives", "activities"):
            data[name] = tuple(_text(entry) for entry in data[name])
        return _of_texts(cls(**data))


def _picture(data: dict[str, Any]) -> Picture:
    return _of_texts(Picture(**data))


def _signatory(data: dict[str, Any]) -> Signatory:
    signature = data.pop("signature")
    return _of_texts(Signatory(**data, signature=_picture(signature) if signature else None))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableContent(f"{value!r} is not a text.")
    return value


def _of_texts(made: Made) -> Made:
    """Return ``made`` if its plain fields are texts: a dataclass itself accepts anything."""
    for entry in fields(made):
        if entry.type == "str":
            _text(getattr(made, entry.name))
    return made
