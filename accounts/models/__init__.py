"""Keeps people (`Person`, the stable key of every record) and their logins (`User`, which is optional)."""

from accounts.models.consent import Consent
from accounts.models.disclosure import Act, DisclosedPerson, Disclosure, Role
from accounts.models.duty import Duty, DutyKind
from accounts.models.erasure import Erasure, RetentionWarning
from accounts.models.login import SecondFactorReset, SecretReset, User
from accounts.models.merge import PersonMerge
from accounts.models.person import AgeBand, Person, PositionCategory, Sex
from accounts.models.requests import DataRequest

__all__ = [
    "Act",
    "AgeBand",
    "Consent",
    "DataRequest",
    "DisclosedPerson",
    "Disclosure",
    "Duty",
    "DutyKind",
    "Erasure",
    "Person",
    "PersonMerge",
    "PositionCategory",
    "RetentionWarning",
    "Role",
    "SecondFactorReset",
    "SecretReset",
    "Sex",
    "User",
]
