"""The one table that words the reasons and states of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certificates.codes import CodeProblem
from certificates.eligibility import Reason
from certificates.states import State

REASONS: dict[Reason, Promise] = {
    Reason.ANNULLED: _("This completion was recorded in error and was annulled."),
    Reason.NOTHING_CREDITED: _("No time was credited for this course."),
    Reason.DETAILS_MISSING: _("Your certificate is waiting for: %(details)s."),
    Reason.NAME_UNPRINTABLE: _(
        "Your certificate cannot print these letters of your name: %(letters)s. Write it in Latin letters."
    ),
}

STATES: dict[State, Promise] = {
    State.VALID: _("Valid certificate"),
    State.EXPIRED: _("Expired certificate"),
    State.REPLACED: _("Replaced certificate"),
    State.REVOKED: _("Revoked certificate"),
    State.WITHDRAWN: _("Record withdrawn"),
}

EXPLANATIONS: dict[State, Promise] = {
    State.VALID: _("It was issued here and is in force."),
    State.EXPIRED: _("It was issued here. Its term is over: the person may have renewed it since."),
    State.REPLACED: _(
        "This code existed; another certificate has taken its place. Ask the person for the one in force."
    ),
    State.REVOKED: _("This code existed, but it no longer counts. Do not accept it as proof."),
    State.WITHDRAWN: _("A certificate was issued here under this code. What it said is no longer kept."),
}
AT_HER_REQUEST: tuple[Promise, Promise] = (
    _("Record withdrawn at the person's request"),
    _(
        "A certificate was issued here under this code. The person asked for her data to be erased, as is her right: "
        "it can no longer be shown, and that says nothing against her."
    ),
)

PROBLEMS: dict[CodeProblem, Promise] = {
    CodeProblem.EMPTY: _("Write the code that stands under the QR."),
    CodeProblem.UNKNOWN_CHARACTER: _(
        "There is a sign in it that our codes never have. They have digits and letters, without I, L, O and U."
    ),
    CodeProblem.TOO_SHORT: _("The code is too short: it has five groups of four. Look at the end of it."),
    CodeProblem.TOO_LONG: _("The code is too long: it has five groups of four. Perhaps something was added."),
    CodeProblem.WRONG_CHECK: _(
        "One character is not right, or two have changed places. Look again, group by group."
    ),
}
UNKNOWN = _(
    "There is no certificate with this code. Look again at each group, or ask whoever showed it to you."
)
