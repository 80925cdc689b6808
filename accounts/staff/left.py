"""Tells staff in words, with the way there, where the name of somebody erased still stands in texts of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from wagtail.admin.admin_url_finder import AdminURLFinder

from accounts.erasing import Left
from accounts.models import User


@dataclass(frozen=True)
class Place:
    """A kind of row and its column, in words; `links` lead to the rows that the reader may open."""

    on: Any
    what: str
    where: str
    rows: int
    links: tuple[str, ...]


def place_of(left: Left, user: User) -> Place:
    """Return a place as its reader sees it."""
    model = apps.get_model(left.table)
    try:
        where = str(model._meta.get_field(left.column).verbose_name)
    except FieldDoesNotExist:
        # Of papers the rooms say themselves which group's they are.
        where = left.column
    finder = AdminURLFinder(user)
    rows = model._base_manager.filter(pk__in=left.keys)
    links = (finder.get_edit_url(row) for row in rows)
    what = str(model._meta.verbose_name)
    return Place(left.on, what[:1].upper() + what[1:], where, left.rows, tuple(filter(None, links)))
