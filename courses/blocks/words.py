"""The blocks that one reads: callout, key points, steps, table, quotation, glossary, foldable part, country."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks.base import (
    SHORT_TEXT,
    ChosenBlock,
    Context,
    LessonBlock,
    ScopedBlock,
    is_editing,
    seen_plain,
)
from courses.blocks.examples import example_term


class Tone(TextChoices):
    """How a callout speaks."""

    INFO = "info", _("Good to know")
    CARE = "care", _("Take care")


class CalloutBlock(ScopedBlock):
    """Something set apart from the text."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)
    tone = blocks.ChoiceBlock(label=_("Tone"), choices=Tone.choices, default=Tone.INFO)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A short note set apart: something good to know, or to take care with.")
        template = "blocks/callout.html"
        essential = ("text",)
        preview_value = {
            "title": "¿Y si hay prisa?",
            "text": "<p>Un vaso de agua también es ayuda.</p>",
            "tone": "info",
        }


class KeyPointsBlock(ScopedBlock):
    """What to take away."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    points = blocks.ListBlock(blocks.TextBlock(label=_("Point"), rows=2), label=_("Points"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        description = _("The few sentences that a reader should take away.")
        template = "blocks/key_points.html"
        essential = ("points",)
        preview_value = {
            "title": "Lo esencial",
            "points": ["El apoyo se ofrece, no se impone.", "Se pregunta qué necesita, no qué le pasó."],
        }


class StepBlock(LessonBlock):
    """One thing to do."""

    title = blocks.CharBlock(label=_("What to do"), max_length=160)
    text = blocks.TextBlock(label=_("How"), rows=2, required=False)

    class Meta:
        essential = ("title",)


class StepsBlock(ScopedBlock):
    """Things done in order."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Things that are done one after the other, numbered.")
        template = "blocks/steps.html"
        essential = ("steps",)
        preview_value = {
            "title": "Tres pasos para acercarte",
            "steps": [
                {"title": "Di quién eres.", "text": "Tu nombre y para qué estás ahí."},
                {"title": "Pide permiso.", "text": "«¿Puedo sentarme?»."},
            ],
        }


class ComparisonBlock(ScopedBlock):
    """A table that sets things side by side."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    columns = blocks.ListBlock(
        blocks.CharBlock(label=_("Heading"), max_length=80), label=_("Columns"), min_num=2
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.TextBlock(label=_("Cell"), rows=2, required=False), label=_("Row")),
        label=_("Rows"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Comparison table")
        description = _(
            "Sets two or more things side by side. Every row has as many cells as there are columns."
        )
        template = "blocks/comparison.html"
        essential = ("title",)
        preview_value = {
            "title": "Lo que ayuda y lo que no",
            "columns": ["Ayuda", "Daña"],
            "rows": [["Preguntar qué necesita", "Pedir el relato"]],
        }

    def clean(self, value: StructValue) -> StructValue:
        """Refuse rows that do not fit the columns: a cell would stand under another's heading."""
        value = super().clean(value)
        width = len(value["columns"])
        if any(len(row) != width for row in value["rows"]):
            message = _("Each row needs as many cells as there are columns (%(count)s).") % {"count": width}
            raise StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        return value

    def shown(self, value: StructValue, *, editing: bool) -> StructValue | None:
        """Keep hidden cells as empty ones, so that the others stay in their columns; drop rows left empty."""
        shown = super().shown(value, editing=editing)
        if shown is None:
            return None
        sieve = Cells(editing=editing)
        shown["columns"] = sieve.row(value["columns"])
        rows = [(row, sieve.row(row)) for row in value["rows"]]
        shown["rows"] = [after for before, after in rows if any(after) or not any(before)]
        return shown if shown["rows"] else None

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the rows with each cell beside its heading: on a telephone the heading stands before the cell."""
        context = super().get_context(value, parent_context=parent_context)
        rows = [list(zip(value["columns"], row, strict=False)) for row in value["rows"]]
        return {**context, "rows": rows}


class Cells:
    """Sieves the cells of a row, one by one, and leaves each in its place."""

    def __init__(self, *, editing: bool) -> None:
        self.editing = editing

    def row(self, cells: Any) -> list[str]:
        """Return as many cells as came in."""
        return [seen_plain(cell, editing=self.editing) or "" for cell in cells]


class QuotationBlock(ScopedBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"), rows=3)
    attribution = blocks.CharBlock(label=_("Who says it"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's own words, and whose they are.")
        template = "blocks/quotation.html"
        essential = ("text",)
        preview_value = {
            "text": "Me quedé a su lado. Con eso bastó.",
            "attribution": "Una voluntaria de albergue",
        }


class GlossaryBlock(ChosenBlock):
    """A term of the glossary, explained where it is met."""

    term = SnippetChooserBlock("courses.GlossaryTerm", label=_("Term"))

    class Meta:
        icon = "doc-empty"
        label = _("Glossary term")
        description = _("A word of the field with its definition, taken from the glossary.")
        template = "blocks/glossary.html"
        chosen = "term"
        preview_value = staticmethod(example_term)


class FoldBlock(ScopedBlock):
    """A part that can wait."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)

    class Meta:
        icon = "collapse-down"
        label = _("Foldable part")
        description = _("Something that can wait: the reader opens it if she wants to.")
        template = "blocks/fold.html"
        essential = ("title", "text")
        preview_value = {
            "title": "Cuando hay intérprete",
            "text": "<p>Háblale a la persona, no a quien interpreta.</p>",
        }


def country_choices() -> list[tuple[str, str]]:
    """Return the programme's countries; asked when a form is shown, so that the list is never frozen in code."""
    from courses.blocks.countries import names

    return list(names().items())


class VariantBlock(LessonBlock):
    """What is so in one country."""

    country = blocks.ChoiceBlock(label=_("Country"), choices=country_choices)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)

    class Meta:
        essential = ("text",)


class CountryMode(TextChoices):
    """What a reader sees of the countries that are not hers."""

    OTHERS = "others", _("Her own first, the others folded")
    OWN_ONLY = "own_only", _("Her own only")


class CountryBlock(ScopedBlock):
    """What changes from one country to the next."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    mode = blocks.ChoiceBlock(label=_("Others"), choices=CountryMode.choices, default=CountryMode.OTHERS)
    variants = blocks.ListBlock(VariantBlock(label=_("In a country")), label=_("Countries"), min_num=1)

    class Meta:
        icon = "globe"
        label = _("Country variant")
        description = _("What is different in each country. A reader sees her own country's text.")
        template = "blocks/country.html"
        essential = ("title", "variants")
        preview_value = {
            "title": "A quién llamar",
            "mode": "others",
            "variants": [{"country": "MX", "text": "<p>Llama al <a href='tel:911'>911</a>.</p>"}],
        }

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a country that is told of twice."""
        value = super().clean(value)
        codes = [variant["country"] for variant in value["variants"]]
        if len(codes) != len(set(codes)):
            message = _("A country stands here twice.")
            raise StructBlockValidationError(block_errors={"variants": ValidationError(message)})
        return value

    def searchable(self, value: StructValue) -> list[str]:
        """Give the index what everybody may open: nothing of a block that shows each her own country's text only."""
        return super().searchable(value) if value["mode"] == CountryMode.OTHERS else []

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the reader's own text, and the others as far as she may open them."""
        from courses.blocks.countries import part_variants

        context = super().get_context(value, parent_context=parent_context)
        study = context.get("study")
        all_of_them = is_editing(parent_context) or value["mode"] == CountryMode.OTHERS
        return {**context, **part_variants(value["variants"], study=study, with_others=all_of_them)}
