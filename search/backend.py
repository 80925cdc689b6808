"""Wagtail's search in the site's own database, named by the settings: on SQLite it takes what anybody types."""

from __future__ import annotations

from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802  Wagtail asks for this name
    """Return the backend of the database that is used."""
    found = database.SearchBackend(params)
    if found.__class__.__name__ != "SQLiteSearchBackend":
        return found
    from search.sqlite import QuotingBackend

    return QuotingBackend(params)
