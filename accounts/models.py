"""Keeps people (`Person`, the stable key of every record) and their logins (`User`, which is optional)."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.managers import UserManager


class Sex(models.TextChoices):
    """What a person answered; never inferred."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another identity")
    UNSAID = "unsaid", _("I prefer not to say")


class AgeBand(models.TextChoices):
    """Age bands of adults; they fold into the donors' 18–49 and 50+."""

    B18 = "18-24", "18–24"
    B25 = "25-34", "25–34"
    B35 = "35-49", "35–49"
    B50 = "50-59", "50–59"
    B60 = "60+", "60+"


class PositionCategory(models.TextChoices):
    """What a person does where she works, in the few words that reports need."""

    HEALTH = "health", _("Health care")
    PSYCHOSOCIAL = "psychosocial", _("Psychology or social work")
    MIGRATION = "migration", _("Migration service")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    LEGAL = "legal", _("Legal assistance")
    SHELTER = "shelter", _("Shelter or reception centre")
    COMMUNITY = "community", _("Community or families' group")
    MANAGEMENT = "management", _("Coordination or management")
    OTHER = "other", _("Other")


class Person(models.Model):
    """Somebody who learns, teaches or was present. Rows of learning point here and never at a login.

    The key is for ever; the other fields can be erased. `canonical` is the person herself, or the one into whom
    she was merged: reports count over it, and a merge re-points no row.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    canonical = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="aliases", editable=False
    )
    certificate_name = models.CharField(_("name on the certificate"), max_length=160, blank=True)
    display_name = models.CharField(_("name on screen"), max_length=60, blank=True)
    country = models.ForeignKey(
        "programme.Country",
        verbose_name=_("country of work"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    sex = models.CharField(_("sex or gender"), max_length=8, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    position = models.CharField(_("what you do"), max_length=20, choices=PositionCategory, blank=True)
    language = models.CharField(_("language"), max_length=5, default="es")
    # Empty: the language of the interface, where a course has been translated into it.
    content_language = models.CharField(_("language of the courses"), max_length=5, blank=True, default="")
    adult_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="person_birth_year_sane",
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.certificate_name or f"#{str(self.key)[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new person is her own canonical one."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if new and self.canonical_id is None:
            self.canonical_id = self.pk
            type(self).objects.filter(pk=self.pk).update(canonical=self.pk)


class PersonMerge(models.Model):
    """The dated, reversible act by which two persons count as one. `canonical` is recomputed from these rows."""

    duplicate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.CharField(max_length=200, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(duplicate=models.F("into")), name="merge_of_two_persons"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="merged_away_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.into_id}"


class User(AbstractBaseUser, PermissionsMixin):
    """A login: by e-mail, by telephone number, or by a personal code with a PIN that a facilitator hands out."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    username = models.CharField(_("personal code"), max_length=40, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    phone_verified = models.BooleanField(default=False, editable=False)
    has_pin = models.BooleanField(default=False, editable=False, help_text=_("Signs in by code and PIN."))
    must_change_secret = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("The secret was made by somebody else; changing it is offered."),
    )
    handed_out_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="handed_out", editable=False
    )
    handed_out_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_staff = models.BooleanField(_("may open the editors' side"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        permissions = [
            ("hand_out_login", "May hand out personal codes"),
            ("reset_secret", "May reset a PIN or password face to face"),
        ]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"), condition=~Q(email=""), name="login_email_once"
            ),
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="login_phone_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_full_name(self) -> str:
        """Return the name by which Wagtail's screens show an editor."""
        return str(self.person)

    def get_short_name(self) -> str:
        """Return the same name: names are not split in two here."""
        return str(self.person)

    @property
    def readable_code(self) -> str:
        """Return the personal code in two halves, as it is printed and read aloud."""
        return f"{self.username[:4]}-{self.username[4:]}" if len(self.username) == 8 else self.username

    @property
    def first_name(self) -> str:
        """Return the whole name for screens that greet by it."""
        return str(self.person)

    @property
    def last_name(self) -> str:
        """Return nothing: names are not split in two here."""
        return ""


class Consent(models.Model):
    """What a person agreed to, for one purpose, under one version of the notice, and whether she took it back."""

    class Purpose(models.TextChoices):
        """The purposes of the privacy notice; each has its own basis and its own row."""

        COURSES = "courses", _("To run the courses")
        SHARE_EMPLOYER = "share_employer", _("To tell my institution that I completed a course")
        FOLLOW_UP = "follow_up", _("To ask me months later what I could use")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"


class SecretReset(models.Model):
    """A PIN reset face to face: who did it, for whom, when, and whether the learner has been told."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="secret_resets")
    reset_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reset_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reset of a secret")
        verbose_name_plural = _("resets of secrets")

    def __str__(self) -> str:
        return f"{self.user_id} {self.reset_at:%Y-%m-%d}"


class SecondFactorReset(models.Model):
    """A lost second factor taken away: whose, by which administrator (nobody: by the server's command line), when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factor_resets")
    reset_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reset_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")

    def __str__(self) -> str:
        return f"{self.user_id} {self.reset_at:%Y-%m-%d}"
