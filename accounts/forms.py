"""What people type to sign up, to sign in, and to change or regain a secret."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import guesses, limits
from accounts.adapter import TooManyGuesses
from accounts.fields import SECRET_MAX, SecretField, identifier_input
from accounts.identifiers import Identifier, Kind, NotAnIdentifier, parse
from accounts.middleware import start_shared_phone
from accounts.models import User
from accounts.pins import is_pin, too_easy
from programme.models import Country


def read_identifier(text: str, country: Country | None) -> Identifier:
    """Return what was typed as an identifier, or raise ValidationError with words that help."""
    try:
        return parse(text, country.code if country else "")
    except NotAnIdentifier as refusal:
        raise ValidationError(identifier_words(refusal), code="identifier") from None


def identifier_words(refusal: NotAnIdentifier) -> str:
    """Return what to write instead of what is neither e-mail nor telephone."""
    if refusal.kind == Kind.EMAIL:
        return _("This e-mail is not complete. It looks like name@example.org.")
    if refusal.kind == Kind.PHONE and refusal.plan:
        return ngettext(
            "A number of the country you chose has %(digits)d digit. For another country begin with + and its prefix.",
            "A number of the country you chose has %(digits)d digits. For another country begin with + and its prefix.",
            refusal.plan.digits,
        ) % {"digits": refusal.plan.digits}
    if refusal.kind == Kind.PHONE:
        return _("Write the number with + and the prefix of its country, such as +502 5555 1234.")
    return _(
        "Write an e-mail or a telephone number. "
        "If you were given a personal code, you already have an account: sign in."
    )


def check_secret(secret: str, user: User) -> None:
    """Refuse a secret that anybody would guess; people with a code may choose six digits."""
    if user.has_pin and is_pin(secret):
        if too_easy(secret):
            raise ValidationError(
                _("This PIN is what everybody tries first. Choose another."), code="too_easy"
            )
        return
    validate_password(secret, user)


class SignUpForm(forms.Form):
    """Identifier, password and country; everything else can wait until the first certificate."""

    by_passkey = False
    identifier = forms.CharField(
        label=gettext_lazy("E-mail or telephone"),
        max_length=254,
        widget=identifier_input("username"),
        help_text=gettext_lazy(
            "The one you know by heart. We send no text messages: the number is only your way in."
        ),
    )
    password1 = SecretField(
        label=gettext_lazy("Password"),
        autocomplete="new-password",
        help_text=gettext_lazy("Eight characters or more. A short sentence that only you would say is best."),
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        label=gettext_lazy("Country where you work"),
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("So that you see its laws and its support lines."),
    )
    adult = forms.BooleanField(
        label=gettext_lazy("I am 18 or older"),
        error_messages={
            "required": gettext_lazy(
                "The courses are for adults. If you are 18 or older, tick the box. If you are younger, thank you for "
                "your interest: nothing that you wrote was kept, and under «Support lines» somebody can listen to you."
            )
        },
    )
    notice = forms.BooleanField(
        label=gettext_lazy("I have read who sees my data, and I agree that they are used to run the courses"),
        error_messages={
            "required": gettext_lazy(
                "Without this we may not keep your account. Nothing that you wrote was kept."
            )
        },
    )

    def clean(self) -> dict[str, Any]:
        """Read the identifier in the light of the country, then weigh the password against it."""
        cleaned = super().clean() or {}
        if "identifier" in cleaned and "country" in cleaned:
            self._read_identifier(cleaned)
        if "password1" in cleaned:
            self._weigh_password(cleaned)
        return cleaned

    def _read_identifier(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["named"] = read_identifier(cleaned["identifier"], cleaned["country"])
        except ValidationError as refusal:
            self.add_error("identifier", refusal)

    def _weigh_password(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned.get("identifier", "")
        try:
            validate_password(cleaned["password1"], User(username=typed, email=typed if "@" in typed else ""))
        except ValidationError as refusal:
            self.add_error("password1", refusal)


class SignInForm(allauth_forms.LoginForm):
    """One field for e-mail, telephone or personal code; one for password or PIN; one tick for a shared phone."""

    field_order = ["login", "password", "shared_phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = bool(self.initial.get("shared_phone"))
        self.fields["login"] = forms.CharField(
            label=_("E-mail, telephone or personal code"),
            max_length=254,
            widget=identifier_input("off" if shared else "username"),
        )
        self.fields["password"] = SecretField(
            label=_("Password or PIN"), autocomplete="off" if shared else "current-password"
        )
        self.fields["shared_phone"] = forms.BooleanField(
            label=_("Several people use this phone"),
            required=False,
            help_text=_("Your session ends when you close the browser or after 20 minutes without use."),
            widget=forms.CheckboxInput(attrs={"data-shared-phone": ""}),
        )
        self.order_fields(self.field_order)
        self.retry: limits.TooMany | None = None

    def user_credentials(self) -> dict[str, str]:
        """Return what `accounts.backends` looks at."""
        return {"identifier": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def clean(self) -> dict[str, Any]:
        """Ask for the account; remember when to try again if it was asked too often."""
        if self.errors:
            return self.cleaned_data
        try:
            return self._clean_with_password(self.user_credentials())
        except TooManyGuesses as refusal:
            self.retry = refusal.refusal
            raise

    def _clean_with_password(self, credentials: dict[str, str]) -> dict[str, Any]:
        adapter = get_adapter(self.request)
        self.user = adapter.authenticate(self.request, **credentials)
        if self.user is None:
            raise adapter.validation_error("username_password_mismatch")
        self._login = Login(user=self.user)
        return self.cleaned_data

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; on a shared phone the session is a short one."""
        response = super().login(request, redirect_url)
        if self.cleaned_data["shared_phone"]:
            start_shared_phone(request)
        return response


class ChangeSecretForm(allauth_forms.ChangePasswordForm):
    """The present secret and the new one, once: it can be looked at while typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_pin = self.user.has_pin
        self.fields["oldpassword"] = SecretField(label=_("Current PIN") if has_pin else _("Current password"))
        self.fields["password1"] = new_secret_field(has_pin=has_pin)
        del self.fields["password2"]

    def clean_oldpassword(self) -> str:
        """Count wrong ones with those at sign-in: an open session on a lent phone is a door too."""
        secret = self.cleaned_data["oldpassword"]
        try:
            right = guesses.knows_secret(self.user, secret)
        except limits.TooMany as refusal:
            raise TooManyGuesses(refusal) from None
        if not right:
            raise get_adapter().validation_error("enter_current_password")
        return secret

    def clean_password1(self) -> str:
        """Refuse what anybody would guess."""
        check_secret(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]


class ResetMailForm(allauth_forms.ResetPasswordForm):
    """The e-mail to which a link is sent, if an account has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("Your e-mail"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={"invalid": _("This e-mail is not complete. It looks like name@example.org.")},
        )


class NewSecretForm(allauth_forms.ResetPasswordKeyForm):
    """The new secret of whom a mail's link brought here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"] = new_secret_field(has_pin=False)
        del self.fields["password2"]

    def clean_password1(self) -> str:
        """Refuse what anybody would guess."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]


def new_secret_field(*, has_pin: bool) -> SecretField:
    """Return the field for a new secret with the help that fits."""
    if has_pin:
        label, help_text = (
            _("New PIN or password"),
            _("Six to ten digits, or eight characters or more with letters."),
        )
    else:
        label = _("New password")
        help_text = _("Eight characters or more. A short sentence that only you would say is best.")
    return SecretField(label=label, help_text=help_text, autocomplete="new-password", max_length=SECRET_MAX)
