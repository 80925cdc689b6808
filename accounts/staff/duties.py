"""The screens on which administrators see, grant and end duties; auditors read them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from accounts import duties
from accounts.http import SignedRequest
from accounts.models import Duty
from accounts.sight import sight_of
from accounts.staff.duty_forms import WORDS, EndForm, GrantForm
from common.quiet import QuietViewSet
from programme.staff.columns import day_column


class DutyPolicy(ModelPermissionPolicy):
    """Looking takes the right to view; granting is an administrator's, whatever groups say; nothing is changed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for one action of Wagtail's views."""
        if action == "add":
            return bool(user.is_active and user.is_superuser)
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Answer for several."""
        return any(self.user_has_permission(user, action) for action in actions)

    def seen(self, user: Any) -> QuerySet[Duty]:
        """Return the duties of the countries that she sees; those over the whole programme are there in each."""
        sight = sight_of(user)
        rows = Duty.objects.select_related("person", "country", "granted_by")
        if sight.whole:
            return rows
        there = Q(country__in=sight.countries) | Q(country__isnull=True)
        return rows.filter(there) if sight.countries else rows.none()


def state_of(duty: Duty) -> str:
    """Return in a word whether a duty counts today."""
    today = timezone.localdate()
    if duty.ended_at:
        return _("Ended")
    if duty.starts_on > today:
        return _("Not begun")
    return _("Over") if duty.ends_on and duty.ends_on < today else _("In force")


def _where(duty: Duty) -> str:
    return str(duty.country) if duty.country else _("The whole programme")


class DutyIndex(IndexView):
    """The duties, the newest first."""

    def get_base_queryset(self) -> QuerySet[Duty]:
        """Keep what is seen."""
        return self.permission_policy.seen(self.request.user)


class DutyInspect(InspectView):
    """One duty, with the way to end it."""

    def get_object(self, queryset: Any = None) -> Duty:
        """Return one that is seen; to others there is none."""
        return get_object_or_404(self.permission_policy.seen(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer the end to administrators."""
        if not self.request.user.is_superuser or self.object.ended_at:
            return []
        address = reverse("encargos:end", args=[self.object.pk])
        return [HeaderButton(_("End this duty"), url=address, icon_name="cross")]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return a dash for what there is not."""
        return super().get_field_display_value(field_name, field) or "—"


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask why, and end it at once."""
    if not request.user.is_superuser:
        raise PermissionDenied
    duty = get_object_or_404(Duty.objects.select_related("person", "country"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            duties.end(duty=duty, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(
                request, _("The duty has ended. Whatever she has open is closed to her from now on.")
            )
        except duties.Refused as refusal:
            messages.error(request, WORDS[refusal.reason])
        return redirect("encargos:index")
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("encargos:index"), "label": _("Duties")},
        {"url": "", "label": _("End this duty")},
    ]
    context = {
        "header_title": _("End this duty"),
        "header_icon": "cross",
        "breadcrumbs_items": crumbs,
        "duty": duty,
        "where": _where(duty),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/staff/duty_end.html", context, status=status)


class DutyViewSet(QuietViewSet):
    """Lists and grants duties. None is changed or deleted: what somebody could see at which time stays readable."""

    model = Duty
    name = "encargos"
    icon = "user"
    menu_label = gettext_lazy("Duties")
    menu_name = "duties"
    menu_order = 610
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = DutyIndex
    inspect_view_class = DutyInspect
    inspect_view_enabled = True
    copy_view_enabled = False
    list_filter = ["kind", "country"]
    search_fields = ["person__display_name", "person__certificate_name"]
    search_backend_name = None
    ordering = ["-granted_at"]
    list_per_page = 50
    list_display = [
        TitleColumn("person", label=gettext_lazy("Person"), url_name="encargos:inspect"),
        Column("kind", label=gettext_lazy("duty"), accessor="get_kind_display", sort_key="kind"),
        Column("country", label=gettext_lazy("country"), accessor=_where),
        day_column("starts_on", label=gettext_lazy("from")),
        day_column("ends_on", label=gettext_lazy("last day")),
        Column("state", label=gettext_lazy("state"), accessor=state_of),
        Column("granted_by", label=gettext_lazy("granted by"), accessor=lambda duty: duty.granted_by or ""),
    ]
    inspect_view_fields = [
        "person",
        "kind",
        "country",
        "starts_on",
        "ends_on",
        "reason",
        "granted_by",
        "granted_at",
        "ended_at",
        "ended_by",
        "end_reason",
    ]

    def get_form_class(self, for_update: bool = False) -> type[GrantForm]:
        """Return the one form."""
        return GrantForm

    @cached_property
    def permission_policy(self) -> DutyPolicy:
        """Close what changes."""
        return DutyPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address of the end."""
        return [*super().get_urlpatterns(), path("terminar/<int:pk>/", end, name="end")]
