"""Whose groups and enrolment codes somebody sees and makes: a trainer those of own courses, programme staff all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from accounts.sight import sight_of
from courses.staff.permissions import own_courses

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

ALL = ("learning.add_cohort", "learning.change_cohort")
# The fields that lead from a cohort or a code to its country.
COUNTRIES = {
    "cohort": ("country", "institution__country"),
    "enrolmentcode": ("institution__country", "cohort__country", "cohort__institution__country"),
}
MAKING = frozenset({"add", "change", "delete", "view"})


def courses_for(user: User) -> QuerySet[Any]:
    """Return the courses for which `user` makes groups and codes."""
    courses = own_courses(user)
    return courses.model.objects.all() if user.has_perms(ALL) else courses


class OwnCourses(ModelPermissionPolicy):
    """Asks of the course of a cohort or code. Django's permissions of the model reach over all courses."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Say whether she may with some of them: as staff, or because she writes a course."""
        return super().user_has_permission(user, action) or (action in MAKING and own_courses(user).exists())

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Say whether she may one of `actions` with some of them."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        """Say whether she may with this one."""
        if super().user_has_permission(user, action) and self._sees(user, instance):
            return True
        return action in MAKING and own_courses(user).filter(pk=instance.course_id).exists()

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Any) -> bool:
        """Say whether she may one of `actions` with this one."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return those with which she may one of `actions`."""
        if any(super(OwnCourses, self).user_has_permission(user, action) for action in actions):
            return self.seen(user)
        return self._of_own_courses(user)

    def seen(self, user: User) -> QuerySet[Any]:
        """Return those of the countries that she sees, and those of own courses wherever they are."""
        sight, rows = sight_of(user), self.model._default_manager.all()
        if sight.whole:
            return rows
        return sight.within(rows, *COUNTRIES[self.model._meta.model_name]) | self._of_own_courses(user)

    def _of_own_courses(self, user: User) -> QuerySet[Any]:
        return self.model._default_manager.filter(course__in=own_courses(user))

    def _sees(self, user: User, instance: Any) -> bool:
        return sight_of(user).whole or self.seen(user).filter(pk=instance.pk).exists()

    def own(self, user: User) -> QuerySet[Any]:
        """Return those that she sees."""
        return self.instances_user_has_any_permission_for(user, MAKING)
