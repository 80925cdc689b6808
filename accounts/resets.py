"""Decides who may reset whose PIN face to face, and says why not.

A lost PIN is given anew by somebody who sees the person: a facilitator of her cohort, or staff. Never by her
employer: who resets a PIN can sign in with it and read what no employer may read. So Chipo, focal point of
Amina's hospital, is refused even where she also facilitates Amina's cohort.
"""

from enum import StrEnum

from accounts import doors, duties
from accounts.models import Person, User


class Reason(StrEnum):
    """Why a reset is refused."""

    NOT_YOURS = "not_yours"
    SELF = "self"
    EMPLOYER = "employer"
    PRIVILEGED = "privileged"
    HAS_EMAIL = "has_email"


class ResetRefused(Exception):
    """No secret was changed; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def refuse_unless_allowed(*, user: User, by: Person) -> None:
    """Raise ResetRefused unless `by` may give `user` a new PIN."""
    reason = why_not(user=user, by=by)
    if reason:
        raise ResetRefused(reason)


def why_not(*, user: User, by: Person) -> Reason | None:
    """Return why `by` may not give `user` a new PIN, or None."""
    if user.person_id == by.pk:
        return Reason.SELF
    if not _knows_her(user, by):
        # First, so that to an employer who does not facilitate, whom she employs here is no answer either.
        return Reason.NOT_YOURS
    if doors.employs(by, user.person):
        return Reason.EMPLOYER
    if user.is_staff or user.is_superuser or duties.in_force(user):
        # Otherwise whoever enrols an administrator in her own cohort becomes one.
        return Reason.PRIVILEGED
    return Reason.HAS_EMAIL if user.email else None


def _knows_her(user: User, by: Person) -> bool:
    if doors.may_reset(by, user.person):
        return True
    login = User.objects.filter(person=by, is_active=True).first()
    if login is not None and login.has_perm("accounts.reset_secret"):
        return True
    return user.handed_out_by_id == by.pk and doors.may_hand_out(by)
