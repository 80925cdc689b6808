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
    FREE = "free", _("Open answer")
    AREA = "area", _("Place in a picture")


class Feedback(models.TextChoices):
    """What the result of a quiz tells, and when."""

    AFTER = "after", _("Each question, as soon as it is handed in")
    CLOSED = "closed", _("Each question, once the quiz has closed; until then the points alone")
    MARK = "mark", _("The points alone")


class EndedBy(models.TextChoices):
    """What ended an attempt."""

    HAND = "hand", _("handed in")
    TIME = "time", _("time was up")
    ROOM = "room", _("closed in the room")


class RegradeWay(models.TextChoices):
    """What is done about a bad question in attempts that asked it."""

    ALL = "all", _("Give everybody its point")
    ACCEPT = "accept", _("Accept another answer too")
    DROP = "drop", _("Do not count it")


class ExtraTime(models.IntegerChoices):
    """How much longer somebody may take, in % of the time limit."""

    QUARTER = 25, _("a quarter longer")
    HALF = 50, _("half as long again")
    DOUBLE = 100, _("twice as long")


class CognitiveLevel(models.TextChoices):
    """What a question asks of the mind, after Bloom (revised)."""

    REMEMBER = "remember", _("Remember")
    UNDERSTAND = "understand", _("Understand")
    APPLY = "apply", _("Apply")
    ANALYSE = "analyse", _("Analyse")
    EVALUATE = "evaluate", _("Evaluate")
