"""The course with its learners, at which Wagtail's behaviour is shown."""

from tests.courses.cast import bruno, office, small, studied

__all__ = ["bruno", "office", "small", "studied"]
