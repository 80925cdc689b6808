"""The blocks in which one tries: knowledge check and self-check. Nothing of either is recorded."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue

from courses.blocks.base import Context, LessonBlock, ScopedBlock, block_key


class OptionBlock(LessonBlock):
    """One possible answer, with what is said to who chooses it."""

    text = blocks.TextBlock(label=_("Text"), rows=2)
    correct = blocks.BooleanBlock(label=_("Correct"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), rows=2, required=False)

    class Meta:
        essential = ("text",)


class KnowledgeCheckBlock(ScopedBlock):
    """A question in the text, answered at once and as often as one likes."""

    question = blocks.TextBlock(label=_("Question"), rows=2)
    options = blocks.ListBlock(OptionBlock(label=_("Option")), label=_("Options"), min_num=2)
    explanation = blocks.TextBlock(label=_("Explanation"), rows=3, required=False)

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        description = _(
            "A question with an answer to each option. It can be tried again and is not recorded."
        )
        template = "blocks/knowledge_check.html"
        essential = ("question", "options")
        preview_value = {
            "question": "Un joven dice: «No quiero hablar». Lo mejor es…",
            "options": [
                {
                    "text": "Insistir con suavidad",
                    "correct": False,
                    "feedback": "Hablar alivia cuando se elige.",
                },
                {
                    "text": "Respetarlo y ofrecer agua",
                    "correct": True,
                    "feedback": "Quedarte disponible ya es ayuda.",
                },
            ],
            "explanation": "El apoyo se ofrece, no se impone.",
        }

    def searchable(self, value: StructValue) -> list[str]:
        """Give the index the question alone: a result must not tell which option is right."""
        shown = self.shown(value, editing=False)
        return [] if shown is None else [str(shown["question"])]

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a question to which no option is the answer."""
        value = super().clean(value)
        if not self.is_deferred_validation and not any(option["correct"] for option in value["options"]):
            message = _("Mark at least one option as correct.")
            raise StructBlockValidationError(block_errors={"options": ValidationError(message)})
        return value

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the option that the reader asked about by a plain form, if it was this question's."""
        context = super().get_context(value, parent_context=parent_context)
        key = block_key(parent_context)
        return {**context, "key": key, "tried": _tried(context.get("request"), key, len(value["options"]))}


def _tried(request: Any, key: str, count: int) -> int | None:
    """Return the number of the option asked about (from 1); None for anything else that an address may hold."""
    asked = getattr(request, "GET", {})
    number = asked.get("opcion", "")
    if not key or asked.get("comprobar") != key or not (number.isascii() and number.isdigit()):
        return None
    return int(number) if len(number) < 4 and 1 <= int(number) <= count else None


class ScaleBlock(LessonBlock):
    """One answer of the scale and what it counts."""

    label = blocks.CharBlock(label=_("Answer"), max_length=60)
    value = blocks.IntegerBlock(label=_("Counts"), min_value=-100, max_value=100)

    class Meta:
        essential = ("label",)


class BandBlock(LessonBlock):
    """What a sum means."""

    low = blocks.IntegerBlock(label=_("From"))
    high = blocks.IntegerBlock(label=_("To"))
    text = blocks.TextBlock(label=_("What it means"), rows=2)

    class Meta:
        essential = ("text",)


class SelfCheckBlock(ScopedBlock):
    """A questionnaire for oneself: it adds up on the page, or on paper, and goes nowhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    intro = blocks.TextBlock(label=_("Introduction"), rows=3, required=False)
    items = blocks.ListBlock(blocks.TextBlock(label=_("Statement"), rows=2), label=_("Statements"), min_num=1)
    scale = blocks.ListBlock(ScaleBlock(label=_("Answer")), label=_("Scale"), min_num=2)
    bands = blocks.ListBlock(BandBlock(label=_("Meaning")), label=_("What the sum means"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Self-check")
        description = _(
            "Statements to rate for oneself. Adds up on the page; nothing leaves the reader's device."
        )
        template = "blocks/self_check.html"
        essential = ("title", "items", "scale", "bands")
        preview_value = {
            "title": "¿Cómo llegas hoy?",
            "intro": "Esta última semana…",
            "items": ["Dormí lo que necesitaba.", "Hablé con alguien de confianza."],
            "scale": [
                {"label": "Nunca", "value": 0},
                {"label": "A veces", "value": 1},
                {"label": "Siempre", "value": 2},
            ],
            "bands": [
                {"low": 0, "high": 1, "text": "Busca un rato para ti."},
                {"low": 2, "high": 4, "text": "Vas bien."},
            ],
        }

    def clean(self, value: StructValue) -> StructValue:
        """Refuse bands that overlap or leave a sum without words: somebody would be told two things, or nothing."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        low, high = possible_sums(value)
        told = [band for total in range(low, high + 1) if (band := _bands_of(value, total)) != 1]
        if told:
            message = _("Each sum from %(low)s to %(high)s needs exactly one meaning.") % {
                "low": low,
                "high": high,
            }
            raise StructBlockValidationError(block_errors={"bands": ValidationError(message)})
        return value

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the id under which the page's script finds the questionnaire."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "key": block_key(parent_context) or "auto"}


def possible_sums(value: StructValue) -> tuple[int, int]:
    """Return the smallest and the largest sum that the statements can add up to."""
    counts = [answer["value"] for answer in value["scale"]]
    return min(counts) * len(value["items"]), max(counts) * len(value["items"])


def _bands_of(value: StructValue, total: int) -> int:
    return sum(band["low"] <= total <= band["high"] for band in value["bands"])
