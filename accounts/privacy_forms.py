"""What a person writes when she asks for a correction, objects, or wants to be erased."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import guesses, limits
from accounts.adapter import TooManyGuesses
from accounts.fields import SecretField
from accounts.models import DataRequest, User
from accounts.profile_forms import say_choose


class AskForm(forms.Form):
    """A correction of what she cannot change by herself, or an objection."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=[
            (DataRequest.Kind.CORRECTION, DataRequest.Kind.CORRECTION.label),
            (DataRequest.Kind.OBJECTION, DataRequest.Kind.OBJECTION.label),
        ],
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=[("", ""), *DataRequest.About.choices]
    )
    wish = forms.CharField(
        label=gettext_lazy("What is wrong, and how should it be?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "A few words are enough. Please do not write of anybody else, nor your identity document's number."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_choose(self.fields["about"])


class EraseForm(forms.Form):
    """That it is she, and that she means it."""

    sure = forms.BooleanField(
        label=gettext_lazy("I have read what is erased and what stays. It cannot be undone."),
        error_messages={"required": gettext_lazy("Tick the box if you want it. Nothing was erased.")},
    )
    secret = SecretField(label=gettext_lazy("Current password or PIN"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_secret(self) -> str:
        """Ask for the secret: who finds a phone unlocked must not be able to erase its owner."""
        try:
            right = guesses.knows_secret(self.user, self.cleaned_data["secret"])
        except limits.TooMany as refusal:
            raise TooManyGuesses(refusal) from None
        if not right:
            raise ValidationError(_("This is not your current password or PIN."), code="wrong_secret")
        return self.cleaned_data["secret"]
