"""Says in words what rules of this room answer in one word."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Sex
from institutions.anonymous import Tells
from institutions.terms import State, Wrong

SEXES = {"woman": _("Women"), "man": _("Men"), "other": Sex.OTHER.label, "unsaid": _("Not said")}

STATES = {
    State.DRAFT: _("Draft"),
    State.UPCOMING: _("Signed, begins later"),
    State.IN_FORCE: _("In force"),
    State.RENEWING: _("Being renewed"),
    State.RENEWED: _("Renewed"),
    State.EXPIRED: _("Expired"),
    State.ENDED: _("Ended early"),
}

WRONG = {
    Wrong.SIGNED_IN_THE_FUTURE: _("It cannot be signed on a day to come. Leave it empty until then."),
    Wrong.SIGNED_WITHOUT_START: _("A signed agreement says from when it is in force."),
    Wrong.ENDS_BEFORE_IT_BEGINS: _("It ends before it begins."),
    Wrong.ENDED_UNSIGNED: _("What was never signed cannot be ended. Delete the draft instead."),
    Wrong.ENDED_BEFORE_IT_BEGAN: _("It was ended before it began."),
    Wrong.NO_PARTIES: _("Say with which institution it is made: at least one."),
    Wrong.NOBODY_SIGNS: _("At least one institution signs."),
    Wrong.PARTY_TWICE: _("The same institution stands here twice."),
    Wrong.ADDENDUM_TO_A_DRAFT: _("A draft is corrected, not added to: an addendum needs a signed agreement."),
    Wrong.ADDENDUM_BEFORE_SIGNATURE: _("The addendum was signed before the agreement itself."),
    Wrong.ADDENDUM_ENDS_TOO_EARLY: _("The new end lies before the agreement begins."),
    Wrong.RENEWS_ITSELF: _("An agreement does not renew itself: a renewal is a new one."),
    Wrong.RENEWS_IN_A_CIRCLE: _("That one renews this one already, directly or by others."),
    Wrong.RENEWS_A_DRAFT: _("A draft was never in force: finish it, or delete it."),
    Wrong.RENEWS_BEFORE_IT_BEGAN: _("A renewal begins after the agreement that it renews began."),
}

TELLS = {
    Tells.EMAIL: _("Leave out e-mail addresses."),
    Tells.ADDRESS: _("Leave out web addresses and accounts of social networks."),
    Tells.PHONE: _("Leave out telephone numbers."),
    Tells.DOCUMENT: _("Leave out numbers of documents."),
    Tells.CASE: _("Leave out cases and the numbers of files: speak of the subject, never of a person."),
    Tells.NAME: _("This looks like somebody's name. Say the post or the team instead."),
}
