"""Keeps what happens in the room: sessions, who came, those who came without account, and the signed sheets."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.presence import Mark, Noted, minutes_of


class SessionState(models.TextChoices):
    """Whether a session took place. Only those that did count in anybody's share."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class AttendanceMark(models.TextChoices):
    """The words for each mark of `learning.presence`."""

    PRESENT = Mark.PRESENT.value, _("Present")
    LATE = Mark.LATE.value, _("Late")
    PARTIAL = Mark.PARTIAL.value, _("Part of it")
    ABSENT = Mark.ABSENT.value, _("Absent")
    EXCUSED = Mark.EXCUSED.value, _("Absent, excused")
    WITHDRAWN = Mark.WITHDRAWN.value, _("Withdrew")
    DROPPED = Mark.DROPPED.value, _("Dropped out")


class AttendanceWay(models.TextChoices):
    """How a mark came to be: its evidence."""

    FACILITATOR = "marked", _("Marked by a facilitator")
    CHECK_IN = "checkin", _("Checked in by herself")
    SHEET = "sheet", _("From a sheet")


class Session(models.Model):
    """One meeting of a cohort, in a room or live online. Its times are moments; `time_zone` is that of the place."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(_("title"), max_length=120)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    break_minutes = models.PositiveSmallIntegerField(_("minutes of breaks"), default=0)
    time_zone = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    facilitators = models.ManyToManyField("accounts.Person", related_name="+", blank=True)
    # What opens in the room: keys of activities, and the code that is said aloud there.
    opens = models.JSONField(default=list, blank=True)
    content_code = models.CharField(max_length=12, blank=True)
    # Of the codes by which people check in; a new one makes all that were shown before worthless.
    secret = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> int:
        """Return its minutes without the breaks, at least one."""
        whole = int((self.ends_at - self.starts_at).total_seconds() // 60)
        return max(1, whole - self.break_minutes)

    @property
    def local_date(self) -> dt.date:
        """Return the calendar date on which it begins where it takes place."""
        return self.local_times[0].date()

    @property
    def local_times(self) -> tuple[dt.datetime, dt.datetime]:
        """Return both ends as the clock on the wall of the place shows them, without a zone: for words alone."""
        zone = ZoneInfo(self.time_zone)
        starts, ends = (
            moment.astimezone(zone).replace(tzinfo=None) for moment in (self.starts_at, self.ends_at)
        )
        return starts, ends


class ContentOpening(models.Model):
    """That the activities of a session are open to one learner, who knew its code, or to her whole group."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="openings")
    enrolment = models.ForeignKey(
        "learning.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="openings"
    )
    opened_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="opened_once_an_enrolment"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(enrolment__isnull=True), name="opened_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id or 'all'}"


class QuizClosingQuerySet(models.QuerySet):
    """Questions about quizzes that were closed in the room."""

    def standing(self) -> "QuizClosingQuerySet":
        """Keep those that nobody opened again."""
        return self.filter(opened_at__isnull=True)


class QuizClosing(models.Model):
    """That who facilitates a group closed a quiz to it, until somebody opened it again."""

    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="quiz_closings")
    activity = models.UUIDField()
    quiz_key = models.UUIDField()
    closed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)

    objects = QuizClosingQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "activity"],
                condition=Q(opened_at__isnull=True),
                name="quiz_closed_once_a_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.activity}"


class WalkIn(models.Model):
    """Somebody who came without account. She counts by the name that she gave until she is joined to a person."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="walk_ins")
    name = models.CharField(_("name"), max_length=120)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=8, blank=True)
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="walk_ins"
    )
    enrolment = models.ForeignKey(
        "learning.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="walk_ins"
    )
    noted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    joined_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("participant without account")
        verbose_name_plural = _("participants without account")

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """What was noted of one participant for one session. `minutes` are those stated; None: as the mark says.

    `stamp` grows with each change: who saw an older one is shown the newer before hers is taken.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(
        "learning.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )
    walk_in = models.ForeignKey(
        WalkIn, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )
    mark = models.CharField(max_length=10, choices=AttendanceMark)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=8, choices=AttendanceWay, default=AttendanceWay.FACILITATOR)
    marked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    stamp = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, walk_in__isnull=True)
                | Q(enrolment__isnull=True, walk_in__isnull=False),
                name="attendance_of_one_participant",
            ),
            models.UniqueConstraint(fields=["session", "enrolment"], name="one_mark_an_enrolment"),
            models.UniqueConstraint(fields=["session", "walk_in"], name="one_mark_a_walk_in"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id or self.walk_in_id} {self.mark}"

    @property
    def noted(self) -> Noted:
        """Return the mark as the rule takes it."""
        return Noted(Mark(self.mark), self.minutes)

    @property
    def worth(self) -> int:
        """Return the minutes that it counts."""
        return minutes_of(self.noted, length=self.session.length)


class AttendanceChange(models.Model):
    """A mark that was put right: what stood before, who changed it, and why."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=10, choices=AttendanceMark)
    before_minutes = models.PositiveSmallIntegerField(null=True)
    after = models.CharField(max_length=10, choices=AttendanceMark)
    after_minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.before} → {self.after}"


class SheetScan(models.Model):
    """A photograph or scan of a signed attendance sheet. Private: who facilitates the cohort and staff fetch it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="scans")
    file = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["attached_at"]
        constraints = [models.UniqueConstraint(fields=["session", "sha256"], name="one_scan_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.sha256[:8]}"
