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
    match = blocks.TextBlock(
        label=_("Goes with"),
        rows=1,
        max_length=200,
        required=False,
        # Choices written before there was such a field have nothing here, and a translation takes no nothing.
        default="",
        help_text=_(
            "Of matching alone: what goes with this text. Where you mark some as correct, the others only lend what "
            "goes with them, to choose from."
        ),
    )
    tolerance = blocks.CharBlock(
        label=_("Tolerance"),
        max_length=20,
        required=False,
        default="",
        help_text=_(
            "Of a number alone: by how much it may differ. 0,5 takes 2 to 3 for 2,5. Empty: not at all."
        ),
    )

    # No text to be translated: a place is the same in every language.
    area = blocks.RegexBlock(
        label=_("Place in the picture"),
        regex=r"[\d.,; ]{0,40}",
        required=False,
        default="",
        help_text=_(
            "Of a place in a picture alone, in hundredths of the picture: «10 20 30 25» is a rectangle (from the left, "
            "from the top, width, height), «50 40 12» a circle (its middle, its radius). The preview shows a grid."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = _("Choice")
        label_format = "{text}"
        description = _("One choice, whether it is correct, and what to tell those who take it.")


class DrawBlock(blocks.StructBlock):
    """How many questions are drawn at random, and from which."""

    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=40)
    # No text to be translated: words by which the bank is searched.
    tag = blocks.RegexBlock(
        label=_("With this tag"),
        regex=r"[^\n]{0,100}",
        required=False,
        default="",
        help_text=_("Empty: any."),
    )
    objective = blocks.RegexBlock(
        label=_("Of this objective"),
        regex=r"[^\n]{0,200}",
        required=False,
        default="",
        help_text=_("As it stands in the questions. Empty: any."),
    )

    class Meta:
        icon = "rotate"
        label = _("Drawn at random")
        label_format = "{number} · {tag} {objective}"
        description = _("So many questions of the course's bank, others at each attempt.")


class QuizItemBlock(SnippetChooserBlock):
    """A question of the bank at its place in a quiz."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("assessments.Question", **kwargs)

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("A question of the bank, at its place in the quiz.")
