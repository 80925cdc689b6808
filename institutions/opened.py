"""Opens this room's screens to duties: coordinators keep the institutions of their countries, others look on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import disclosures, rights
from accounts.models import DutyKind

LOOKING = ("instituciones:index", "instituciones:index_results", "instituciones:inspect", "catalogo-oficial:index",
           "catalogo-oficial:index_results", "catalogo-oficial:inspect")  # fmt: skip


def register() -> None:
    """Say what each duty may do here."""
    for kind in (DutyKind.COORDINATOR, DutyKind.MONITOR, DutyKind.AUDITOR):
        rights.allow(
            kind,
            permissions=("institutions.view_institution", "institutions.view_officialbody"),
            addresses=LOOKING,
        )
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=(
            "institutions.add_institution",
            "institutions.change_institution",
            "institutions.see_shelter_place",
        ),
        addresses=("instituciones:history", "instituciones:history_results"),
        posts=(
            "instituciones:add",
            "instituciones:edit",
            "instituciones:rename",
            "instituciones:former_name",
            "instituciones:forget_name",
            "instituciones:successor",
            "instituciones:merge",
            "instituciones:unmerge",
            "instituciones:units",
            "instituciones:place",
            "catalogo-oficial:make",
        ),
    )
    disclosures.call("shelter_place", _("The exact place of a shelter"))
