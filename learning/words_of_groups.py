"""Words the reasons and states of groups: requests, waiting lists, lists, moves, openings."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning import moving, opening
from learning.access import Refusal
from learning.listing import Verdict
from learning.models import JoinRequest, RequestState
from learning.words import REFUSALS

VERDICTS: dict[Verdict, Promise] = {
    Verdict.ENROLLED: gettext_lazy("Enrolled"),
    Verdict.AGAIN: gettext_lazy("Enrolled: takes the course again"),
    Verdict.BACK: gettext_lazy("Enrolled: goes on where it was left"),
    Verdict.ALREADY: gettext_lazy("In this group already"),
    Verdict.WAITING: gettext_lazy("No seat left: on the waiting list"),
    Verdict.TWICE: gettext_lazy("The same person stands above"),
    Verdict.UNKNOWN: gettext_lazy(
        "Nobody signs in with this. Check it, send the link of the group, or hand out a personal code."
    ),
    Verdict.SEVERAL: gettext_lazy("May be several people: write the number with its country."),
    Verdict.REFUSED: gettext_lazy("Not enrolled"),
}

# Of somebody else, to who facilitates: the words that she reads herself speak to her.
REFUSED: dict[Refusal, Promise] = {
    Refusal.ALREADY_ENROLLED: gettext_lazy("Takes this course already, by herself or in another group."),
    Refusal.COURSE_WITHDRAWN: gettext_lazy("The course is withdrawn for now."),
    Refusal.NOT_RELEASED: gettext_lazy("The course is not open yet."),
    Refusal.COUNTRY_UNKNOWN: gettext_lazy("Has not said in which country she works: she enrols by the link."),
    Refusal.NOT_FOR_COUNTRY: gettext_lazy("The course is not offered in her country of work."),
    Refusal.COHORT_FULL: gettext_lazy("No seat is left in this group."),
    Refusal.COHORT_CANCELLED: gettext_lazy("The group was cancelled."),
    Refusal.COHORT_OVER: gettext_lazy("The group is over."),
}

NOT_MOVED: dict[moving.Reason, Promise] = {
    moving.Reason.NOT_YOURS: gettext_lazy("She is not in a group of yours."),
    moving.Reason.OTHER_COURSE: gettext_lazy("That group takes another course."),
    moving.Reason.SAME: gettext_lazy("She is in that group already."),
    moving.Reason.NOT_IN_PROGRESS: gettext_lazy("Who has completed or left the course stays where she was."),
    moving.Reason.NO_REASON: gettext_lazy("Say why: both facilitators read it."),
    moving.Reason.CLOSED: gettext_lazy("That group was cancelled or is over."),
    moving.Reason.FULL: gettext_lazy("No seat is left in that group."),
}

NOT_OPENED: dict[opening.Reason, Promise] = {
    opening.Reason.NOT_YOURS: gettext_lazy("This course is not among yours."),
    opening.Reason.COURSE_CLOSED: gettext_lazy("This course is withdrawn for now."),
    opening.Reason.OTHER_COUNTRY: gettext_lazy("You do not coordinate this country."),
    opening.Reason.NOT_TRAINED: gettext_lazy(
        "You did not complete that group: choose one in which you were trained."
    ),
    opening.Reason.NO_NAME: gettext_lazy("Give the group a name."),
}


def say_asked(request: JoinRequest, place: int | None = None) -> str:
    """Return what happens next with a request, in the words for her who asked."""
    group = {"group": request.cohort.name}
    if request.state == RequestState.WAITING:
        if place:
            return _("«%(group)s» is full. You are number %(place)s on the waiting list.") % {
                **group,
                "place": place,
            }
        return (
            _("«%(group)s» is full. You are on its waiting list, and enrolled as soon as a seat is free.")
            % group
        )
    if request.state == RequestState.REFUSED:
        return _("You were not taken into «%(group)s»: %(reason)s") % {**group, "reason": reason_of(request)}
    return _("Your request is with whoever facilitates «%(group)s». You read the answer here.") % group


def reason_of(request: JoinRequest) -> str:
    """Return why a request was refused: the facilitator's words, or the rule's."""
    known = {refusal.value: words for refusal, words in REFUSALS.items()}
    return str(known.get(request.reason, request.reason))


def say_refused(refusal: Refusal) -> str:
    """Return of somebody else why she cannot be enrolled."""
    return str(REFUSED.get(refusal, REFUSALS[refusal]))
