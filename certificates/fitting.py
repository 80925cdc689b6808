"""Answers how large the words of a certificate may be, so that every name and every list fits one sheet.

Pure arithmetic over the fonts' own widths, in millimetres. Typst could measure by laying the sheet out at
each size, which costs up to eight times what drawing it once does. Lines are counted as Typst breaks them
(first fit), at spaces only and without kerning: the answer is rather too careful than too bold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from common.sheets import faces

WIDTH = 191.0
ROOM = 124.0  # between the header and the signatures
AIR = 6.0
HIGHEST_START = 19.0  # below the header, however much room is left
COLUMN_GAP = 9.0
SCALES = (1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4)
SIGNATURE_WIDTH = 65.0
SIGNATURE_SHARES = (1.0, 0.9, 0.8, 0.72)
NAME_SHARES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62)
TEXT_LEADING, DISPLAY_LEADING, LIST_LEADING, LIST_SPACING = 0.62, 0.42, 0.52, 0.8

# What is drawn and its millimetres.
Plan = dict[str, float]

_BREAKS = re.compile(r"(?<=\s)(?=\S)")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its face, cut where a line may break; widths in em."""

    pieces: tuple[tuple[float, float], ...]
    """Each piece's width, without and with the space that follows."""
    cap: float

    @classmethod
    @lru_cache(maxsize=2048)
    def of(cls, text: str, face: str) -> Words:
        """Return ``text`` measured; a cohort's certificates share all of them but the name."""
        pieces = tuple(
            (faces.width(piece.rstrip(), face), faces.width(piece, face))
            for piece in _BREAKS.split(text)
            if piece
        )
        return cls(pieces, faces.CAP_HEIGHT[face])

    @property
    def longest(self) -> float:
        """The width in em of the longest piece that cannot be broken."""
        return max((bare for bare, _ in self.pieces), default=0.0)

    def lines(self, size: float, width: float) -> int:
        """Return how many lines it takes at ``size`` mm."""
        room, used, lines = width / size, 0.0, 1
        for bare, whole in self.pieces:
            if used and used + bare > room:
                used, lines = 0.0, lines + 1
            used += whole
        return lines

    def height(self, size: float, width: float, leading: float) -> float:
        """Return its height in mm, from the first line's capitals to the last line's feet."""
        lines = self.lines(size, width)
        return size * (lines * self.cap + (lines - 1) * leading)

    def largest(self, size: float, width: float) -> float:
        """Return ``size``, or less where one long word would run off the sheet."""
        return min(size, width / self.longest * 0.98) if self.longest else size

    def balanced(self, size: float, width: float) -> float:
        """Return the narrowest width with the same number of lines: two lines come out about equally long."""
        lines = self.lines(size, width)
        narrow = width
        while lines > 1 and narrow > width * 0.5 and self.lines(size, narrow - 4) == lines:
            narrow -= 4
        return narrow


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts that share the room between header and signatures."""

    kind: Words
    holder: Words
    statement: Words
    course: Words
    facts: tuple[Words, ...]
    details: Words | None
    objectives: tuple[Words, ...]


def sizes(sheet: Sheet) -> Plan:
    """Return the sizes and distances, in mm, at the largest scale that leaves air above the signatures."""
    plan: Plan = {}
    for scale in SCALES:
        plan = _at(scale, sheet)
        if plan["height"] + AIR <= ROOM:
            break
    plan["top"] = max(0.0, min(HIGHEST_START, (ROOM - plan["height"]) * 0.5))
    return plan


def signature_sizes(name: Words, role: Words) -> Plan:
    """Return the sizes of the words under a signature: two lines of each at most, if they can be read."""
    return {
        "name": within(name, 4.3, SIGNATURE_WIDTH, lines=2, shares=SIGNATURE_SHARES),
        "role": within(role, 3.5, SIGNATURE_WIDTH, lines=2, shares=SIGNATURE_SHARES),
    }


def _at(scale: float, sheet: Sheet) -> Plan:
    """Return the plan at one scale, its total height included. Small print shrinks less than headings."""
    small = max(scale, 0.74) if scale >= 0.6 else scale + 0.14
    gap = 6.4 * scale
    plan: Plan = {
        "gap": gap,
        "kind": sheet.kind.largest(5.4 * small, WIDTH),
        "name": _name_size(12.8 * scale, sheet.holder),
        "course": sheet.course.largest(7.4 * scale, WIDTH),
        "text": 4.2 * small,
        "details": 3.4 * small,
        "list": 3.6 * max(scale, 0.68) if scale >= 0.6 else 3.6 * (scale + 0.08),
        "columns": 2 if len(sheet.objectives) > 5 else 1,
    }
    plan["name_width"] = sheet.holder.balanced(plan["name"], WIDTH)
    plan["course_width"] = sheet.course.balanced(plan["course"], WIDTH)
    plan["height"] = _heading_height(plan, sheet) + _facts_height(plan, sheet) + _list_height(plan, sheet)
    return plan


def _name_size(size: float, holder: Words) -> float:
    """Return the name's size: one line if a little less will do, two if less will do, else three."""
    for share in NAME_SHARES[:3]:
        if holder.lines(size * share, WIDTH) == 1:
            return holder.largest(size * share, WIDTH)
    return within(holder, size, WIDTH, lines=2, shares=NAME_SHARES)


def within(words: Words, size: float, width: float, *, lines: int, shares: Sequence[float]) -> float:
    """Return the largest of the shares of ``size`` that takes so many lines, or the smallest share."""
    fitting = (size * share for share in shares if words.lines(size * share, width) <= lines)
    return words.largest(next(fitting, size * shares[-1]), width)


def _heading_height(plan: Plan, sheet: Sheet) -> float:
    return (
        sheet.kind.height(plan["kind"], WIDTH, TEXT_LEADING)
        + sheet.holder.height(plan["name"], WIDTH, DISPLAY_LEADING)
        + sheet.statement.height(plan["text"], WIDTH, TEXT_LEADING)
        + sheet.course.height(plan["course"], WIDTH, DISPLAY_LEADING)
        + 4 * plan["gap"]
    )


def _facts_height(plan: Plan, sheet: Sheet) -> float:
    height = sum(
        words.height(plan["text"], WIDTH, TEXT_LEADING) + plan["gap"] * 0.45 for words in sheet.facts
    )
    if sheet.details:
        height += sheet.details.height(plan["details"], WIDTH, TEXT_LEADING) + plan["gap"] * 0.1
    return height


def _list_height(plan: Plan, sheet: Sheet) -> float:
    if not sheet.objectives:
        return 0.0
    size, columns = plan["list"], plan["columns"]
    width = (WIDTH - COLUMN_GAP * (columns - 1)) / columns - size * 1.2
    heights = [words.height(size, width, LIST_LEADING) + LIST_SPACING * size for words in sheet.objectives]
    half = -(-len(heights) // int(columns))
    return size * 0.72 + plan["gap"] * 1.45 + max(sum(heights[:half]), sum(heights[half:]))
