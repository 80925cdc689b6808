"""Takes items into the bank of a course as drafts, by the rules of the editor's own form; and gives questions out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import Truncator
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import Locale

from assessments.choices import CognitiveLevel
from assessments.content import Kind
from assessments.exchange.files import Format, read
from assessments.exchange.items import Item, ItemChoice, Read, Unread, Why
from assessments.exchange.items import Picture as ItemPicture
from assessments.exchange.words import say
from assessments.models import Question
from media_library import services, validation
from media_library.models import Picture
from programme.evidence import EvidenceStatus

if TYPE_CHECKING:
    from wagtail.models import Collection

    from accounts.models import User

Signature = tuple[Any, ...]


@dataclass(frozen=True)
class Line:
    """What becomes of a question: how it is called, of which type it was, and why it was changed or refused."""

    name: str
    type: str
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as the report has it."""
        return {"name": self.name, "type": self.type, "reason": self.reason}


@dataclass
class Report:
    """What a file holds: taken as it is, taken with something left out, not taken. `made` counts new questions."""

    understood: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    made: int = 0

    def as_json(self) -> dict[str, list[dict[str, str]]]:
        """Return it as a file holds it."""
        return {
            "understood": [line.as_json() for line in self.understood],
            "changed": [line.as_json() for line in self.changed],
            "refused": [line.as_json() for line in self.refused],
        }


def take_file(*, data: bytes, form: Format, collection: Collection, by: User | None, apply: bool) -> Report:
    """Look through a file, and with `apply` make its questions in the bank of `collection`: all of them or none.

    Raises BadFile.
    """
    locale = Locale.get_default()
    return take(read(data, form, locale.language_code), collection=collection, by=by, apply=apply)


@transaction.atomic
def take(found: Sequence[Read], *, collection: Collection, by: User | None, apply: bool) -> Report:
    """Report what becomes of each question, and with `apply` make it as a draft that no quiz asks yet."""
    report, locale = Report(), Locale.get_default()
    there = _there(collection, locale, [each for each in found if isinstance(each, Item)])
    for each in found:
        if isinstance(each, Unread):
            report.refused.append(Line(each.name, each.type, say(each.why, each.detail)))
            continue
        made = _made(each, locale)
        if isinstance(made, str):
            report.refused.append(Line(each.name, each.type, made))
            continue
        if signature(each) in there:
            report.changed.append(Line(each.name, each.type, say(Why.ALREADY)))
            continue
        there.add(signature(each))
        reason = " ".join(say(why) for why in each.notes)
        (report.changed if reason else report.understood).append(Line(each.name, each.type, reason))
        report.made += 1
        if apply:
            _keep(made, each, collection, by)
    return report


def signature(item: Item) -> Signature:
    """Return what makes two questions the same: the kind, the words, and which answers are right."""
    told = [(c.text, c.correct, c.match, c.tolerance, c.area, c.feedback) for c in item.choices]
    return item.kind.value, item.stem, tuple(told)


def _there(collection: Collection, locale: Locale, items: Iterable[Item]) -> set[Signature]:
    stems = {item.stem for item in items}
    rows = Question.objects.filter(collection=collection, locale=locale, stem__in=stems)
    return {signature(item_of(row, with_picture=False)) for row in rows}


def _made(item: Item, locale: Locale) -> Question | str:
    """Return the question that an item would be, or in words why it cannot be asked."""
    picture = None
    try:
        if item.picture:
            picture = _measured(item.picture)
            if not item.picture.alt:
                item.note(Why.NO_ALT)
        question = _question(item, locale, picture)
        question.full_clean(exclude=["collection", "picture", "translation_key"])
    except ValidationError as error:
        return f"{say(Why.NOT_ALLOWED)} {' '.join(dict.fromkeys(error.messages))}"
    return question


def _measured(said: ItemPicture) -> Picture:
    """Return a picture that is not kept, with its size. Raises ValidationError for what is none."""
    file = ContentFile(said.data, name=said.name)
    validation.check_picture(file)
    if said.name.lower().endswith(".svg"):
        raise ValidationError(say(Why.BAD_PICTURE, said.name))
    width, height = Image.open(BytesIO(said.data)).size
    return Picture(title=_title(said), width=width, height=height)


def _title(said: ItemPicture) -> str:
    return Truncator(said.alt or said.name).chars(100)


def _question(item: Item, locale: Locale, picture: Picture | None) -> Question:
    question = Question(
        locale=locale,
        kind=item.kind.value,
        stem=item.stem,
        explanation=item.explanation,
        objective=item.objective,
        level=item.level if item.level in CognitiveLevel.values else "",
        sources=item.sources,
        evidence_status=item.evidence if item.evidence in EvidenceStatus.values else EvidenceStatus.TO_VERIFY,
        countries=list(item.countries),
        routes=list(item.routes),
        picture_alt=item.picture.alt or item.picture.name if item.picture else "",
        live=False,
        choices=[("choice", _block(choice)) for choice in item.choices],
    )
    question.picture = picture
    return question


def _block(choice: ItemChoice) -> dict[str, Any]:
    return {
        "text": choice.text,
        "correct": choice.correct,
        "feedback": choice.feedback,
        "match": choice.match,
        "tolerance": choice.tolerance,
        "area": choice.area,
    }


def _keep(question: Question, item: Item, collection: Collection, by: User | None) -> None:
    question.picture = _kept_picture(item.picture, collection, by) if item.picture else None
    question.collection = collection
    if item.key and not Question.objects.filter(translation_key=item.key).exists():
        question.translation_key = item.key
    question.save()
    question.tags.add(*item.tags)
    question.save_revision(user=by)
    log(instance=question, action="wagtail.create", user=by)


def _kept_picture(said: ItemPicture, collection: Collection, by: User | None) -> Picture:
    """Return the picture of the course with these very bytes, kept now if it is not there."""
    digest = hashlib.sha1(said.data, usedforsecurity=False).hexdigest()
    found = Picture.objects.filter(collection=collection, file_hash=digest).first()
    if found:
        return found
    picture = services.add_picture(
        title=_title(said), file=ContentFile(said.data, name=said.name), alt=said.alt, by=by
    )
    picture.collection = collection
    picture.save(update_fields=["collection"])
    return picture


def item_of(question: Question, *, with_picture: bool = True) -> Item:
    """Return a question as it stands in the bank, to be written in another format."""
    item = Item(
        name=str(question),
        type=question.kind,
        kind=Kind(question.kind),
        stem=_lines(question.stem),
        choices=[
            ItemChoice(
                text=_lines(block.value["text"] or ""),
                correct=bool(block.value["correct"]),
                feedback=_lines(block.value["feedback"] or ""),
                match=(block.value.get("match") or "").strip(),
                tolerance=(block.value.get("tolerance") or "").strip(),
                area=(block.value.get("area") or "").strip(),
            )
            for block in question.choices
        ],
        explanation=_lines(question.explanation),
        objective=question.objective,
        level=question.level,
        sources=question.sources,
        evidence=question.evidence_status,
        countries=tuple(sorted(question.countries)),
        routes=tuple(sorted(question.routes)),
        key=question.translation_key,
    )
    if with_picture:
        item.tags = tuple(sorted(tag.name for tag in question.tags.all()))
        item.picture = _given_picture(question)
    return item


def _lines(text: str) -> str:
    """Return a text as a file would give it back."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _given_picture(question: Question) -> ItemPicture | None:
    """Return its picture, called by its own bytes: the library may have renamed the file."""
    if question.picture is None:
        return None
    with question.picture.file.open("rb") as file:
        data = file.read()
    ending = question.picture.file.name.rsplit(".", 1)[-1].lower()
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]
    return ItemPicture(f"{name}.{ending}", data, question.picture_alt.strip())
