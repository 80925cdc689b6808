"""Keeps institutions and organisations, who works where since when, what was agreed with them, advice given."""

from institutions.models.advice import ActionRole, AdviceAction, AdviceKind, AdvicePlace, AdviceRecord
from institutions.models.agreement import (
    Addendum,
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementReminder,
    FormerPaper,
    PartyRole,
)
from institutions.models.assigned import AssignedUnit
from institutions.models.institution import Institution, InstitutionType, Level, RouteStage, Sector
from institutions.models.membership import (
    EndReason,
    Membership,
    MembershipRole,
    MembershipState,
    RefusalReason,
)
from institutions.models.merge import InstitutionMerge
from institutions.models.names import InstitutionName
from institutions.models.official import OfficialBody
from institutions.models.place import ShelterPlace
from institutions.models.suggestion import DuplicateSuggestion, SuggestionState
from institutions.models.topics import WorkTopic

__all__ = [
    "ActionRole",
    "Addendum",
    "AdviceAction",
    "AdviceKind",
    "AdvicePlace",
    "AdviceRecord",
    "Agreement",
    "AgreementKind",
    "AgreementParty",
    "AgreementReminder",
    "AssignedUnit",
    "DuplicateSuggestion",
    "EndReason",
    "FormerPaper",
    "Institution",
    "InstitutionMerge",
    "InstitutionName",
    "InstitutionType",
    "Level",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "OfficialBody",
    "PartyRole",
    "RefusalReason",
    "RouteStage",
    "Sector",
    "ShelterPlace",
    "SuggestionState",
    "WorkTopic",
]
