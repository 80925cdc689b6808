"""The words for what was learned: to the learner herself, and of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.wording import points_words
from learning.learned import gain_of, percent

if TYPE_CHECKING:
    from learning.learned import Pair

BANDS = {
    "low": gettext_lazy("low (below 0.3)"),
    "middle": gettext_lazy("middle (0.3 to 0.7)"),
    "high": gettext_lazy("high (above 0.7)"),
}


def say_learned(pair: Pair | None) -> str:
    """Return what a learner knew before and knows after, and how much of what she lacked; nothing without both."""
    if pair is None:
        return ""
    told = _(
        "Before the course: %(before)s of %(of_before)s. After it, at the first try: %(after)s of %(of_after)s."
    ) % {
        "before": points_words(pair.before.points),
        "of_before": points_words(pair.before.of),
        "after": points_words(pair.after.points),
        "of_after": points_words(pair.after.of),
    }
    return f"{told} {_comment(pair)}"


def _comment(pair: Pair) -> str:
    gain = gain_of(pair.before.share, pair.after.share)
    if gain is None or gain == 0:
        return _("You knew as much before as you do now: what you do with it counts.")
    if gain < 0:
        return _(
            "That is less than before: it happens when one reads more closely. Look again at what is told below."
        )
    if gain == 1:
        return _("You learned all that you did not know before.")
    return _("Of what you did not know before you learned %(share)s %%.") % {"share": percent(gain)}
