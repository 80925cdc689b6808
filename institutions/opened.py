"""Opens this room's screens to duties, and says which focal points see something of a person."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import consents, disclosures, rights, watching
from accounts.models import Consent, DutyKind, Person
from accounts.watching import Watcher
from institutions.models import Membership, MembershipState

FOCAL_POINTS = "focal_points"
OWN_PAGE = "own_institution"
LIST = ["instituciones:index*", "instituciones:inspect"]
AGREEMENTS = (
    "convenios:index",
    "convenios:index_results",
    "convenios:inspect",
    "convenios:paper",
    "convenios:addendum_paper",
    "convenios:former_paper",
    "convenios:dossier",
    "convenios:dossier_of",
    "asesorias:index",
    "asesorias:index_results",
    "asesorias:inspect",
    "asesorias:pending",
)


def register() -> None:
    """Let coordinators keep the institutions of their countries, others read them."""
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=[f"institutions.{act}_institution" for act in ("add", "change", "view")]
        + ["institutions.see_shelter_place"],
        posts=["instituciones:*", "wagtail_bulk_action"],
    )
    rights.allow(
        DutyKind.MONITOR,
        DutyKind.AUDITOR,
        permissions=["institutions.view_institution"],
        addresses=LIST,
        posts=["instituciones:index*"],
    )
    disclosures.call("institutions", gettext_lazy("Institutions"))
    disclosures.call(OWN_PAGE, gettext_lazy("Page of an institution, of its people"))
    disclosures.call(FOCAL_POINTS, gettext_lazy("Focal points of an institution"))
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=[
            "institutions.change_membership",
            "accounts.add_personmerge",
            "accounts.view_personmerge",
        ],
        posts=["duplicados:*"],
    )
    rights.allow(
        DutyKind.AUDITOR,
        permissions=["accounts.view_personmerge"],
        addresses=["duplicados:index", "duplicados:pair", "duplicados:merges", "duplicados:decided"],
    )
    disclosures.call("people.search", gettext_lazy("Search for a person"))
    disclosures.call("people.duplicates", gettext_lazy("Possible duplicates"))
    rights.allow(
        *DutyKind,
        permissions=["institutions.view_officialbody"],
        addresses=["catalogo-oficial:index*", "catalogo-oficial:inspect"],
    )
    rights.allow(DutyKind.COORDINATOR, posts=["catalogo-oficial:make"])
    _agreements()
    disclosures.call("shelter_place", gettext_lazy("The exact place of a shelter"))
    watching.register(employers_of)
    watching.register_reach(shown_at_work)


def shown_at_work(person: Person) -> Q:
    """Return the looks at the page of an institution while she stood on it, whichever of its records it was."""
    found = Q(pk__in=[])
    rows = Membership.objects.of(person).exclude(state=MembershipState.REFUSED).select_related("institution")
    for row in rows:
        then = Q(at__date__gte=row.starts_on)
        then &= Q(at__date__lte=row.ends_on) if row.ends_on else Q()
        found |= then & Q(
            what=OWN_PAGE, institution_id__in={row.institution_id, row.institution.canonical_id}
        )
    return found


def employers_of(person: Person) -> list[Watcher]:
    """Return what the focal points of the places where she works see: whether it is confirmed and shared decides."""
    here = Membership.objects.of(person).working().standing().filter(ends_on__isnull=True)
    shares = consents.allows(person, Consent.Purpose.SHARE_EMPLOYER)
    places = {row.institution.name: row for row in here.select_related("institution").order_by("pk")}
    return [_employer(name, row, shares=shares) for name, row in places.items()]


def _employer(name: str, row: Membership, *, shares: bool) -> Watcher:
    who = _("Who speaks for %(institution)s") % {"institution": name}
    if row.state != MembershipState.CONFIRMED:
        return Watcher(
            who,
            _(
                "Your name on screen, what you do and since when you say that you work there, to confirm it."
                " Nothing else."
            ),
        )
    if shares:
        return Watcher(
            who,
            _(
                "Your name on screen, what you do and since when you work there; whether you completed a course,"
                " and the certificate. Never points, tries or answers."
            ),
            _("Because you allow it. You can take it back at any time."),
        )
    return Watcher(
        who,
        _(
            "Your name on screen, what you do and since when you work there; and only of courses that it proposed"
            " to you and you accepted: whether you completed them, and the certificate."
        ),
        _("You have not allowed more."),
    )


def _agreements() -> None:
    rights.allow(
        DutyKind.MONITOR,
        DutyKind.AUDITOR,
        permissions=("institutions.view_agreement", "institutions.view_advicerecord"),
        addresses=AGREEMENTS,
    )
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=[
            f"institutions.{act}_{model}"
            for act in ("add", "change", "view")
            for model in ("agreement", "advicerecord")
        ],
        addresses=(*AGREEMENTS, "elegir_institucion:*", "elegir_convenio:*"),
        posts=(
            "convenios:add",
            "convenios:edit",
            "convenios:renew",
            "asesorias:add",
            "asesorias:edit",
            "asesorias:finish",
        ),
    )
