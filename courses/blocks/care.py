"""The blocks that look after the reader: content note, support lines, private reflection, sources."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructValue

from courses.blocks.base import SHORT_TEXT, Context, ScopedBlock, block_key
from courses.blocks.countries import own_country
from courses.blocks.examples import example_lesson


class ContentNoteBlock(ScopedBlock):
    """What comes next, and a way around it."""

    text = blocks.RichTextBlock(label=_("What comes next"), features=SHORT_TEXT)
    covers = blocks.IntegerBlock(
        label=_("Blocks that it covers"),
        min_value=1,
        max_value=20,
        default=1,
        help_text=_("How many of the following blocks are jumped over by who skips."),
    )

    class Meta:
        icon = "warning"
        label = _("Content note")
        description = _("Says what comes next before it comes, and lets the reader go on or jump over it.")
        template = "blocks/content_note.html"
        preview_value = {
            "text": "<p>La escena que viene habla de un asalto. No hay detalles.</p>",
            "covers": 2,
        }


class SupportLinesBlock(ScopedBlock):
    """Telephone lines that help, the reader's own country first."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)

    class Meta:
        icon = "mobile-alt"
        label = _("Support lines")
        description = _("The support lines of each country, with the date on which each was last checked.")
        template = "blocks/support_lines.html"
        preview_value = {"title": "A quién llamar"}

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the lines: those that the foot of the page has read already, or else read afresh."""
        context = super().get_context(value, parent_context=parent_context)
        countries = _lines_of(context.get("frame"))
        mine = own_country(context.get("study"))
        return {**context, "countries": sorted(countries, key=lambda country: country.code != mine)}


def _lines_of(frame: Any) -> tuple[Any, ...]:
    from programme.queries import lines_screen

    return tuple(frame.support) if frame else lines_screen().countries


class ReflectionBlock(ScopedBlock):
    """A question to oneself. What is written is never required and nobody else's to read."""

    prompt = blocks.CharBlock(label=_("Question"), max_length=250)
    help = blocks.TextBlock(label=_("Help"), rows=2, required=False)

    class Meta:
        icon = "edit"
        label = _("Private reflection")
        description = _("A question to oneself with a page to write on. Optional; only the reader sees it.")
        template = "blocks/reflection.html"
        essential = ("prompt",)
        preview_value = {"prompt": "¿Qué te ayuda a ti cuando no quieres hablar?", "help": ""}

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add what this reader wrote here before."""
        context = super().get_context(value, parent_context=parent_context)
        key = block_key(parent_context)
        return {**context, "key": key, "written": _written(context), "max_length": 5000}


def _written(context: Mapping[str, Any]) -> str:
    """Return the reader's own words; a gap for them where the lesson is rendered for others too."""
    block, gaps = str(context.get("block_id")), context.get("gaps")
    if gaps is not None:
        return str(gaps.leave(block))
    return str((getattr(context.get("study"), "reflections", None) or {}).get(block, ""))


class SourcesBlock(ScopedBlock):
    """The sources of the lesson, where its author wants them."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)

    class Meta:
        icon = "link"
        label = _("Sources")
        description = _("The sources chosen for this lesson, in this place rather than at its end.")
        template = "blocks/sources.html"
        preview_value = {"title": "Fuentes"}

    def get_preview_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Stand in a lesson that has two sources: in the chooser of blocks there is no page."""
        context: dict[str, Any] = super().get_preview_context(value, parent_context=parent_context)
        return {**context, "page": example_lesson()}

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the sources of the page in which the block stands."""
        context = super().get_context(value, parent_context=parent_context)
        sources = getattr(context.get("page"), "sources", None)
        return {**context, "sources": list(sources.all()) if sources is not None else []}
