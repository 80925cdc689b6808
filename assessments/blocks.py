"""The parts of a question and of a quiz."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class ChoiceBlock(blocks.StructBlock):
    """One choice of a question, with what the learner reads after choosing it."""

    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=500)
    correct = blocks.BooleanBlock(label=_("Correct"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        rows=2,
        max_length=500,
        required=False,
        help_text=_(
            "Read only by those who chose it, after handing in: what is right in it, what is missing."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = _("Choice")
        label_format = "{text}"
        description = _("One choice, whether it is correct, and what to tell those who take it.")


class QuizItemBlock(SnippetChooserBlock):
    """A question of the bank at its place in a quiz."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("assessments.Question", **kwargs)

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("A question of the bank, at its place in the quiz.")
