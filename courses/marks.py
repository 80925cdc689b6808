"""Finds open marks in what trainers write: plain text, rich text, and the streams that are no lesson."""

from __future__ import annotations

from django.db.models import Field
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField

from common.marks import plain_judge
from courses import unverified


def judge(field: Field, value: object) -> bool:
    """Say whether an open mark stands in a field of a page or snippet."""
    if isinstance(field, RichTextField):
        return unverified.has_unclosed(str(value or ""))
    if isinstance(value, StreamValue):
        # A lesson's body names the block itself (`LessonBlocks.clean`).
        return any(isinstance(child.value, str) and plain_judge(field, child.value) for child in value)
    return plain_judge(field, value)
