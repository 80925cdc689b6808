"""Draws a length of the path: one bend a step, up and down in turn."""

from django import template

register = template.Library()

STEP = 20


@register.filter
def path_width(steps: int) -> int:
    """Return the width of a path of `steps` bends, in the units of its drawing."""
    return max(int(steps), 1) * STEP


@register.filter
def path_line(steps: int) -> str:
    """Return the SVG path of `steps` bends."""
    bends = ("c6 -6 14 -6 20 0" if place % 2 == 0 else "c6 6 14 6 20 0" for place in range(int(steps)))
    return "M0 8" + "".join(bends)
