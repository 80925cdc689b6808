"""The closed lists of the learners' room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Modality(models.TextChoices):
    """How a course is taken; the completion rule depends on it."""

    SELF_PACED = "self_paced", _("At one's own pace")
    IN_ROOM = "in_room", _("In the room")
    BLENDED = "blended", _("Blended")
    ONLINE = "online", _("Live online")
    SUPERVISION = "supervision", _("Supervision")


class ActivityType(models.TextChoices):
    """What a group is of. The types are never added together in any count."""

    TRAINING = "training", _("Training")
    AWARENESS = "awareness", _("Awareness-raising")
    ADVICE = "advice", _("Technical advice")
    SUPERVISION = "supervision", _("Supervision")


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
    LIST = "list", _("By a facilitator's list")
    REQUEST = "request", _("By request")
    IMPORT = "import", _("By an imported sheet")


class CompletionWay(models.TextChoices):
    """How an activity came to be done. Others than the learner and her facilitator never see which."""

    DONE = "done", _("Done")
    EQUIVALENT = "equivalent", _("By the gentle equivalent")
    ACCREDITED = "accredited", _("Accredited by a facilitator")
    QUIZ = "quiz", _("Quiz passed")
