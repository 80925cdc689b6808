"""Keeps institutions and organisations with their names, merges and places, and who works where since when."""

from institutions.models.assigned import AssignedUnit
from institutions.models.institution import Institution, InstitutionType, Level, RouteStage, Sector
from institutions.models.membership import Membership, MembershipRole, MembershipState, RefusalReason
from institutions.models.merge import InstitutionMerge
from institutions.models.names import InstitutionName
from institutions.models.official import OfficialBody
from institutions.models.place import ShelterPlace
from institutions.models.suggestion import DuplicateSuggestion, SuggestionState

__all__ = [
    "AssignedUnit",
    "DuplicateSuggestion",
    "Institution",
    "InstitutionMerge",
    "InstitutionName",
    "InstitutionType",
    "Level",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "OfficialBody",
    "RefusalReason",
    "RouteStage",
    "Sector",
    "ShelterPlace",
    "SuggestionState",
]
