"""The form of an institution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.sight import sight_of
from institutions.models import RouteStage


class InstitutionForm(WagtailAdminModelForm):
    """Stages of the route are ticked; the division must lie in the country, and no unit stands above its parent."""

    route_stages = forms.MultipleChoiceField(
        label=_("stages of the route"),
        choices=RouteStage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sight = sight_of(self.for_user)
        for name, path in {"country": "pk", "division": "country", "parent": "country"}.items():
            if name in self.fields:
                self.fields[name].queryset = sight.within(self.fields[name].queryset, path)

    def clean(self) -> dict[str, Any]:
        """Refuse a division of another country and a circle of parents."""
        data = super().clean()
        division, country = data.get("division"), data.get("country")
        if division and country and division.country_id != country.pk:
            self.add_error("division", _("This division lies in another country."))
        if self.instance.pk and self._is_above(data.get("parent")):
            self.add_error("parent", ValidationError(_("That one is itself a unit of this institution.")))
        return data

    def _is_above(self, parent: Any) -> bool:
        seen = set()
        while parent is not None and parent.pk not in seen:
            if parent.pk == self.instance.pk:
                return True
            seen.add(parent.pk)
            parent = parent.parent
        return False
