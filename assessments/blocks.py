"""The parts of a question and of a quiz."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class ChoiceBlock(blocks.StructBlock):
    """One choice of a question, with what the learner reads after choosing it."""

    text = blocks.TextBlock(label=_("Text"), rows=2)
    correct = blocks.BooleanBlock(label=_("Correct"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), rows=2, required=False)

    class Meta:
        icon = "list-ul"
        label = _("Choice")


class QuizItemBlock(SnippetChooserBlock):
    """A question of the bank at its place in a quiz."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("assessments.Question", **kwargs)

    class Meta:
        icon = "help"
        label = _("Question")
