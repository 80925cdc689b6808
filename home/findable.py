"""Lets information and help pages be found by the search."""

from django.utils.translation import gettext_lazy as _

from search.kinds import Kind, register
from search.pages import page_cards


def register_kind() -> None:
    """Add the kind to those of the search."""
    register(
        Kind(
            key="help",
            label=_("Help and information"),
            one=_("Help and information"),
            model="home.InformationPage",
            cards=page_cards,
            place=30,
        )
    )
