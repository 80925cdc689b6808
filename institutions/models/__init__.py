"""Keeps institutions and organisations, and who works where since when."""

from institutions.models.institution import Institution, InstitutionType, RouteStage, Sector
from institutions.models.membership import Membership, MembershipRole, MembershipState, RefusalReason
from institutions.models.suggestion import DuplicateSuggestion, SuggestionState

__all__ = [
    "DuplicateSuggestion",
    "Institution",
    "InstitutionType",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "RefusalReason",
    "RouteStage",
    "Sector",
    "SuggestionState",
]
