"""How a form of the Wagtail admin asks what its own fields ask badly."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class NarrowedCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, and above them a field that shows those alone which hold what is typed, with all ticked ones.

    Without JavaScript all boxes stand there.
    """

    class Media:
        js = (forms.Script("js/narrow.js", defer=True),)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the boxes in a frame that the script finds."""
        return format_html(
            '<div class="narrowed" data-narrow="{}" data-shown="{}" data-chosen="{}">{}</div>',
            _("Find in the list"),
            # The script puts the numbers in.
            _("{shown} of {all} shown"),
            _("{chosen} ticked"),
            super().render(name, value, attrs, renderer),
        )
