"""The cast of this room."""

from tests.courses.cast import bruno, office, small, studied

__all__ = ["bruno", "office", "small", "studied"]
