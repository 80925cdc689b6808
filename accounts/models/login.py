"""Keeps logins (`User`, which is optional) and what was done to their secrets."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.managers import UserManager
from accounts.models.person import Person


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
        # In the order of the list, which is then read from its beginning and not put in order as a whole.
        indexes = [models.Index(fields=["-is_staff", "username"], name="login_staff_first")]

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
