"""The forms by which staff write down where somebody works or speaks for, and say that it is over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.models import PositionCategory
from institutions.models import EndReason, MembershipRole


class WriteDownForm(forms.Form):
    """As what, doing what, since when. Of the future nothing is written: whoever is not there yet sees nothing."""

    role = forms.ChoiceField(
        label=_("What is written down"),
        choices=[
            (MembershipRole.MEMBER, _("Works there")),
            (MembershipRole.FOCAL_POINT, _("Speaks for the institution: its focal point")),
        ],
        initial=MembershipRole.MEMBER,
        widget=forms.RadioSelect,
        help_text=_(
            "A focal point finds «My institution»: confirms colleagues, proposes courses, sees who completed them."
        ),
    )
    position = forms.ChoiceField(
        label=_("What the person does"),
        choices=[("", "—"), *PositionCategory.choices],
        required=False,
        help_text=_("Empty: what the profile says."),
    )
    starts_on = forms.DateField(
        label=_("Since"), widget=AdminDateInput, help_text=_("Today, or a day before.")
    )


class EndForm(forms.Form):
    """The last day, and why."""

    ends_on = forms.DateField(
        label=_("Last day"), widget=AdminDateInput, help_text=_("Today, or a day before. It counts at once.")
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "—"), *EndReason.choices],
        help_text=_("The person reads it in the profile and in what is kept of her."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate
