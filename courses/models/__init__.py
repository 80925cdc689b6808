"""Keeps what trainers write, and the frozen versions that learners study."""

from courses.models.course import Course, CourseVersion, ProposalState, VersionProposal
from courses.models.pages import CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage
from courses.models.snippets import GlossaryTerm, Source, Topic
from courses.models.team import Team

__all__ = [
    "Course",
    "CourseIndexPage",
    "CoursePage",
    "CourseVersion",
    "GlossaryTerm",
    "LessonPage",
    "ModulePage",
    "ProposalState",
    "QuizPage",
    "Source",
    "Team",
    "Topic",
    "VersionProposal",
]
