"""Which courses are somebody's own: whoever may publish its page decides a course's versions, groups and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import Course, CourseIndexPage, CoursePage, VersionProposal
from courses.staff.catalogue import MAY_BEGIN

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.query import PageQuerySet

    from accounts.models import User

RIGHTS = frozenset({"add", "change", "publish", "bulk_delete", "lock", "unlock"})


def pages_to_release(user: User) -> PageQuerySet:
    """Return the source-language pages of the courses whose versions `user` decides."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return CoursePage.objects.filter(
        pk__in=allowed.values("pk"),
        locale__language_code=settings.LANGUAGE_CODE,
        course__isnull=False,
        alias_of__isnull=True,
    ).select_related("course")


def own_courses(user: User) -> QuerySet[Course]:
    """Return the courses that `user` writes: those whose page, in whatever language, he may publish."""
    if user.is_superuser:
        return Course.objects.all()
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    pages = CoursePage.objects.filter(pk__in=allowed.values("pk"), course__isnull=False)
    return Course.objects.filter(pk__in=pages.values("course"))


def pages_to_translate(user: User) -> PageQuerySet:
    """Return the source-language pages of the courses that `user` may edit."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return CoursePage.objects.filter(
        pk__in=allowed.values("pk"),
        locale__language_code=settings.LANGUAGE_CODE,
        course__isnull=False,
        alias_of__isnull=True,
    ).select_related("course")


def may_see(user: User, page: Page) -> bool:
    """Say whether the admin may show `page` to `user`: of courses only those in which he has some right."""
    if not CoursePage.objects.ancestor_of(page, inclusive=True).exists():
        return True
    return PagePermissionPolicy().user_has_any_permission_for_instance(user, RIGHTS, page)


def without_foreign(user: User, pages: PageQuerySet) -> PageQuerySet:
    """Leave out the pages of courses in which `user` has no right."""
    if user.is_superuser:
        return pages
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, RIGHTS)
    for course in CoursePage.objects.exclude(pk__in=own.values("pk")):
        pages = pages.not_descendant_of(course, inclusive=True)
    return pages


def may_write_a_course(user: User) -> bool:
    """Say whether `user` may add a course to the catalogue."""
    # Of most readers of the admin their rights tell it before the catalogue is looked for.
    if not (PagePermissionPolicy().user_has_permission(user, "add") or user.has_perm(MAY_BEGIN)):
        return False
    index = CourseIndexPage.objects.order_by("path").first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def page_or_404(user: User, course_id: int) -> CoursePage:
    """Return the page of a course that `user` may release; other people's courses do not exist for him."""
    page = pages_to_release(user).filter(course_id=course_id).first()
    if page is None:
        raise Http404
    return page


def proposal_or_404(user: User, pk: int) -> tuple[VersionProposal, CoursePage]:
    """Return a proposal and the page of its course."""
    proposal = VersionProposal.objects.select_related("course").filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal, page_or_404(user, proposal.course_id)


def course_or_404(user: User, course_id: int) -> Course:
    """Return a course that `user` may release."""
    return page_or_404(user, course_id).record
