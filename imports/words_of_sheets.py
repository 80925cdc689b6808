"""The words for what was read of a file: why it cannot be read, what is no line, what a column is, what a line makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext


def say_field(name: str) -> str:
    return name


def say_unreadable(refusal):
    return {"sheet": refusal.sheet, "row": refusal.row, "column": refusal.column, "value": "", "reason": str(refusal.reason), "remedy": ""}


def say_left_out(sheet, left):
    return {"sheet": sheet, "row": left.row, "reason": str(left.why)}


PARTS = {
    "new": gettext_lazy("a new person"),
    "fill": gettext_lazy("blanks of her profile are filled"),
    "join": gettext_lazy("her place of work is noted"),
    "enrol": gettext_lazy("enrolled in the group"),
    "past": gettext_lazy("a training of before is kept"),
}


def say_plan(plan: dict[str, Any]) -> Iterator[str]:
    """Yield what a line would make, in words."""
    for part, words in PARTS.items():
        if plan.get(part):
            yield str(words)
    if marks := plan.get("marks"):
        yield ngettext("%(n)s mark", "%(n)s marks", len(marks)) % {"n": len(marks)}
