"""Keeps institutions and organisations, and who works where since when."""

from institutions.models.institution import Institution, InstitutionType, RouteStage, Sector
from institutions.models.membership import Membership, MembershipRole, MembershipState

__all__ = [
    "Institution",
    "InstitutionType",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "RouteStage",
    "Sector",
]
