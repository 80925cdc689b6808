"""Holds every door at which a secret can be guessed to the same count: per account, not per address or spelling."""

from accounts import limits
from accounts.identifiers import fingerprint, users_named
from accounts.models import User


def spend_on_text(text: str) -> limits.Spent:
    """Count one guess at whatever account `text` names or raise TooMany. Unknown ones are counted alike."""
    users = users_named(text)
    if not users:
        return limits.spend(limits.ACCOUNT_GUESSES, f"unknown:{fingerprint(text)}")
    spent = limits.Spent()
    for user in users:
        spent.slots += spend_on_user(user).slots
    return spent


def spend_on_user(user: User) -> limits.Spent:
    """Count one guess at this account or raise TooMany."""
    spent = limits.spend(limits.ACCOUNT_GUESSES, _key(user))
    if user.has_pin:
        spent.slots += limits.spend(limits.PIN_GUESSES, _key(user)).slots
    return spent


def knows_secret(user: User, secret: str) -> bool:
    """Say whether `secret` is the account's, counting wrong ones; raises TooMany."""
    spent = spend_on_user(user)
    right = user.check_password(secret)
    if right:
        spent.refund()
    return right


def forget(user: User) -> None:
    """Start counting anew, after a reset."""
    for limit in (limits.ACCOUNT_GUESSES, limits.PIN_GUESSES):
        limits.forget(limit, _key(user))


def _key(user: User) -> str:
    return f"user:{user.pk}"
