"""What an administrator forgets of people: somebody to look after the site, and the demo that everybody can enter."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.db import DatabaseError, connection

from accounts import name_index
from accounts.models import User

Found = list[checks.CheckMessage]


@checks.register(checks.Tags.database, deploy=True)
def logins_of_a_site_on_the_internet(app_configs: Any, databases: Any = None, **kwargs: Any) -> Found:
    """Ask the database, where one is named (`check --deploy --database default`)."""
    if not databases:
        return []
    try:
        return [*somebody_administrates(), *the_demo_is_gone(), *names_are_found_quickly()]
    except DatabaseError:
        return []


def somebody_administrates() -> Found:
    """Warn of a site whose settings nobody can change."""
    if User.objects.filter(is_superuser=True, is_active=True, person__is_demo=False).exists():
        return []
    return [
        checks.Warning(
            "There is no administrator.",
            hint="python manage.py createsuperuser",
            id="accounts.W001",
        )
    ]


def the_demo_is_gone() -> Found:
    """Refuse logins whose passwords are printed in the documentation."""
    if not User.objects.filter(person__is_demo=True, is_active=True).exists():
        return []
    return [
        checks.Error(
            "Accounts of the demo can sign in, with passwords that everybody knows.",
            hint="Begin the site on an empty database, or make those logins inactive.",
            id="accounts.E002",
        )
    ]


def names_are_found_quickly() -> Found:
    """Warn where a search by name reads every name there is."""
    if connection.vendor != "postgresql" or name_index.has_trigrams(connection):
        return []
    return [
        checks.Warning(
            "People are found by name without an index: the extension pg_trgm is not there.",
            hint="Let the database's owner run «CREATE EXTENSION pg_trgm», then python manage.py index_names",
            id="accounts.W003",
        )
    ]
