"""Makes the groups of the people who work in the admin, once: what an administrator changes in them stays.

What a trainer may do with a course comes from the course's team (`courses.teams`), not from here.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.utils.translation import gettext_noop

from courses import teams
from home.starter import records

TRAINERS = gettext_noop("Trainers")
STAFF = gettext_noop("Programme staff")

ADMIN = ("wagtailadmin.access_admin",)


def _all(model: str, *actions: str) -> tuple[str, ...]:
    app, name = model.split(".")
    return tuple(f"{app}.{action}_{name}" for action in actions or ("add", "change", "delete"))


MODELS: dict[str, tuple[str, ...]] = {
    TRAINERS: (*ADMIN, *_all("courses.course", "add")),
    STAFF: (
        *ADMIN,
        *_all("programme.supportline"),
        *_all("programme.identity", "change"),
        *_all("certificates.certificate", "view", "change"),
        *_all("institutions.institution"),
        *_all("institutions.agreement"),
        *_all("institutions.advicerecord"),
        *_all("institutions.membership", "change"),
        *_all("accounts.personmerge", "add", "view"),
        *_all("accounts.person", "view"),
        *_all("institutions.officialbody", "add", "change", "view"),
        *_all("learning.cohort"),
        *_all("learning.enrolmentcode"),
        *_all("courses.topic"),
        "accounts.answer_data_request",
        "accounts.erase_person",
        *teams.codes_of(teams.SNIPPETS),
    ),
}
# On the collection of what all courses share.
SHARED = {TRAINERS: teams.SHARED, STAFF: teams.COLLECTION}


def make_groups(report: records.Report) -> None:
    """Make both groups where they are missing."""
    shared = teams.ensure_shared()
    for name, codes in MODELS.items():
        group, created = Group.objects.get_or_create(name=name)
        report.note(records.MADE if created else records.KEPT, name)
        if created:
            group.permissions.set(teams.permissions(codes))
            teams.grant(group=group, collection=shared, codes=SHARED[name])
