"""Keeps imports: the file, which column is what, and each line with what is to become of it and what became of it."""

import uuid
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Return where sheets lie: outside of what the web server gives to anybody."""
    return storages["private"]


def place_of_sheet(_row: models.Model, name: str) -> str:
    """Return a path that tells nothing: what somebody called her file may hold a name."""
    return f"imports/{uuid.uuid4().hex}.{name.rsplit('.', 1)[-1].lower()[:8]}"


class ImportKind(models.TextChoices):
    """What the lines of a sheet are."""

    PEOPLE = "people", _("People")
    ATTENDANCE = "attendance", _("Attendance")
    HISTORIC = "historic", _("Trainings of before")


class ImportState(models.TextChoices):
    """How far an import is."""

    COLUMNS = "columns", _("Waits for its columns")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked; nothing applied yet")
    REFUSED = "refused", _("The file cannot be read")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


# What a worker was in the middle of when the machine went off.
UNFINISHED = frozenset({ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING})


class Verdict(models.TextChoices):
    """What is to become of a line."""

    ACCEPTED = "accepted", _("Will be taken")
    UNCHANGED = "unchanged", _("There already")
    ASKED = "asked", _("Asks something")
    REFUSED = "refused", _("Refused")
    LEFT_OUT = "left_out", _("Left out by you")


class Import(models.Model):
    """One sheet that somebody brought. `by` is nobody for the server's command line.

    `mapping` is the document that a mapping file holds: columns, sessions, values, defaults, answers.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ImportKind)
    cohort = models.ForeignKey(
        "learning.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    file = models.FileField(storage=private_storage, upload_to=place_of_sheet, max_length=120, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    sheets = models.JSONField(default=list)
    trouble = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.COLUMNS)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="imports")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="attendance") | Q(cohort__isnull=False),
                name="import_of_attendance_has_a_group",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="import_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def left_of(self, part: str) -> list[dict[str, Any]]:
        """Return what was noted beside the lines: `rows` that are no lines, `merges` to be looked at."""
        return [each["said"] for each in self.left if each["part"] == part]


class StagedRow(models.Model):
    """A line of an import: its cells as they were read, the verdict with its reasons, the plan, and what it made.

    `identity` is a digest of what says who is meant: the same sheet brought again finds by it whom it made.
    `applied_at` is set with what the line made, in one transaction: a run that is cut off does no line twice.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    hidden = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    plan = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    identity = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="imported_rows"
    )
    made = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="staged_row_once"),
        ]
        indexes = [
            models.Index(fields=["batch", "verdict"], name="staged_row_verdict"),
            models.Index(fields=["identity"], name="staged_row_identity", condition=~Q(identity="")),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sheet}:{self.number}"


class RememberedMapping(models.Model):
    """Which column is what, as somebody said it of sheets with these headers: proposed the next time."""

    kind = models.CharField(max_length=12, choices=ImportKind)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "fingerprint"], name="mapping_remembered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
