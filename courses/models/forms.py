"""Keeps the form of course pages: what it offers is what the rules know."""

from typing import Any

from django.db.models import Q

from media_library.staff.forms import OwnThingsPageForm
from programme.models import Country


class CoursesPageForm(OwnThingsPageForm):
    """Offers the programme's own countries; another that was chosen before stays until somebody takes it off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "countries" in self.fields:
            asked = Q(in_programme=True) | Q(pk__in=self._present("countries"))
            self.fields["countries"].queryset = Country.objects.filter(asked)  # type: ignore[attr-defined]
