"""What a group or a course learned, as its facilitator and its trainer read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.languages import content_language
from learning.learned import Learned, learned_by
from learning.words_of_learning import BANDS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from learning.models import Enrolment


@dataclass(frozen=True)
class LearnedScreen:
    """What was learned, with the gain as a number of two decimals and the words for its band."""

    learned: Learned
    gain: float | None
    band: str


def learned_screen(rows: QuerySet[Enrolment]) -> LearnedScreen | None:
    """Return what the people of these enrolments learned; None where no test before is compared with one after."""
    learned = learned_by(rows, language=content_language())
    if learned is None:
        return None
    gain = float(learned.gain) if learned.gain is not None else None
    return LearnedScreen(learned, gain, str(BANDS[learned.band]) if learned.band else "")
