"""Keeps what is written to people and what came of each mail, what they refuse, and how often a session changed."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.clock import now


class To(models.TextChoices):
    """To whom a message goes."""

    COHORT = "cohort", _("Everybody in the group")
    UNFINISHED = "unfinished", _("Those who have not completed the course")
    PERSON = "person", _("One person")


class Kind(models.TextChoices):
    """What we may write to somebody about. Each can be refused."""

    MESSAGE = "message", _("Messages of who facilitates my group")
    NOT_STARTED = "not_started", _("A course that I have not begun")
    STUCK = "stuck", _("A course that I stopped some time ago")
    SESSION = "session", _("A session of my group that is tomorrow")
    CERTIFICATE = "certificate", _("A certificate that expires soon")


REMINDERS = (Kind.NOT_STARTED, Kind.STUCK, Kind.SESSION, Kind.CERTIFICATE)


class State(models.TextChoices):
    """How a mail stands. `unsure`: handed over, and the server's answer never came."""

    QUEUED = "queued", _("Waits to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DEFERRED = "deferred", _("Will be tried again")
    FAILED = "failed", _("Not delivered")
    UNSURE = "unsure", _("Not known whether it arrived")
    REFUSED = "refused_by_person", _("Does not want such mails")
    NO_ADDRESS = "no_address", _("Has no e-mail")
    PAST = "past", _("Not sent: it no longer concerns her")


WAITING = (State.QUEUED, State.DEFERRED)
# What can be written again: whoever asks for the unsure ones has read that they may have arrived.
AGAIN = (State.FAILED, State.UNSURE, State.NO_ADDRESS)


class Fault(models.TextChoices):
    """Why a mail was not taken. Never the server's own words: they repeat the address."""

    REFUSED = "refused", _("the mail server refuses this address")
    CONTENT = "content", _("the mail server refuses this message")
    ADDRESS = "address", _("this is no e-mail address")
    LATER = "later", _("the mail server asks to try later")
    AWAY = "away", _("the mail server does not answer")
    DROPPED = "dropped", _("the connection broke")
    OURS = "ours", _("the mail server does not let the site send")
    CUT = "cut", _("the answer of the mail server never came")


class Message(models.Model):
    """What somebody wrote, once in the language of `subject` and `body`; others stand in `texts`.

    `session` is what it is about: its calendar file goes with it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="messages")
    session = models.ForeignKey(
        "learning.Session", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to = models.CharField(max_length=10, choices=To)
    # Of a message to one person: whose it is.
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=5)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("message"))
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(to="person", person__isnull=False) | (~Q(to="person") & Q(person__isnull=True)),
                name="message_to_one_names_whom",
            )
        ]
        indexes = [models.Index(fields=["cohort", "-at"])]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.at:%Y-%m-%d}"


class MessageText(models.Model):
    """A message in a further language."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=150)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "language"], name="one_text_a_message_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.language}"


class Letter(models.Model):
    """One mail to one person and how it stands. Where it goes is read when it is sent, and kept nowhere here."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=10, choices=Fault, blank=True)
    # The server's three figures.
    last_code = models.PositiveSmallIntegerField(null=True, blank=True)
    next_try_at = models.DateTimeField(default=now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Delivery(Letter):
    """A message on its way to one of those to whom it was written."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="one_delivery_a_message_and_person")
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.person_id} {self.state}"


class Reminder(Letter):
    """That somebody is reminded of something, once. `about` is the key of the enrolment, session or certificate."""

    kind = models.CharField(max_length=12, choices=Kind)
    about = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["kind", "person", "about"], name="one_reminder_of_a_thing")
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="reminder_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.state}"


class Refusal(models.Model):
    """That a person wants no mails of a kind."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_refusal_a_kind")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class CalendarEntry(models.Model):
    """How often what a calendar shows of a session has changed since somebody first read it: its SEQUENCE."""

    session = models.OneToOneField("learning.Session", on_delete=models.PROTECT, related_name="+")
    shown = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.session_id} {self.sequence}"
