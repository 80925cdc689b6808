"""Keeps what learners did. Rows point at people and at frozen versions, never at a page."""

from learning.models.choices import ActivityType
from learning.models.cohort import Cohort, EnrolmentCode
from learning.models.completion import AnnulmentProposal, Completion, CompletionAnnulment, ProposalState
from learning.models.correction import CountryCorrection
from learning.models.enrolment import Enrolment, EnrolmentState, EnrolmentWay, Modality
from learning.models.joining import PENDING, CohortChange, JoinRequest, RequestState
from learning.models.nomination import Nomination, NominationState
from learning.models.progress import ActivityCompletion, ActivitySkip, CompletionWay, ExtraAttempt, Reflection
from learning.models.room import (
    Attendance,
    AttendanceChange,
    AttendanceMark,
    AttendanceWay,
    ContentOpening,
    QuizClosing,
    Session,
    SessionState,
    SheetScan,
    WalkIn,
)
from learning.models.supervision import AgreedAction, SupervisionKind, SupervisionSession

__all__ = [
    "PENDING",
    "ActivityCompletion",
    "ActivitySkip",
    "ActivityType",
    "AgreedAction",
    "AnnulmentProposal",
    "Attendance",
    "AttendanceChange",
    "AttendanceMark",
    "AttendanceWay",
    "Cohort",
    "CohortChange",
    "Completion",
    "CompletionAnnulment",
    "CompletionWay",
    "ContentOpening",
    "CountryCorrection",
    "Enrolment",
    "EnrolmentCode",
    "EnrolmentState",
    "EnrolmentWay",
    "ExtraAttempt",
    "JoinRequest",
    "Modality",
    "Nomination",
    "NominationState",
    "ProposalState",
    "QuizClosing",
    "Reflection",
    "RequestState",
    "Session",
    "SessionState",
    "SheetScan",
    "SupervisionKind",
    "SupervisionSession",
    "WalkIn",
]
