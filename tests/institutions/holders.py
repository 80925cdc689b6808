"""Logins that hold a duty, for the tests of this room."""

from __future__ import annotations

import datetime as dt

from accounts.models import Duty, DutyKind, User
from common.clock import now
from tests.factories.accounts import UserFactory, country


def with_duty(kind: str = DutyKind.COORDINATOR, code: str = "GT") -> User:
    """Make somebody with a duty in one country, since yesterday."""
    user = UserFactory(is_staff=True)
    today = now().date()
    Duty.objects.create(
        person=user.person,
        kind=kind,
        country=country(code),
        starts_on=today - dt.timedelta(days=1),
        ends_on=today + dt.timedelta(days=9),
        granted_by=UserFactory().person,
        granted_at=now(),
        reason="Encargo",
    )
    return user
