"""The forms by which an administrator grants and ends duties. The rules are those of `accounts.duties`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts import duties
from accounts.duties import Reason
from accounts.identifiers import users_named
from accounts.models import Duty, User
from programme.models import Country

WORDS = {
    Reason.NOT_ADMINISTRATOR: _("Only administrators grant and end duties."),
    Reason.SELF: _("Your own duties are granted by another administrator."),
    Reason.NO_LOGIN: _("This login is not active."),
    Reason.NO_EMAIL: _("A duty needs a login with an e-mail: a code with a PIN is not enough."),
    Reason.ADMINISTRATOR: _(
        "This person is an administrator. Whoever administers neither audits nor coordinates."
    ),
    Reason.NO_COUNTRY: _("Say which country she coordinates. One duty a country."),
    Reason.NO_END: _("An audit has a last day."),
    Reason.ENDS_BEFORE: _("It ends before it begins."),
    Reason.OVER: _("This day has passed."),
    Reason.OTHER_KIND: _("She has a duty of another kind. End it first: one kind at a time."),
    Reason.HAS_IT: _("She has this duty already."),
    Reason.NO_REASON: _("Say why, in a sentence."),
    Reason.ENDED: _("This duty was ended already."),
}
FIELDS = {
    Reason.NO_COUNTRY: "country",
    Reason.NO_END: "ends_on",
    Reason.ENDS_BEFORE: "ends_on",
    Reason.OVER: "ends_on",
    Reason.NO_REASON: "reason",
    Reason.OTHER_KIND: "kind",
}


class GrantForm(WagtailAdminModelForm):
    """Who, what, where, until when, and why. The person is named by what she signs in with."""

    login = forms.CharField(
        label=_("Person"), help_text=_("Her e-mail: the one with which she signs in."), max_length=254
    )

    class Meta:
        model = Duty
        fields = ["kind", "country", "starts_on", "ends_on", "reason"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "country": _("For coordination, always. Empty: the whole programme."),
            "ends_on": _("For an audit, always. From the next day on the admin is closed to her."),
            "reason": _("Who asked for it, and by which decision."),
        }

    field_order = ["login", "kind", "country", "starts_on", "ends_on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in self.fields["kind"].choices if choice[0]]
        self.fields["country"].queryset = Country.objects.filter(in_programme=True)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_login(self) -> User:
        """Return the one login that the words name."""
        found = users_named(self.cleaned_data["login"].strip())
        if len(found) != 1:
            raise ValidationError(_("Nobody signs in with this, or several do."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        data: dict[str, Any] = super().clean()
        if not self.errors:
            why = duties.why_not_grant(**self._asked(data))
            if why:
                self.add_error(FIELDS.get(why, "login"), WORDS[why])
        return data

    def _asked(self, data: dict[str, Any]) -> dict[str, Any]:
        named = ("kind", "country", "starts_on", "ends_on", "reason")
        return {name: data[name] for name in named} | {"person": data["login"].person, "by": self.for_user}

    def save(self, commit: bool = True) -> Duty:
        """Grant it."""
        self.instance = duties.grant(**self._asked(self.cleaned_data))
        return self.instance


class EndForm(forms.Form):
    """Why a duty ends before its day."""

    reason = forms.CharField(
        label=_("Why does it end?"),
        min_length=duties.REASON_LENGTH,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
