"""What a site on the internet must have said before it opens: where abuse by its staff can be reported."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from programme.models import Identity


@register(Tags.security, deploy=True)
def abuse_address_is_set(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a production site on which nobody can report abuse (only `check --deploy` asks)."""
    if _is_read(settings.SENDA_ABUSE_EMAIL) or _somebody_filled_it_in():
        return []
    return [
        Error(
            "No e-mail address that somebody reads and no telephone number is set for reports of abuse by staff.",
            hint="Set SENDA_ABUSE_EMAIL, or fill in «Reports of abuse by staff» in the admin: "
            "Settings → The organisation.",
            id="programme.E001",
        )
    ]


def _somebody_filled_it_in() -> bool:
    try:
        return any(
            _is_read(identity.abuse_email) or identity.abuse_phone for identity in Identity.objects.all()
        )
    except DatabaseError:
        # Not migrated yet, or no database within reach: nobody can have written an address.
        return False


def _is_read(address: str) -> bool:
    """Say whether an address may have a reader: what ends in «.example», as the demo's does, never has one."""
    return bool(address) and not address.rstrip(".").lower().endswith(".example")
