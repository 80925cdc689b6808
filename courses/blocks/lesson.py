"""The blocks that a lesson may hold, in the order in which an editor is offered them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from common.marks import OPEN_MARK
from courses.blocks.base import LONG_TEXT, Context, TextBlock, unclosed_marks
from courses.blocks.care import ContentNoteBlock, ReflectionBlock, SourcesBlock, SupportLinesBlock
from courses.blocks.media import DocumentBlock, PictureBlock, RecordingBlock
from courses.blocks.practice import KnowledgeCheckBlock, SelfCheckBlock
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

READ = _("To read")
SEE = _("To see and hear")
TRY = _("To try")
CARE = _("To look after the reader")


@dataclass(frozen=True)
class Part:
    """A block in its place: what others on the page call it, and where a content note before it leads."""

    child: Any
    block_id: str
    anchor: str
    go_on: str
    skip_to: str


class LessonBlocks(blocks.StreamBlock):
    """A lesson's body."""

    text = TextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=LONG_TEXT,
        group=READ,
        template="blocks/text.html",
        description=_("Running text with headings, lists and links."),
        preview_value="<h2>En la banca</h2><p>A veces escuchar empieza con un vaso de agua.</p>",
    )
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
        """Add the blocks in their places."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "parts": parts_of(list(value))}


def _unclosed(child: Any) -> list[str]:
    return unclosed_marks(child.block, child.value)


def _mark_error(labels: list[str]) -> ValidationError:
    return ValidationError(format_lazy("{} ({})", OPEN_MARK, ", ".join(labels)))


def parts_of(children: list[Any]) -> list[Part]:
    """Place the blocks; whatever a content note leads to gets a name of its own."""
    ids = [str(child.id or place) for place, child in enumerate(children)]
    names = [f"parte-{key[:8]}" for key in ids] + ["fin-de-la-leccion"]
    notes = {place: _reach(child, place, len(ids)) for place, child in enumerate(children) if _is_note(child)}
    targets = {place + 1 for place in notes} | set(notes.values())
    return [
        Part(
            child=child,
            block_id=ids[place],
            anchor=names[place] if place in targets else "",
            go_on=names[place + 1] if place in notes else "",
            skip_to=names[notes[place]] if place in notes else "",
        )
        for place, child in enumerate(children)
    ]


def _is_note(child: Any) -> bool:
    return child.block_type == "content_note"


def _reach(child: Any, place: int, count: int) -> int:
    """Return the place to which skipping leads: behind the blocks that the note covers, at most the end."""
    return min(place + 1 + int(child.value.get("covers") or 1), count)
