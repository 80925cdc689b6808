"""The blocks that a lesson may hold, in the order in which an editor is offered them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from common.marks import OPEN_MARK
from courses.blocks.base import Context, ProseBlock, is_editing, unclosed_marks
from courses.blocks.care import ContentNoteBlock, ReflectionBlock, SourcesBlock, SupportLinesBlock
from courses.blocks.countries import reader_in
from courses.blocks.media import DocumentBlock, PictureBlock, RecordingBlock
from courses.blocks.practice import KnowledgeCheckBlock, SelfCheckBlock
from courses.blocks.scoping import is_for, scope_of, scope_words
from courses.blocks.words import (
    CalloutBlock,
    ComparisonBlock,
    CountryBlock,
    FoldBlock,
    GlossaryBlock,
    KeyPointsBlock,
    QuotationBlock,
    StepsBlock,
)
from programme.scope import Reader

READ = _("To read")
SEE = _("To see and hear")
TRY = _("To try")
CARE = _("To look after the reader")


@dataclass(frozen=True)
class Part:
    """A block in its place: what others on the page call it, and where a content note before it leads.

    `covers` counts the blocks that a note lets this reader jump over; `only` tells editors whom the block is for.
    """

    child: Any
    block_id: str
    anchor: str
    go_on: str
    skip_to: str
    covers: int = 0
    only: str = ""


class LessonBlocks(blocks.StreamBlock):
    """A lesson's body."""

    text = ProseBlock(group=READ)
    callout = CalloutBlock(group=READ)
    key_points = KeyPointsBlock(group=READ)
    steps = StepsBlock(group=READ)
    comparison = ComparisonBlock(group=READ)
    quotation = QuotationBlock(group=READ)
    glossary = GlossaryBlock(group=READ)
    fold = FoldBlock(group=READ)
    country = CountryBlock(group=READ)
    picture = PictureBlock(group=SEE)
    recording = RecordingBlock(group=SEE)
    document = DocumentBlock(group=SEE)
    knowledge_check = KnowledgeCheckBlock(group=TRY)
    self_check = SelfCheckBlock(group=TRY)
    reflection = ReflectionBlock(group=TRY)
    content_note = ContentNoteBlock(group=CARE)
    support_lines = SupportLinesBlock(group=CARE)
    sources = SourcesBlock(group=CARE)

    class Meta:
        template = "blocks/lesson.html"

    def clean(self, value: StreamValue) -> StreamValue:
        """Refuse a mark «[[por verificar: …» that is not closed: it would hide more than its author meant."""
        value = super().clean(value)
        errors = {
            place: _mark_error(labels) for place, child in enumerate(value) if (labels := _unclosed(child))
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value

    def get_context(self, value: StreamValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the blocks that concern the reader in their places; editors see all, each with whom it is for."""
        context = super().get_context(value, parent_context=parent_context)
        reader = None if is_editing(parent_context) else reader_in(parent_context)
        return {**context, "parts": parts_of(list(value), reader)}


def _unclosed(child: Any) -> list[str]:
    return unclosed_marks(child.block, child.value)


def _mark_error(labels: list[str]) -> ValidationError:
    return ValidationError(format_lazy("{} ({})", OPEN_MARK, ", ".join(labels)))


def parts_of(children: list[Any], reader: Reader | None = None) -> list[Part]:
    """Place the blocks that concern `reader` (None: all of them, for an editor); whatever a content note leads to
    gets a name of its own.

    A note covers blocks as its author counted them: of two covered blocks of which one is another country's, the
    reader jumps over the other one alone, never over a third that she would not know of.
    """
    shown = _shown(children, reader)
    ids = [str(children[place].id or place) for place in shown]
    names = [f"parte-{key[:8]}" for key in ids] + ["fin-de-la-leccion"]
    reaches = {n: _reach(children, place) for n, place in enumerate(shown) if _is_note(children[place])}
    notes = {n: _count_before(shown, reach) for n, reach in reaches.items()}
    targets = {n + 1 for n in notes} | set(notes.values())
    return [
        Part(
            child=children[place],
            block_id=ids[n],
            anchor=names[n] if n in targets else "",
            go_on=names[n + 1] if n in notes else "",
            skip_to=names[notes[n]] if n in notes else "",
            covers=max(notes[n] - n - 1, 1) if n in notes else 0,
            only=scope_words(scope_of(children[place].value)) if reader is None else "",
        )
        for n, place in enumerate(shown)
    ]


def _shown(children: list[Any], reader: Reader | None) -> list[int]:
    """Return the places of the blocks shown to `reader`; a note that covers nothing of hers is not shown either."""
    places = range(len(children))
    if reader is None:
        return list(places)
    hers = {place for place in places if is_for(children[place].value, reader)}
    return [place for place in places if place in hers and not _warns_of_nothing(children, place, hers)]


def _warns_of_nothing(children: list[Any], place: int, hers: set[int]) -> bool:
    covered = range(place + 1, _reach(children, place)) if _is_note(children[place]) else range(0)
    return bool(covered) and not hers.intersection(covered)


def _is_note(child: Any) -> bool:
    return bool(child.block_type == "content_note")


def _reach(children: list[Any], place: int) -> int:
    """Return the place to which skipping leads: behind the blocks that the note covers, at most the end."""
    return min(place + 1 + int(children[place].value.get("covers") or 1), len(children))


def _count_before(shown: list[int], place: int) -> int:
    return sum(1 for each in shown if each < place)
