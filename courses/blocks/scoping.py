"""The scope that every block of a lesson may carry: whom it concerns, and how that is said to its editors."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, TextDiff

from institutions.models import RouteStage
from institutions.stages import scope_names
from programme.countries import choices
from programme.scope import Reader, Scope, concerns

EVERYBODY = Scope()


class ScopeComparison(BlockComparison):
    """Whom a block is for in two revisions, in words."""

    def htmlvalue(self, val: Any) -> SafeString:
        """Return whom it is for."""
        scope = Scope.of(val.get("countries"), val.get("routes"))
        return escape(scope_names(scope) if scope else _("everybody"))

    def htmldiff(self) -> SafeString:
        """Return whom it was for and whom it is for."""
        before, after = self.htmlvalue(self.val_a), self.htmlvalue(self.val_b)
        return (
            after if before == after else TextDiff([("deletion", before), ("addition", after)], " ").to_html()
        )


class ScopeBlock(blocks.StructBlock):
    """The countries and stages of the route that a block is for; nothing ticked is for all."""

    countries = blocks.MultipleChoiceBlock(
        label=gettext_lazy("Countries"), choices=choices, required=False, widget=CheckboxSelectMultiple
    )
    routes = blocks.MultipleChoiceBlock(
        label=gettext_lazy("Stages of the route"),
        choices=RouteStage.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )

    def get_comparison_class(self) -> type[BlockComparison]:
        """Compare in words: Wagtail would show lists of codes."""
        return ScopeComparison

    class Meta:
        icon = "globe"
        label = gettext_lazy("Whom it concerns")


def scope_of(value: Any) -> Scope:
    """Return the scope of a block's value; one that has none is for everybody."""
    scope = value.get("scope") if hasattr(value, "get") else None
    return Scope.of(scope.get("countries"), scope.get("routes")) if scope else EVERYBODY


def is_for(value: Any, reader: Reader) -> bool:
    """Say whether a block with this value is shown to `reader`."""
    return concerns(scope_of(value), reader)


def scope_words(scope: Scope) -> str:
    """Return whom something is for, such as «Only: Guatemala · transit»; nothing when it is for all."""
    return _("Only: %(whom)s") % {"whom": scope_names(scope)} if scope else ""
