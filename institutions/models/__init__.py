"""Keeps institutions and organisations, who works where since when, what was agreed with them, advice given."""

from institutions.models.advice import ActionRole, AdviceAction, AdviceKind, AdvicePlace, AdviceRecord
from institutions.models.agreement import (
    Addendum,
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementReminder,
    PartyRole,
)
from institutions.models.institution import Institution, InstitutionType, RouteStage, Sector
from institutions.models.membership import Membership, MembershipRole, MembershipState
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
    "Institution",
    "InstitutionType",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "PartyRole",
    "RouteStage",
    "Sector",
    "WorkTopic",
]
