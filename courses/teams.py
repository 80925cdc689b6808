"""Gives each course its team: a group with rights on the course's pages in every language, and on the collection in
which the course's questions, quizzes, pictures and other things lie. Every function may be called again at any time.

Rights are rows of Wagtail's own (a group's permission on a page, on a collection), so that Wagtail's screens ask them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale

from courses.models import Course, CoursePage, Team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

PAGES = tuple(
    f"wagtailcore.{action}_page" for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock")
)
DRAFTS = ("add", "change", "delete", "view", "publish", "lock", "unlock")
PLAIN = ("add", "change", "delete", "view")
SNIPPETS = {
    "assessments.question": DRAFTS,
    "assessments.quiz": DRAFTS,
    "media_library.recording": PLAIN,
    "courses.glossaryterm": PLAIN,
    "courses.source": PLAIN,
}
FILES = {
    "wagtailimages.image": ("add", "change", "choose"),
    "wagtaildocs.document": ("add", "change", "choose"),
}


def codes_of(things: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the names of permissions such as `assessments.add_quiz`."""
    split = [(*model.split("."), actions) for model, actions in things.items()]
    return [f"{app}.{action}_{model}" for app, model, actions in split for action in actions]


# Wagtail asks some of its screens (the menu «Publish», the translation editor) of the model and not of the thing: a
# team holds these too. They open nothing by themselves; what is whose is asked of the collection.
TOOLS = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation", *codes_of(SNIPPETS))
COLLECTION = codes_of(SNIPPETS | FILES)
# What trainers may do with what all courses share.
SHARED = (
    *codes_of(dict.fromkeys(SNIPPETS, ("view",))),
    *codes_of(dict.fromkeys(FILES, ("choose",))),
)


def permissions(codes: Iterable[str]) -> list[Permission]:
    """Return the permissions of these names."""
    wanted = {tuple(code.split(".")) for code in codes}
    rows = Permission.objects.select_related("content_type").filter(
        codename__in={name for _app, name in wanted}
    )
    return [row for row in rows if (row.content_type.app_label, row.codename) in wanted]


@transaction.atomic
def ensure_team(*, course: Course) -> Team:
    """Make what is missing of a course's team, and let its names follow the course's code."""
    team, _created = Team.objects.select_related("group", "collection").get_or_create(course=course)
    name = _name(course)
    _ensure_group(team, name)
    _ensure_collection(team, course.code or name)
    _ensure_rights(team, course)
    return team


@transaction.atomic
def ensure_shared() -> Collection:
    """Return the collection of what all courses share, made when it is missing."""
    team = Team.objects.select_related("collection").filter(course=None).order_by("pk").first()
    team = team or Team.objects.create(course=None)
    if team.collection is None:
        with override(settings.LANGUAGE_CODE):
            _ensure_collection(team, _("Shared by all courses"))
    return team.collection


def bank_of(code: str) -> Collection | None:
    """Return the collection in which the questions of a course lie, by its code; without one, what all courses share.

    None where there is no such course.
    """
    if not code:
        return ensure_shared()
    course = Course.objects.filter(code=code).first()
    return ensure_team(course=course).collection if course else None


def ensure_all() -> int:
    """Make what is missing of every team, from state; returns how many courses were looked at."""
    ensure_shared()
    rows = Course.objects.filter(pages__isnull=False).distinct()
    return len([ensure_team(course=course) for course in rows])


def join(*, user: User, course: Course) -> None:
    """Let somebody write a course with its team."""
    team = ensure_team(course=course)
    if team.group:
        user.groups.add(team.group)


def grant(*, group: Group, collection: Collection, codes: Iterable[str]) -> None:
    """Give a group rights on a collection, those that it has not yet."""
    rows = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    had = set(rows.values_list("permission", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in permissions(codes)
        if permission.pk not in had
    )


def _name(course: Course) -> str:
    """Return what the team is called in the site's first language: by the code, before there is one by the title."""
    called = course.code
    if not called:
        page = CoursePage.objects.filter(course=course, locale=Locale.get_default()).first()
        called = f"{page.title[:60]} ({str(course.key)[:8]})" if page else str(course.key)
    with override(settings.LANGUAGE_CODE):
        return _("Team %(course)s") % {"course": called}


def _ensure_group(team: Team, name: str) -> None:
    others = Group.objects.filter(name=name)
    if (others.exclude(pk=team.group.pk) if team.group else others).exists():
        name = f"{name} · {team.pk}"
    if team.group is None:
        team.group = Group.objects.create(name=name)
        team.save(update_fields=["group"])
    elif team.group.name != name:
        team.group.name = name
        team.group.save(update_fields=["name"])


def _ensure_collection(team: Team, name: str) -> None:
    if team.collection is None:
        # A collection that was renamed stands out of order, and Wagtail's sorted tree then takes a path that is taken.
        Collection.fix_tree(fix_paths=True)
        root = Collection.get_first_root_node()
        team.collection = root.add_child(instance=Collection(name=name))
        team.save(update_fields=["collection"])
    elif team.course_id and team.collection.name != name:
        team.collection.name = name
        team.collection.save(update_fields=["name"])


def _ensure_rights(team: Team, course: Course) -> None:
    group, collection = team.group, team.collection
    if group is None or collection is None:
        return
    had = set(group.permissions.values_list("pk", flat=True))
    group.permissions.add(*(tool for tool in permissions(TOOLS) if tool.pk not in had))
    grant(group=group, collection=collection, codes=COLLECTION)
    held = set(GroupPagePermission.objects.filter(group=group).values_list("page", "permission"))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission=permission)
        for page in CoursePage.objects.filter(course=course).values_list("pk", flat=True)
        for permission in permissions(PAGES)
        if (page, permission.pk) not in held
    )
