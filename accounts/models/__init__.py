"""Keeps people (`Person`, the stable key of every record) and their logins (`User`, which is optional)."""

from accounts.models.consent import Consent
from accounts.models.login import SecondFactorReset, SecretReset, User
from accounts.models.merge import PersonMerge
from accounts.models.person import AgeBand, Person, PositionCategory, Sex

__all__ = [
    "AgeBand",
    "Consent",
    "Person",
    "PersonMerge",
    "PositionCategory",
    "SecondFactorReset",
    "SecretReset",
    "Sex",
    "User",
]
