"""The closed lists of the learners' room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Modality(models.TextChoices):
    """How a course is taken; the completion rule depends on it."""

    SELF_PACED = "self_paced", _("At one's own pace")
    IN_ROOM = "in_room", _("In the room")
    BLENDED = "blended", _("Blended")


class EnrolmentState(models.TextChoices):
    """Whether an enrolment is being followed. What was done stays done in each of them."""

    ACTIVE = "active", _("In progress")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Left")


class EnrolmentWay(models.TextChoices):
    """How somebody came to be enrolled."""

    SELF = "self", _("By oneself")
    CODE = "code", _("By an institution's code")
    STAFF = "staff", _("By staff")
    NOMINATION = "nominee", _("By an institution's nomination")


class CompletionWay(models.TextChoices):
    """How an activity came to be done. Others than the learner and her facilitator never see which."""

    DONE = "done", _("Done")
    EQUIVALENT = "equivalent", _("By the gentle equivalent")
    ACCREDITED = "accredited", _("Accredited by a facilitator")
    QUIZ = "quiz", _("Quiz passed")
