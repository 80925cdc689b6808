"""What people say of themselves in the profile, and how they can be reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import guesses, limits, profile_parts
from accounts.adapter import TooManyGuesses
from accounts.fields import BirthYearField, SecretField
from accounts.forms import read_identifier
from accounts.identifiers import Kind
from accounts.models import Person, User
from accounts.services import PROFILE_FIELDS
from programme.models import Country


def say_choose(field: forms.Field) -> None:
    """Call the empty answer of a list «Choose»."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = _("Choose")
    elif isinstance(field, forms.ChoiceField):
        field.choices = [("", _("Choose")), *list(cast("Iterable[tuple[str, str]]", field.choices))[1:]]


class ProfileForm(forms.ModelForm):
    """The person's own fields and those of the rooms above. Nothing is required: it may be filled bit by bit."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the site"), choices=settings.LANGUAGES)
    content_language = forms.ChoiceField(
        label=gettext_lazy("Language of the courses"),
        choices=[("", gettext_lazy("The same as the site")), *settings.LANGUAGES],
        required=False,
        help_text=gettext_lazy("What has not been translated is shown in Spanish."),
    )

    birth_year = BirthYearField(
        help_text=gettext_lazy(
            "If you like: it lets us notice that two accounts are yours, so that your courses stand together. Only you "
            "see it, and the staff who compare accounts."
        )
    )

    class Meta:
        model = Person
        fields = PROFILE_FIELDS
        labels = {
            "certificate_name": gettext_lazy("Name on the certificate"),
            "display_name": gettext_lazy("Name on screen"),
            "sex": gettext_lazy("Sex or gender"),
            "age_band": gettext_lazy("Age"),
            "position": gettext_lazy("What you do"),
        }
        help_texts = {
            "certificate_name": gettext_lazy(
                "Your whole name in one field, as it should be printed. It may differ from the legal one."
            ),
            "display_name": gettext_lazy(
                "What this site calls you. It may be a nickname, if others see your phone."
            ),
            "sex": gettext_lazy("Counted without names. You may prefer not to say."),
            "age_band": gettext_lazy("Counted without names."),
            "position": gettext_lazy("What comes closest to your daily work."),
        }
        widgets = {
            "certificate_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].required = True
        for name in ("country", "sex", "age_band", "position"):
            say_choose(self.fields[name])
        for part in profile_parts.parts():
            self.fields.update(part.named_fields(self.instance))

    def clean_certificate_name(self) -> str:
        """Close up double blanks; a name without a single letter is a slip."""
        name = " ".join(self.cleaned_data["certificate_name"].split())
        if name and not any(char.isalpha() for char in name):
            raise ValidationError(
                _("Write your name with letters, as it should be printed."), code="no_letter"
            )
        return name

    def clean_display_name(self) -> str:
        """Close up double blanks."""
        return " ".join(self.cleaned_data["display_name"].split())


class ContactForm(forms.Form):
    """E-mail and telephone, changed by who knows the present secret."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("With an e-mail you can regain a lost password by yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("This e-mail is not complete. It looks like name@example.org.")
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("A way to sign in. We send no text messages."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    secret = SecretField(label=gettext_lazy("Current password or PIN"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Return it as it is kept."""
        return self.cleaned_data["email"].lower()

    def clean_phone(self) -> str:
        """Return the number as E.164."""
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        country: Country | None = self.user.person.country
        named = read_identifier(text, country)
        if named.kind != Kind.PHONE:
            raise ValidationError(
                _("Write the number with + and the prefix of its country, such as +502 5555 1234.")
            )
        return named.value

    def clean_secret(self) -> str:
        """Ask for the secret: who finds a phone unlocked must not be able to take the account away."""
        try:
            right = guesses.knows_secret(self.user, self.cleaned_data["secret"])
        except limits.TooMany as refusal:
            raise TooManyGuesses(refusal) from None
        if not right:
            raise ValidationError(_("This is not your current password or PIN."), code="wrong_secret")
        return self.cleaned_data["secret"]

    def clean(self) -> dict[str, Any]:
        """Leave nobody without a way in."""
        cleaned = super().clean() or {}
        kept = (
            cleaned.get("email") or cleaned.get("phone") or "email" in self.errors or "phone" in self.errors
        )
        if not kept and not self.user.handed_out_at:
            raise ValidationError(
                _("Leave at least one of the two: without them you could not sign in again.")
            )
        return cleaned


class HandOutForm(forms.Form):
    """For whom codes are made: names one a line, or only how many; up to thirty at once."""

    MOST = 30
    names = forms.CharField(
        label=gettext_lazy("Names, one a line"),
        required=False,
        max_length=30 * 162,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Optional. They are printed on the slips, and each person can change hers later."
        ),
    )
    number = forms.IntegerField(
        label=gettext_lazy("How many codes"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=gettext_lazy(
            "Up to 30. If you write names, there is one code for each, and more if you ask for more."
        ),
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        label=gettext_lazy("Country where they work"),
        empty_label=gettext_lazy("Choose"),
    )
    adults = forms.BooleanField(
        label=gettext_lazy("All of them are 18 or older"),
        error_messages={"required": gettext_lazy("The courses are for adults. Nothing was made.")},
    )
    batch = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in profile_parts.parts():
            if part.choice:
                self.fields["institution"] = part.fields(None)[part.choice]
                self.fields["institution"].help_text = ""

    def clean_names(self) -> list[str]:
        """Return the names without empty lines. Two people may bear the same name: both get a code."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = [line for line in lines if line]
        if len(names) > self.MOST:
            raise ValidationError(_("At most 30 names at once. Nothing was made yet."), code="too_many")
        if any(len(name) > 160 for name in names):
            raise ValidationError(_("A name may have up to 160 characters."), code="too_long")
        return names

    def clean(self) -> dict[str, Any]:
        """Settle how many codes: one a name, and nameless ones up to the number."""
        cleaned = super().clean() or {}
        names = cleaned.get("names") or []
        wanted = max(len(names), cleaned.get("number") or 0)
        if not wanted and not self.errors:
            raise ValidationError(_("Write names, or say how many codes you need."), code="none")
        cleaned["people"] = names + [""] * (wanted - len(names))
        return cleaned
