"""One function a screen, each returning one frozen dataclass; templates compute nothing."""

from assessments.queries.asking import (
    QuestionScreen,
    ReviewScreen,
    question_screen,
    resume_url,
    review_screen,
)
from assessments.queries.telling import ResultScreen, result_screen

__all__ = [
    "QuestionScreen",
    "ResultScreen",
    "ReviewScreen",
    "question_screen",
    "result_screen",
    "resume_url",
    "review_screen",
]
