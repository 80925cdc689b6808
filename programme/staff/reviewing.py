"""Says to whoever answers a page that waited for review what came of it, and to who opens one that came back, why.

Wagtail says to the first only that it was updated, and to the second nothing: the comment stands in a mail.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState


@hooks.register("before_edit_page")
def tell_what_is_asked(request: HttpRequest, page: Page) -> None:
    """Say to who opens a page that came back what was asked of her, by whom and when."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    asked = state.current_task_state
    if asked is None or asked.finished_at is None:
        return
    said = {
        "title": page.get_admin_display_title(),
        "who": str(asked.finished_by.person) if asked.finished_by else _("Somebody"),
        "day": date_format(localtime(asked.finished_at), "DATETIME_FORMAT"),
        "comment": asked.comment.strip(),
    }
    words = (
        _("«%(title)s» came back from %(who)s on %(day)s: «%(comment)s»")
        if said["comment"]
        else _("«%(title)s» came back from %(who)s on %(day)s, without a comment.")
    )
    messages.warning(request, words % said)


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
