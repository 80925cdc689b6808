"""Logins in the Wagtail admin, in place of Wagtail's own user screens, which know neither people nor codes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, UsageView
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy

from accounts import looking, second_factor
from accounts.models import Person, User
from accounts.names import named
from accounts.staff.forms import LoginForm
from accounts.staff.paging import NearPagesMixin
from accounts.staff.seeing import LookedAtHistory, LookedAtMixin, LookedAtOne
from common.quiet import QuietViewSet


class NeverDelete(ModelPermissionPolicy):
    """Model permissions, but nobody deletes: records of learning stand behind every login."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Refuse deletion to everybody."""
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Refuse deletion to everybody."""
        return action != "delete" and super().user_has_permission_for_instance(user, action, instance)


class LoginIndex(LookedAtMixin, NearPagesMixin, IndexView):
    """The logins, staff first."""

    look = "logins"

    def get_base_queryset(self) -> QuerySet[User]:
        """Return the logins with their people."""
        return (
            User.objects.select_related("person").prefetch_related("groups").order_by("-is_staff", "username")
        )

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Look for a name without accents, and for the beginning of a code, a whole e-mail."""
        if not self.is_searching:
            return queryset
        said = self.search_query.strip()
        # What is no name is asked for by itself: beside a name in one question, no index of either would be used.
        if "@" in said:
            return queryset.alias(mail=Lower("email")).filter(mail=said.lower()).exclude(email="")
        coded = Q(username__startswith=said.replace("-", "").upper())
        if User.objects.filter(coded).exists():
            return queryset.filter(coded | Q(person__in=Person.objects.filter(named(said)).values("pk")))
        return queryset.filter(named(said, through="person__"))


class KeepsAdministrators:
    """Nobody but an administrator makes an administrator."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Drop the administrator's tick from everybody else's form."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # a mixin before a view
        if not self.request.user.is_superuser:
            form.fields["is_superuser"].disabled = True
        return form


class LoginCreate(KeepsAdministrators, CreateView):
    """Makes a login."""


class LoginEdit(KeepsAdministrators, EditView):
    """Changes a login."""

    def get_object(self, queryset: Any = None) -> User:
        """Return the login; an administrator's is refused to everybody who is none."""
        login = super().get_object(queryset)
        if login.is_superuser and not self.request.user.is_superuser:
            raise PermissionDenied
        looking.kept_person(self.request, "logins", login.person)
        return login

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the way to take off a lost second factor, for administrators."""
        buttons = list(super().header_more_buttons)
        if self.request.user.is_superuser and second_factor.of(self.object):
            address = reverse("second_factor_reset", args=[self.object.pk])
            buttons.append(
                Button(gettext("Take the second step off"), url=address, icon_name="key", priority=50)
            )
        return buttons


class LoginHistory(LookedAtHistory):
    """What was done with a login."""

    look = "logins"


class LoginUsage(LookedAtOne, UsageView):
    """Where a login is used."""

    look = "logins"


class LoginViewSet(QuietViewSet):
    """Lists, makes and changes logins. There is no deletion: a login is made inactive."""

    model = User
    icon = "user"
    menu_name = "logins"
    menu_label = _("Logins")
    menu_order = 600
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = LoginIndex
    add_view_class = LoginCreate
    edit_view_class = LoginEdit
    history_view_class = LoginHistory
    usage_view_class = LoginUsage
    copy_view_enabled = False
    inspect_view_enabled = False
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["username", "email", "person__display_name"]
    search_backend_name = None
    list_display = [
        TitleColumn("__str__", label=_("Person"), url_name="wagtailusers_users:edit"),
        Column("email", label=_("e-mail")),
        Column("username", label=_("personal code")),
        Column("is_staff", label=_("may open the editors' side")),
        Column("is_active", label=_("active")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[LoginForm]:
        """Return the one form for both."""
        return LoginForm

    @cached_property
    def permission_policy(self) -> NeverDelete:
        """Let model permissions decide, except on deletion."""
        return NeverDelete(self.model)
