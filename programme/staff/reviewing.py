"""Says to whoever answers a page that waited for review what came of it: Wagtail says only that it was updated."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


@hooks.register("after_edit_page")
def tell_what_came_of_it(request: HttpRequest, page: Page) -> None:
    """Say whether it is published now, waits for somebody else, or went back."""
    if "action-workflow-action" not in request.POST:
        return
    said = {"title": page.get_admin_display_title()}
    if request.POST.get("workflow-action-name") == "reject":
        words = _(
            "«%(title)s» went back with your words to who handed it in. What is published stays as it was."
        )
        messages.info(request, words % said)
        return
    now = Page.objects.get(pk=page.pk)
    if now.current_workflow_state:
        words = _("You approved «%(title)s». It waits for the next review, and is not published yet.")
    elif now.approved_schedule:
        words = _("You approved «%(title)s». It goes live on the day that it says.")
    else:
        words = _("You approved «%(title)s», and it is published.")
    messages.info(request, words % said)
