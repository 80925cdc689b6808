"""Words why supervision is not written down, and why a list is not enrolled."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from institutions.words import TELLS
from learning import supervising
from learning.supervising import Reason

NOT_LOGGED: dict[Reason, Promise] = {
    Reason.NOT_YOURS: gettext_lazy("This is not your group."),
    Reason.NO_TOPIC: gettext_lazy("Choose at least one topic of the list."),
    Reason.NOBODY: gettext_lazy("Say how many people took part: at least one."),
    Reason.NOT_ONE: gettext_lazy("With one person means one: for more, choose «With a group»."),
    Reason.MINUTES: gettext_lazy("From one minute to ten hours."),
    Reason.DAY_TO_COME: gettext_lazy("This day has not come yet."),
    Reason.DUE_BEFORE: gettext_lazy("This is before the day on which it was agreed."),
}


def say_not_logged(refused: supervising.Refused) -> str:
    """Return why nothing was written down, in the words of whoever wrote."""
    if refused.tells is not None:
        return str(TELLS[refused.tells])
    return str(NOT_LOGGED[refused.reason])
