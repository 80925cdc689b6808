"""Says which of this room's rows tell only what somebody did: they are the programme's, not data about her."""

from accounts import privacy

WORK = "a decision on a course's content, kept with the version"


def register() -> None:
    """Add this room's columns."""
    privacy.note_acts({"courses.CourseVersion.released_by": WORK, "courses.VersionProposal.decided_by": WORK})
