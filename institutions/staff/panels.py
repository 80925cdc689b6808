"""An inline panel whose rows have a form of our own: Wagtail's takes none."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel


class CheckedInlinePanel(InlinePanel):
    """Rows that are looked at by `row_form`."""

    def __init__(self, *args: Any, row_form: type[WagtailAdminModelForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the form when the panel is bound to its model."""
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        """Add the form to what the formset is made of."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.row_form
        return options
