"""Keeps what people ask for under the privacy laws, until when it must be answered, and what the answer was."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Questions about requests."""

    def open(self) -> DataRequestQuerySet:
        """Return those that wait for an answer."""
        return self.filter(state=DataRequest.State.OPEN)

    def overdue(self, on: dt.date) -> DataRequestQuerySet:
        """Return those that should have been answered before `on`."""
        return self.open().filter(due_on__lt=on)

    def of(self, person: Person) -> DataRequestQuerySet:
        """Return those of one person, those of persons merged into her included."""
        return self.filter(person__canonical_id=person.canonical_id)


class DataRequest(models.Model):
    """That a person exercises a right over her data. A download that she makes herself is one, answered at once."""

    class Kind(models.TextChoices):
        """The rights, in the words of the page."""

        CORRECTION = "correction", _("Correct something")
        ERASURE = "erasure", _("Erase my data")
        OBJECTION = "objection", _("Object to a use, or limit it")
        ACCESS = "access", _("Download of my data")

    class About(models.TextChoices):
        """What a person cannot change by herself."""

        CERTIFICATE_NAME = "certificate_name", _("The name on a certificate that was issued")
        MEMBERSHIP = "membership", _("Where I work or worked")
        BIRTH_YEAR = "birth_year", _("My year of birth")
        RECORD = "record", _("A course, a date or hours in my record")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", _("Waiting for an answer")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("what is asked"), max_length=12, choices=Kind)
    about = models.CharField(_("what it is about"), max_length=20, choices=About, blank=True)
    wish = models.TextField(_("in her words"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked on"))
    asked_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    due_on = models.DateField(_("answer by"))
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    # What was corrected: a list of {"field", "old", "new"}. It goes with her words, at an erasure and after its time.
    changes = models.JSONField(_("what was corrected"), default=list, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy request")
        verbose_name_plural = _("privacy requests")
        default_permissions = ("view",)
        permissions = [("answer_data_request", "May answer privacy requests")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="data_request_closed_with_a_date",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "about"],
                condition=Q(state="open"),
                name="data_request_open_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.asked_at:%Y-%m-%d}"
