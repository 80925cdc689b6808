"""Keeps people (`Person`, the stable key of every record) and their logins (`User`, which is optional)."""

from accounts.models.consent import Consent
from accounts.models.erasure import Erasure, RetentionWarning
from accounts.models.login import SecondFactorReset, SecretReset, User
from accounts.models.merge import PersonMerge
from accounts.models.person import AgeBand, Person, PositionCategory, Sex
from accounts.models.requests import DataRequest

__all__ = [
    "AgeBand",
    "Consent",
    "DataRequest",
    "Erasure",
    "Person",
    "PersonMerge",
    "PositionCategory",
    "RetentionWarning",
    "SecondFactorReset",
    "SecretReset",
    "Sex",
    "User",
]
