"""The days on which something goes live or is gone: set and put in force by one button, and said where they are not.

Wagtail notes the days that are saved, and follows only those with which somebody published.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.panels import Panel, PublishingPanel
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import DraftStateMixin, Page, Revision

from common import clock


def schedule_panel() -> PublishingPanel:
    """Return Wagtail's panel of the two days, with the button that publishes by them."""
    return PublishingPanel(children=[*PublishingPanel().children, PublishByDays()])


class PublishByDays(Panel):
    """The button. What was never saved has none: it is published from its own form."""

    class BoundPanel(Panel.BoundPanel):
        """The button in the form of one thing."""

        template_name = "programme/staff/publish_by_days.html"

        def is_shown(self) -> bool:
            """Say whether the reader may publish it."""
            return bool(self.instance.pk) and _may_publish(self.request.user, self.instance)


def _may_publish(user: Any, thing: Any) -> bool:
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_publish())
    names = thing._meta.app_label, get_permission_codename("publish", thing._meta)
    return bool(user.has_perm(".".join(names)))


def only_noted(thing: DraftStateMixin) -> bool:
    """Say whether the newest draft names days that are still to come, and nobody has published with them."""
    days = (thing.go_live_at, thing.expire_at)
    if not any(day and day > clock.now() for day in days):
        return False
    newest = Revision.objects.for_instance(thing).order_by("-created_at", "-pk").first()
    if newest is None or newest.approved_go_live_at:
        return False
    return not type(thing)._base_manager.filter(pk=thing.pk, live_revision=newest).exists()


@hooks.register("after_publish_page")
@hooks.register("after_publish_snippet")
def tell_when(request: HttpRequest, thing: Any) -> None:
    """Say to who published with a day when it goes live: then, or now where the day is past."""
    typed = forms.DateTimeField(required=False, widget=AdminDateTimeInput)
    try:
        day = typed.clean(request.POST.get("go_live_at", ""))
    except forms.ValidationError:
        return
    if day is None:
        return
    when = date_format(timezone.localtime(day), "DATETIME_FORMAT")
    if day > clock.now():
        said = _("«%(title)s» goes live on %(when)s (%(zone)s). Until then people read what they read today.")
        messages.info(
            request, said % {"title": thing, "when": when, "zone": timezone.get_current_timezone_name()}
        )
    elif day.date() < timezone.localdate():
        said = _("The day on which «%(title)s» should go live, %(when)s, is past: it went live at once.")
        messages.warning(request, said % {"title": thing, "when": when})


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_of_days(request: HttpRequest, thing: Any) -> None:
    """Say to who saved days that they do nothing yet."""
    if isinstance(thing, DraftStateMixin) and request.accepts("text/html") and only_noted(thing):
        said = _(
            "The days of «%(title)s» are only noted: nothing happens on them until somebody publishes it with them."
        )
        messages.warning(request, said % {"title": thing})
