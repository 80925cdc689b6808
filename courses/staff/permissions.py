"""Which courses are somebody's own: whoever may publish its page decides a course's versions, groups and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import Course, CoursePage, VersionProposal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def pages_to_release(user: User) -> QuerySet[CoursePage]:
    """Return the source-language pages of the courses whose versions `user` decides."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return CoursePage.objects.filter(
        pk__in=allowed.values("pk"), locale=Locale.get_default(), course__isnull=False, alias_of__isnull=True
    ).select_related("course")


def own_courses(user: User) -> QuerySet[Course]:
    """Return the courses that `user` writes: those whose page, in whatever language, he may publish."""
    if user.is_superuser:
        return Course.objects.all()
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    pages = CoursePage.objects.filter(pk__in=allowed.values("pk"), course__isnull=False)
    return Course.objects.filter(pk__in=pages.values("course"))


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
