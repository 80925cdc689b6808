"""Keeps technical advice given to institutions, and what was agreed: never a case, never a person's name."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from institutions.models.institution import Institution
from institutions.models.topics import topic_names

MOST_HOURS = 200
LONGEST_NOTE = 300


class AdviceKind(models.TextChoices):
    """In what form advice was given."""

    VISIT = "visit", _("Technical visit")
    MEETING = "meeting", _("Working meeting")
    SUPERVISION = "supervision", _("Supervision of a team")
    PROTOCOL = "protocol", _("Work on a protocol or guide")
    REPLICATION = "replication", _("Support to replicate training")


class AdvicePlace(models.TextChoices):
    """Where people met."""

    IN_PERSON = "in_person", _("In person")
    VIRTUAL = "virtual", _("Virtual")


class ActionRole(models.TextChoices):
    """Who answers for what was agreed: a role, never a person."""

    PROGRAMME = "programme", _("The programme")
    DIRECTION = "direction", _("Direction of the institution")
    FOCAL_POINT = "focal_point", _("Focal point of the institution")
    TEAM = "team", _("Team of the institution")
    BOTH = "both", _("Programme and institution together")


class AdviceRecord(ClusterableModel):
    """One time that the programme advised an institution: what about, how long, how many people."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="advice"
    )
    held_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=16, choices=AdviceKind)
    place = models.CharField(
        _("place of work"), max_length=10, choices=AdvicePlace, default=AdvicePlace.IN_PERSON
    )
    topics = models.JSONField(_("topics"), default=list)
    hours = models.DecimalField(
        _("duration in hours"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0.25), MaxValueValidator(MOST_HOURS)],
    )
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)
    other = models.PositiveSmallIntegerField(_("another identity"), default=0)
    unsaid = models.PositiveSmallIntegerField(_("not said"), default=0)
    project = models.CharField(_("project"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("technical advice")
        verbose_name_plural = _("technical advice")
        indexes = [models.Index(fields=["institution", "held_on"], name="advice_of_institution")]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0) & Q(hours__lte=MOST_HOURS), name="advice_hours_sane"
            ),
            models.CheckConstraint(
                condition=Q(women__gt=0) | Q(men__gt=0) | Q(other__gt=0) | Q(unsaid__gt=0),
                name="advice_given_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.held_on}"

    @property
    def people(self) -> int:
        """Return how many people took part."""
        return self.women + self.men + self.other + self.unsaid

    @property
    def topic_words(self) -> str:
        """Return the topics as a reader says them."""
        return topic_names(self.topics)


class AdviceAction(models.Model):
    """What was agreed, by when, and which role answers for it."""

    record = ParentalKey(AdviceRecord, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("what was agreed"), max_length=200)
    role = models.CharField(_("who answers for it"), max_length=12, choices=ActionRole)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("agreed action")
        verbose_name_plural = _("agreed actions")
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="action_still_pending")
        ]

    def __str__(self) -> str:
        return self.text
