"""Says in words why something about an institution is refused."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.lineage import Reason

REFUSALS: dict[Reason, Any] = {
    Reason.SAME_NAME: _("It is called so already."),
    Reason.NAME_TAKEN: _("Another institution of this country has this name."),
    Reason.IN_THE_FUTURE: _("This day has not come yet. Write it down when it has."),
    Reason.ENDS_BEFORE_IT_BEGINS: _("This name would end before it begins."),
    Reason.OVERLAP: _("On some of these days the institution had another name. Look at its former names."),
    Reason.NOT_BEFORE_THE_PRESENT: _(
        "A former name ended before today. To change today's name use «Rename»."
    ),
    Reason.SUCCEEDED: _("This institution has ended: another one took over from it."),
    Reason.ITSELF: _("That is the same institution."),
    Reason.OLDER_SUCCESSOR: _("That one existed before this one: it cannot be its successor."),
    Reason.SUCCESSOR_ENDED: _("That one had ended before it could take over."),
    Reason.CIRCLE: _(
        "This would make a circle: in the end the institution would come after or below itself."
    ),
    Reason.MERGED_AWAY: _("It was merged into another one already."),
    Reason.UNDONE: _("This merge was undone already."),
    Reason.OTHER_COUNTRY: _("They work in different countries."),
    Reason.PARENT_ABROAD: _(
        "That institution works in another country: only what belongs to foreign affairs, as a consulate, may be "
        "its unit."
    ),
    Reason.UNITS_ABROAD: _(
        "Its units work in another country. Change theirs first, or take them from below it."
    ),
    Reason.ONE_ABOVE_THE_OTHER: _(
        "The one that stays is a unit of the other. Merge them the other way round."
    ),
    Reason.NOT_BELOW: _("Only units of her own institution can be assigned to a focal point."),
    Reason.NO_FOCAL_POINT: _("This person is no longer its focal point."),
}
