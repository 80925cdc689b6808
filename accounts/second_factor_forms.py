"""What people type to set up, show and give up a second factor; every code is counted before it is looked at."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import limits, second_factor
from accounts.adapter import TooManyGuesses
from accounts.models import User


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's hooks on the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already. Wait for the next one."),
        "cannot_delete_authenticator": _(
            "Your work in the editors' side needs a second step. If you change your telephone, ask an administrator."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Return the name under which the telephone keeps the site."""
        return str(settings.WAGTAIL_SITE_NAME)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Let nobody take off what the admin would ask for at once."""
        return not second_factor.is_asked_of(authenticator.user)


def code_field(label: Any, help_text: Any) -> forms.CharField:
    """Return the field for a code: digits on the telephone's keyboard, filled in by it where it can."""
    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    )
    return forms.CharField(label=label, help_text=help_text, max_length=20, widget=widget)


def spend(user: User) -> limits.Spent:
    """Count one code, or raise the form's error that carries when to try again."""
    try:
        return second_factor.spend_guess(user)
    except limits.TooMany as refusal:
        raise TooManyGuesses(refusal) from None


class ShowCodeMixin(forms.Form):
    """A code of the telephone, or one of the recovery codes."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(
            _("Code"), _("The six digits that your application shows now, or one of your recovery codes.")
        )

    def clean_code(self) -> str:
        """Count, then look: what was shown once, or is wrong, is refused with the same words."""
        spent = spend(self.user)
        code = "".join(str(self.cleaned_data["code"]).split())
        authenticator = matching(self.user, code)
        if authenticator is None or not second_factor.is_fresh(self.user, code):
            raise ValidationError(SecondFactorAdapter.error_messages["incorrect_code"], code="incorrect_code")
        spent.refund()
        authenticator.user = self.user
        self.authenticator = authenticator
        return code


def matching(user: User, code: str) -> Authenticator | None:
    """Return which of the login's factors this code is of, the telephone's or the recovery codes, or None."""
    factors = Authenticator.objects.filter(user=user).order_by("-type")
    return next((factor for factor in factors if factor.wrap().validate_code(code)), None)


class AuthenticateForm(ShowCodeMixin, allauth_forms.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(ShowCodeMixin, allauth_forms.ReauthenticateForm):
    """The same, of somebody signed in."""


class ActivateForm(forms.Form):
    """The first code of a telephone that has just been told the key.

    A page opened a second time, or sent with a wrong code, shows the same key, which the telephone may have already.
    """

    code = code_field(_("Code"), _("The six digits that your application shows now for this site."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = auth.get_totp_secret()

    def clean_code(self) -> str:
        """Count, then look."""
        spent = spend(self.user)
        code = "".join(str(self.cleaned_data["code"]).split())
        if not auth.validate_totp_code(self.secret, code) or not second_factor.is_fresh(self.user, code):
            raise ValidationError(SecondFactorAdapter.error_messages["incorrect_code"], code="incorrect_code")
        spent.refund()
        return code
