"""Keeps supervision of those who were trained: what about, how long, how many; never a case, never a person's name."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models.topics import topic_names

MOST_MINUTES = 600


class SupervisionKind(models.TextChoices):
    """With how many people at once."""

    INDIVIDUAL = "individual", _("With one person")
    GROUP = "group", _("With a group")


class SupervisionSession(models.Model):
    """One time that people of a group were accompanied in their work. `topics` are codes of `WorkTopic`.

    It names nobody, nor do the counts: who was there stands in no row. Those who were trained speak there of people
    whom they care for.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="supervision")
    kind = models.CharField(_("kind"), max_length=12, choices=SupervisionKind)
    topics = models.JSONField(_("topics"), default=list)
    held_on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)
    other = models.PositiveSmallIntegerField(_("another identity"), default=0)
    unsaid = models.PositiveSmallIntegerField(_("not said"), default=0)
    logged_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("supervision")
        verbose_name_plural = _("supervision")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0) & Q(minutes__lte=MOST_MINUTES), name="supervision_minutes_sane"
            ),
            models.CheckConstraint(
                condition=Q(women__gt=0) | Q(men__gt=0) | Q(other__gt=0) | Q(unsaid__gt=0),
                name="supervision_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(kind="individual") | Q(women=1 - F("men") - F("other") - F("unsaid")),
                name="individual_supervision_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.held_on}"

    @property
    def people(self) -> int:
        """Return how many people took part."""
        return self.women + self.men + self.other + self.unsaid

    @property
    def topic_words(self) -> str:
        """Return the topics as a reader says them."""
        return topic_names(self.topics)


class AgreedAction(models.Model):
    """What was agreed in supervision, by when, and when it was done. It tells of nobody."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="actions")
    text = models.CharField(_("what was agreed"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("agreed action")
        verbose_name_plural = _("agreed actions")

    def __str__(self) -> str:
        return self.text
