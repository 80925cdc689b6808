"""Keeps what learners did. Rows point at people and at frozen versions, never at a page."""

from learning.models.cohort import Cohort, EnrolmentCode
from learning.models.completion import Completion, CompletionAnnulment
from learning.models.correction import CountryCorrection
from learning.models.enrolment import Enrolment, EnrolmentState, EnrolmentWay, Modality
from learning.models.nomination import Nomination, NominationState
from learning.models.progress import ActivityCompletion, ActivitySkip, CompletionWay, ExtraAttempt, Reflection
from learning.models.room import (
    Attendance,
    AttendanceChange,
    AttendanceMark,
    AttendanceWay,
    Session,
    SessionState,
    SheetScan,
    WalkIn,
)

__all__ = [
    "ActivityCompletion",
    "ActivitySkip",
    "Attendance",
    "AttendanceChange",
    "AttendanceMark",
    "AttendanceWay",
    "Cohort",
    "Completion",
    "CompletionAnnulment",
    "CompletionWay",
    "CountryCorrection",
    "Enrolment",
    "EnrolmentCode",
    "EnrolmentState",
    "EnrolmentWay",
    "ExtraAttempt",
    "Modality",
    "Nomination",
    "NominationState",
    "Reflection",
    "Session",
    "SessionState",
    "SheetScan",
    "WalkIn",
]
