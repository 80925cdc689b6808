"""What all lesson blocks share: authors' words pass through one sieve before any template sees them."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import BlockGroup, StructValue
from wagtail.rich_text import RichText

from common.text import has_open_mark, has_unverified, without_unverified
from courses import unverified
from courses.blocks.countries import reader_in
from courses.blocks.scoping import ScopeBlock, is_for
from programme.scope import Reader

# A reader of whom nothing is known: the index is asked by everybody.
ANYBODY = Reader()
LONG_TEXT = ["h2", "h3", "bold", "italic", "ul", "ol", "link"]
SHORT_TEXT = ["bold", "italic", "ul", "ol", "link"]
Context = Mapping[str, Any] | None
_TAG = re.compile(r"<[^>]+>")


def is_editing(context: Context) -> bool:
    """Say whether the page is being shown to an editor (a preview), who sees unverified claims."""
    return bool(context and context.get("editing"))


def seen(block: blocks.Block, value: Any, *, editing: bool) -> Any:
    """Return `value` of `block` as the reader may see it; None when nothing is left of it.

    One walk over every field of every block, so that no template can forget the filter.
    """
    if isinstance(block, LessonBlock):
        return block.shown(value, editing=editing)
    if isinstance(value, RichText):
        return _seen_rich(value, editing=editing)
    if isinstance(value, str):
        return seen_plain(value, editing=editing)
    if isinstance(value, ListValue):
        return [
            kept for child in value.bound_blocks if (kept := _seen_child(child, editing=editing)) is not None
        ]
    return value


def _seen_child(child: blocks.BoundBlock, *, editing: bool) -> Any:
    return seen(child.block, child.value, editing=editing)


def _seen_rich(value: RichText, *, editing: bool) -> RichText | None:
    source = unverified.show(value.source) if editing else unverified.hide(value.source)
    return RichText(source) if source.strip() or not value.source.strip() else None


def seen_plain(value: str, *, editing: bool) -> str | None:
    if not has_unverified(value):
        return value
    return unverified.Marked(value) if editing else (without_unverified(value) or None)


class LessonBlock(blocks.StructBlock):
    """A block of a lesson. `Meta.essential` names the fields without which it vanishes from learners' pages.

    It is rendered once for everybody with the same `courses.rendered.Sight`: where it prints something of the reader
    herself it leaves a gap (`programme.gaps`) while the context has `gaps`.
    """

    class Meta:
        essential: tuple[str, ...] = ()

    def get_default(self) -> StructValue:
        """Begin with as many items as are asked for: an empty form is not scolded for what nobody could write yet."""
        begun = super().get_default()
        for name, block in self.child_blocks.items():
            if isinstance(block, blocks.ListBlock):
                begun[name].extend(
                    block.child_block.get_default() for _ in range(len(begun[name]), block.meta.min_num or 0)
                )
        return begun

    def shown(self, value: StructValue, *, editing: bool) -> StructValue | None:
        """Return the value as the reader may see it; None when an essential part of it is hidden from her."""
        kept = {
            name: seen(block, value.get(name), editing=editing) for name, block in self.child_blocks.items()
        }
        if any(_is_hidden(value.get(name), kept[name]) for name in self.meta.essential):
            return None
        shown = {name: "" if was is None and value.get(name) else was for name, was in kept.items()}
        return self.meta.value_class(self, shown.items())

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add what templates ask for and pages other than lessons do not know: a filter's argument must be there."""
        context = super().get_context(value, parent_context=parent_context)
        return {"editing": False, "study": None, "page": None, "block_id": "", **context}

    def render(self, value: StructValue, context: Context = None) -> str:
        """Render what the reader may see; nothing, when nothing is left."""
        shown = self.shown(value, editing=is_editing(context))
        return "" if shown is None else super().render(shown, context=context)

    def get_searchable_content(self, value: StructValue) -> list[str]:
        """Give the index only what learners may see, whoever asks."""
        shown = self.shown(value, editing=False)
        return [] if shown is None else list(_words(self, shown))


class ScopedBlock(LessonBlock):
    """A block that stands in a lesson by itself, and may concern only some readers: the others never see it."""

    scope = ScopeBlock(required=False)

    def get_form_layout(self) -> BlockGroup:
        """Fold the scope away among the block's settings: most blocks are for everybody."""
        return BlockGroup([name for name in self.child_blocks if name != "scope"], settings=["scope"])

    def render(self, value: StructValue, context: Context = None) -> str:
        """Render nothing for those whom the block does not concern; editors see it all in a preview."""
        if not is_editing(context) and not is_for(value, reader_in(context)):
            return ""
        return super().render(value, context=context)

    def get_searchable_content(self, value: StructValue) -> list[str]:
        """Give the index only what a reader of whom nothing is known may see."""
        return self.searchable(value) if is_for(value, ANYBODY) else []

    def searchable(self, value: StructValue) -> list[str]:
        """Return what the index is given of a block that is for everybody; blocks that give less say so here."""
        return super().get_searchable_content(value)


class ChosenBlock(ScopedBlock):
    """A block around something that is kept elsewhere; `Meta.chosen` names the field by which it was chosen."""

    class Meta:
        chosen = ""

    def render(self, value: StructValue, context: Context = None) -> str:
        """Render nothing when what was chosen has been deleted since."""
        return super().render(value, context=context) if value.get(self.meta.chosen) else ""


def _is_hidden(before: Any, after: Any) -> bool:
    """Say whether a field that had words has none now. An empty list of points counts, an empty field does not."""
    return bool(before) and after in (None, "", [])


def _words(block: blocks.Block, value: Any) -> Iterator[str]:
    """Go through the words of a value that was sieved: lists are plain lists by now."""
    if isinstance(block, ScopeBlock):
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _words(child, value.get(name))
    elif isinstance(value, list):
        for item in value:
            yield from _words(block.child_block, item)
    elif value and not isinstance(block, blocks.ChoiceBlock):
        yield from block.get_searchable_content(value)


class TextBlock(blocks.RichTextBlock):
    """Running text as the first release kept it, without a scope: its migrations name this class."""


class ProseBlock(ScopedBlock):
    """Running text: headings, paragraphs, lists, links."""

    text = blocks.RichTextBlock(label=_("Text"), features=LONG_TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text with headings, lists and links.")
        template = "blocks/text.html"
        essential = ("text",)
        preview_value = {"text": "<h2>En la banca</h2><p>A veces escuchar empieza con un vaso de agua.</p>"}


def unclosed_marks(block: blocks.Block, value: Any) -> list[str]:
    """Return the names of the fields in which a mark «[[por verificar: …» is not closed where it began."""
    return [label for label, text, rich in _leaves(block, value) if _is_unclosed(text, rich=rich)]


def texts_of(block: blocks.Block, value: Any) -> list[str]:
    """Return every text of a value as an author reads it: without the tags of HTML, with the marks of claims."""
    return [html.unescape(_TAG.sub(" ", text)) if rich else text for _, text, rich in _leaves(block, value)]


def _is_unclosed(text: str, *, rich: bool) -> bool:
    return unverified.has_unclosed(text) if rich else has_open_mark(text)


def _leaves(block: blocks.Block, value: Any) -> Iterable[tuple[str, str, bool]]:
    """Go through every text of a value: the field's label, the text, and whether it is HTML."""
    if isinstance(value, RichText):
        yield str(block.label), value.source, True
    elif isinstance(value, str):
        yield str(block.label), value, False
    elif isinstance(value, StructValue):
        for name, child in value.block.child_blocks.items():
            yield from _leaves(child, value.get(name))
    elif isinstance(value, ListValue | StreamValue):
        for child in value.bound_blocks if isinstance(value, ListValue) else value:
            yield from _leaves(child.block, child.value)


def block_key(context: Context, value: object = None) -> str:
    """Return the id of the block that is being rendered, short and fit for an HTML id."""
    key = str((context or {}).get("block_id") or "")
    return "".join(char for char in key if char.isalnum() or char == "-")
