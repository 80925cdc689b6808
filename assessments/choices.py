"""What an author chooses of a question: how it is answered, and what it asks of the mind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    TRUE_FALSE = "true_false", _("True or false")
    SHORT = "short", _("Short text")
    NUMBER = "number", _("Number")
    MATCH = "match", _("Match")
    ORDER = "order", _("Put in order")
    CLOZE = "cloze", _("Text with gaps")


class CognitiveLevel(models.TextChoices):
    """What a question asks of the mind, after Bloom (revised)."""

    REMEMBER = "remember", _("Remember")
    UNDERSTAND = "understand", _("Understand")
    APPLY = "apply", _("Apply")
    ANALYSE = "analyse", _("Analyse")
    EVALUATE = "evaluate", _("Evaluate")
