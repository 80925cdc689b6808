"""Who must show a second factor before the admin opens, whether she did, and how a lost one is reset.

Bruno's password may be read over his shoulder, or be the one that he uses elsewhere. With it alone nobody enters the
admin where `SENDA_STAFF_TOTP` is on: a code of his telephone is asked at sign-in, and again after twelve hours.
"""

from __future__ import annotations

import datetime as dt
import time
from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts import limits, second_factor_mail
from accounts.models import Person, SecondFactorReset, User
from common.clock import now

ADMIN_ACCESS = "wagtailadmin.access_admin"
# A working day: longer, and a session left open on another desk is worth a password and a telephone.
PROOF_SECONDS = 12 * 60 * 60
# A code is right for one and a half minutes on both sides of the clock; seen once, it opens nothing again.
USED_SECONDS = 5 * 60


class State(StrEnum):
    """What stands between a reader and the admin."""

    NOTHING = "nothing"
    SET_UP = "set_up"
    PROVE = "prove"


class Reason(StrEnum):
    """Why a second factor is not reset."""

    NOT_ADMINISTRATOR = "not_administrator"
    SELF = "self"
    NONE = "none"


class ResetRefused(Exception):
    """Nothing was reset; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def is_asked_of(user: User) -> bool:
    """Say whether this login must have a second factor: whoever may enter the admin, where the site asks it."""
    return bool(settings.SENDA_STAFF_TOTP) and user.has_perm(ADMIN_ACCESS)


def of(user: User) -> Authenticator | None:
    """Return the second factor of a login, or None."""
    totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return totp.select_related("user__person").first()


def state_of(request: HttpRequest) -> State:
    """Return what this session lacks before the admin opens."""
    user = request.user
    if not user.is_authenticated or not is_asked_of(user):
        return State.NOTHING
    factor = of(user)
    if factor is None:
        return State.SET_UP
    return State.NOTHING if _shown_in(request, user, factor) else State.PROVE


def must_prove(request: HttpRequest) -> bool:
    """Say whether there is a second factor that this session has not shown, whether or not the admin asks it."""
    user = request.user
    factor = of(user) if user.is_authenticated else None
    return factor is not None and not _shown_in(request, factor.user, factor)


def _shown_in(request: HttpRequest, user: User, factor: Authenticator) -> bool:
    """Say whether this session showed a code lately, and since there is this factor: not one lost meanwhile."""
    earliest = max(time.time() - PROOF_SECONDS, factor.created_at.timestamp())
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" and record["at"] >= earliest for record in records)


def spend_guess(user: User) -> limits.Spent:
    """Count one code typed for this login or raise TooMany: a million codes must outlast a patient guesser."""
    spent = limits.spend(limits.FACTOR_GUESSES, _key(user))
    spent.slots += limits.spend(limits.FACTOR_GUESSES_A_DAY, _key(user)).slots
    return spent


def is_fresh(user: User, code: str) -> bool:
    """Say whether a right code is shown for the first time: one read over a shoulder opens nothing again."""
    return limits.once("second-factor", f"{_key(user)}:{code}", USED_SECONDS)


def why_not_reset(*, user: User, by: User) -> Reason | None:
    """Return why `by` may not reset the second factor of `user`, or None."""
    if not by.is_superuser or of(by) is None:
        return Reason.NOT_ADMINISTRATOR
    if user.pk == by.pk:
        return Reason.SELF
    return None if Authenticator.objects.filter(user=user).exists() else Reason.NONE


def reset(*, user: User, by: User, at: dt.datetime | None = None) -> None:
    """Take a lost second factor away, by an administrator who sees the person. Raises ResetRefused."""
    reason = why_not_reset(user=user, by=by)
    if reason:
        raise ResetRefused(reason)
    _take_away(user, by.person, at or now())


def reset_from_server(*, user: User, at: dt.datetime | None = None) -> None:
    """Take a second factor away for who has the server's command line: the first administrator's way back."""
    if not Authenticator.objects.filter(user=user).exists():
        raise ResetRefused(Reason.NONE)
    _take_away(user, None, at or now())


def _take_away(user: User, by: Person | None, moment: dt.datetime) -> None:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user).delete()
        kept = SecondFactorReset.objects.create(user=user, reset_by=by, reset_at=moment)
        transaction.on_commit(lambda: second_factor_mail.tell(kept))
    limits.forget(limits.FACTOR_GUESSES, _key(user))
    limits.forget(limits.FACTOR_GUESSES_A_DAY, _key(user))


def _key(user: User) -> str:
    return f"user:{user.pk}"
