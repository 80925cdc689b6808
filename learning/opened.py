"""Opens this room's screens to duties, and says who facilitates the groups of a person."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import disclosures, rights, watching
from accounts.models import DutyKind, Person
from accounts.watching import Watcher
from learning.models import Enrolment

GROUP = "group"
SCAN = "sheet_scan"
PROGRESS = "group_progress"
ANSWERS = "open_answers"
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
        addresses=["personas:inspect"],
        posts=["personas:index*", "wagtail_bulk_action"],
    )
    rights.allow(
        DutyKind.MONITOR,
        DutyKind.AUDITOR,
        permissions=["accounts.view_person"],
        addresses=["personas:inspect"],
        posts=["personas:index*"],
    )
    disclosures.call("people", gettext_lazy("People"))
    disclosures.call(GROUP, gettext_lazy("Page of a group"))
    disclosures.call(SCAN, gettext_lazy("Signed sheet of a session"))
    disclosures.call(PROGRESS, gettext_lazy("Progress of a group, as a file"))
    disclosures.call(ANSWERS, gettext_lazy("Open answers that were read"))
    disclosures.call("person_record", gettext_lazy("A person’s record"))
    # A code lets its reader in among a group's learners: figures need none.
    rights.allow(DutyKind.MONITOR, permissions=["learning.view_cohort"], addresses=["cohortes:index*"])
    rights.allow(
        DutyKind.AUDITOR,
        permissions=[f"learning.view_{model}" for model in MODELS],
        addresses=["cohortes:index*", "codigos:index*"],
    )
    # Which projects there are is chosen from in the form of a group; only an administrator changes them.
    rights.allow(
        *DutyKind,
        permissions=["programme.view_project", "programme.view_donor"],
        addresses=["proyectos:index*", "donantes:index*"],
    )
    watching.register(facilitators_of)
    watching.register_reach(shown_in_groups)


def shown_in_groups(person: Person) -> Q:
    """Return the looks at the page of a group since she came into it."""
    found = Q(pk__in=[])
    rows = Enrolment.objects.of(person).filter(cohort__isnull=False)
    for cohort, since in rows.values_list("cohort", "enrolled_at"):
        found |= Q(what__in=[GROUP, SCAN], group_id=cohort, at__gte=since)
    return found


def facilitators_of(person: Person) -> list[Watcher]:
    """Return who facilitates the groups in which a person learns, a line a group."""
    rows = Enrolment.objects.of(person).standing().filter(cohort__isnull=False)
    names = dict.fromkeys(rows.order_by("-pk").values_list("cohort__name", flat=True))
    return [
        Watcher(
            _("Who facilitates «%(group)s»") % {"group": name},
            _(
                "Your name on screen, how far you are, your attendance, whether a quiz was passed and how often it "
                "was tried. Never your answers or notes."
            ),
            _("Because you learn in this group."),
        )
        for name in names
    ]
