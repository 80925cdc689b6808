"""The blocks of a lesson."""

from courses.blocks.lesson import LessonBlocks

__all__ = ["LessonBlocks"]
