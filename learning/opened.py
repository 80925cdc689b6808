"""Opens this room's screens to duties, and says who facilitates the groups of a person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import consents, disclosures, rights, watching
from accounts.models import Consent, DutyKind, Person
from accounts.watching import Watcher
from institutions.models import Membership, MembershipState
from learning.models import Enrolment

MODELS = ("cohort", "enrolmentcode")


def register() -> None:
    """Let coordinators keep the groups and codes of their countries, others read them."""
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=[f"learning.{act}_{model}" for act in ("add", "change", "view") for model in MODELS],
        posts=["cohortes:*", "codigos:*"],
    )
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=["accounts.view_person", "institutions.change_membership"],
        posts=["personas:index*", "wagtail_bulk_action"],
    )
    rights.allow(
        DutyKind.MONITOR, DutyKind.AUDITOR, permissions=["accounts.view_person"], posts=["personas:index*"]
    )
    disclosures.call("people", _("People"))
    # A code lets its reader in among a group's learners: figures need none.
    rights.allow(DutyKind.MONITOR, permissions=["learning.view_cohort"], addresses=["cohortes:index*"])
    rights.allow(
        DutyKind.AUDITOR,
        permissions=[f"learning.view_{model}" for model in MODELS],
        addresses=["cohortes:index*", "codigos:index*"],
    )
    watching.register(facilitators_of)
    watching.register(institutions_of)


def facilitators_of(person: Person) -> list[Watcher]:
    """Return who facilitates the groups in which a person learns, a line a group."""
    rows = Enrolment.objects.of(person).standing().filter(cohort__isnull=False)
    names = dict.fromkeys(rows.order_by("-pk").values_list("cohort__name", flat=True))
    return [
        Watcher(
            _("Who facilitates «%(group)s»") % {"group": name},
            _("Your name on screen, how far you are, and whether a quiz was passed. Never your notes."),
            _("Because you learn in this group."),
        )
        for name in names
    ]


def institutions_of(person: Person) -> list[Watcher]:
    """Return the focal points of the places where a person works, confirmed or not, and what each sees of her."""
    rows = Membership.objects.of(person).working().standing().filter(ends_on__isnull=True)
    places = rows.select_related("institution").order_by("institution__name")
    shared = consents.allows(person, Consent.Purpose.SHARE_EMPLOYER)
    return [_focal_point(row, shared) for row in places]


def _focal_point(row: Membership, shared: bool) -> Watcher:
    who = _("Your institution's focal point at %(place)s") % {"place": row.institution}
    if row.state != MembershipState.CONFIRMED:
        return Watcher(who, _("That you say that you work there, to confirm it. Nothing else."))
    if shared:
        return Watcher(
            who,
            _(
                "Your name on screen, which courses you completed, your certificates. Never marks, answers or notes."
            ),
            _("Because you chose to share it, in your privacy settings."),
        )
    return Watcher(
        who,
        _(
            "Your name on screen, and of courses that it proposed and you accepted whether you completed them, with "
            "the certificate. Never marks, answers or notes."
        ),
        _("Because you work there."),
    )
