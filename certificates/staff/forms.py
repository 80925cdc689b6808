"""The form by which a certificate is revoked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import RevocationCategory


class RevocationForm(forms.Form):
    """Why, and that it is meant."""

    category = forms.ChoiceField(
        label=_("Why it no longer counts"),
        choices=RevocationCategory.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever verifies the certificate reads this."),
    )
    sure = forms.BooleanField(label=_("I understand that a revocation cannot be taken back."))
