"""Makes the groups of the people who work in the admin, once: what an administrator changes in them stays."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.starter import records

TRAINERS = gettext_noop("Trainers")
STAFF = gettext_noop("Programme staff")

ADMIN = ("wagtailadmin.access_admin",)
PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
COLLECTIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)


def _all(model: str, *actions: str) -> tuple[str, ...]:
    app, name = model.split(".")
    return tuple(f"{app}.{action}_{name}" for action in actions or ("add", "change", "delete"))


MODELS: dict[str, tuple[str, ...]] = {
    TRAINERS: (
        *ADMIN,
        *_all("assessments.question", "add", "change", "delete", "publish"),
        *_all("assessments.quiz", "add", "change", "delete", "publish"),
        *_all("courses.glossaryterm"),
        *_all("courses.source"),
        *_all("courses.topic"),
        *_all("media_library.recording"),
        *_all("learning.cohort"),
        *_all("learning.enrolmentcode"),
    ),
    STAFF: (
        *ADMIN,
        *_all("programme.supportline"),
        *_all("programme.identity", "change"),
        *_all("certificates.certificate", "view", "change"),
        *_all("institutions.institution"),
        *_all("learning.cohort"),
        *_all("learning.enrolmentcode"),
    ),
}


def make_groups(index: Page, report: records.Report) -> None:
    """Make both groups where they are missing; `index` is the catalogue, below which trainers write."""
    for name, permissions in MODELS.items():
        group, created = Group.objects.get_or_create(name=name)
        report.note(records.MADE if created else records.KEPT, name)
        if created:
            group.permissions.set(_permission(code) for code in permissions)
            if name == TRAINERS:
                _open_the_catalogue(group, index)


def _open_the_catalogue(group: Group, index: Page) -> None:
    root = Collection.get_first_root_node()
    for codename in PAGES:
        permission = _permission(f"wagtailcore.{codename}")
        GroupPagePermission.objects.get_or_create(group=group, page=index.page_ptr, permission=permission)
    for code in COLLECTIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(code)
        )


def _permission(code: str) -> Permission:
    app, codename = code.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
