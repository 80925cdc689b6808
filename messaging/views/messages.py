"""What who facilitates or coordinates does: writes to a group or one of it, and sees what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits, looking, notices
from accounts.http import SignedRequest
from accounts.models import Role
from learning.models import Cohort, Session
from learning.opened import GROUP
from learning.running import runs
from messaging import writing
from messaging.forms import MessageForm
from messaging.models import Message, To
from messaging.naming import names_for, naming_words
from messaging.patterns import worded
from messaging.queries import (
    WriteScreen,
    message_screen,
    messages_screen,
    paste_screen,
    previews,
    write_screen,
)
from messaging.words import REFUSALS

if TYPE_CHECKING:
    from accounts.models import Person

# Nobody writes to her group so often; who took somebody's session over does.
MESSAGES_AN_HOUR = limits.Limit("messages", 30, 60 * 60)


def cohort_or_404(request: SignedRequest, key: UUID) -> Cohort:
    """Return a group that the reader facilitates or coordinates, or raise 404."""
    row = get_object_or_404(Cohort.objects.select_related("course", "institution", "country"), key=key)
    if not runs(request.person, row):
        raise Http404
    return row


def message_or_404(request: SignedRequest, key: UUID) -> Message:
    """Return a message to such a group, or raise 404."""
    rows = Message.objects.select_related("cohort__course", "cohort__institution", "by", "person", "session")
    row = get_object_or_404(rows, key=key)
    if not runs(request.person, row.cohort):
        raise Http404
    return row


def _facilitates(request: SignedRequest, cohort: Cohort) -> bool:
    return Cohort.objects.facilitated_by(request.person).filter(pk=cohort.pk).exists()


def _looked(request: SignedRequest, cohort: Cohort, rows: int) -> None:
    role = Role.FACILITATOR if _facilitates(request, cohort) else ""
    looking.kept_list(request, GROUP, rows=rows, role=role, group_id=cohort.pk)


@login_required
@require_safe
def messages_of(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """List the messages of a group, and who of it is reached by none."""
    row = cohort_or_404(request, cohort)
    view = messages_screen(row, facilitates=_facilitates(request, row))
    _looked(request, row, len(view.without) + len(view.refusing))
    return render(request, "messaging/messages.html", {"view": view})


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Write a message: a first press shows it as it will be read, a second one sends it."""
    row = cohort_or_404(request, cohort)
    one = _one(request, row)
    screen = write_screen(row, one)
    sent = request.POST if request.method == "POST" else None
    form = MessageForm(
        sent, cohort=row, languages=screen.languages, one=one is not None, initial=_begun(request, screen)
    )
    context: dict[str, Any] = {"view": screen, "form": form}
    if not form.is_valid():
        return render(request, "messaging/write.html", context, status=400 if form.errors else 200)
    if request.POST.get("act") == "send":
        return _send(request, screen, form)
    context["previews"] = _previews(request, screen, form)
    context["telling"] = _telling(screen, form)
    return render(request, "messaging/write.html", context)


def _one(request: SignedRequest, cohort: Cohort) -> Person | None:
    """Return the one person of the group to whom the address says that it goes; none where it names nobody."""
    asked = request.GET.get("a", "")
    if not asked:
        return None
    try:
        rows = cohort.enrolments.standing().filter(key=UUID(asked), person__erased_at__isnull=True)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(rows.select_related("person__canonical")).person.kept


def _begun(request: SignedRequest, screen: WriteScreen) -> dict[str, Any]:
    """Return what the form begins with: the text that was chosen, in each language."""
    begun: dict[str, Any] = {"key": screen.fresh, "session": request.GET.get("sesion", "")}
    chosen = request.GET.get("texto", "")
    if chosen == "unfinished":
        begun["to"] = To.UNFINISHED
    for code in screen.languages if chosen else ():
        names = names_for(screen.cohort, screen.cohort.course, code)
        begun[f"subject_{code}"], begun[f"body_{code}"] = worded(chosen, names, code)
    return begun


def _to(screen: WriteScreen, form: MessageForm) -> str:
    return To.PERSON if screen.one else form.cleaned_data["to"]


def _previews(request: SignedRequest, screen: WriteScreen, form: MessageForm) -> Any:
    people = writing.readers(screen.cohort, _to(screen, form), screen.one)
    texts, session = form.texts(form.cleaned_data), form.cleaned_data["session"]
    return previews(screen.cohort, people, texts, by=request.person, session=session)


def _telling(screen: WriteScreen, form: MessageForm) -> tuple[str, ...]:
    """Return the words by which the message may tell what a sensitive course is about."""
    texts = form.texts(form.cleaned_data)
    languages = [code for code, _name in settings.LANGUAGES]
    said = (part for text in texts for part in (text.subject, text.body))
    return naming_words(screen.cohort.course, said, languages)


def _send(request: SignedRequest, screen: WriteScreen, form: MessageForm) -> HttpResponse:
    try:
        limits.spend(MESSAGES_AN_HOUR, str(request.person.pk))
        made = writing.write_message(
            cohort=screen.cohort,
            to=_to(screen, form),
            texts=form.texts(form.cleaned_data),
            by=request.person,
            person=screen.one,
            session=form.cleaned_data["session"],
            key=form.cleaned_data["key"],
        )
    except limits.TooMany as refusal:
        form.add_error(None, notices.wait(refusal.minutes))
        return render(request, "messaging/write.html", {"view": screen, "form": form}, status=429)
    except writing.Refused as refused:
        form.add_error(None, str(REFUSALS[refused.reason]))
        return render(request, "messaging/write.html", {"view": screen, "form": form}, status=400)
    if made.cohort_id != screen.cohort.pk:
        # The number in the form is of a message that somebody wrote to another group.
        raise Http404
    messages.success(request, _("It is on its way. Below you see whom it reaches."))
    return redirect("messaging:message", message=made.key)


@login_required
@require_safe
def message(request: SignedRequest, message: UUID) -> HttpResponse:
    """Show one message, whom it reached, whom not and why."""
    row = message_or_404(request, message)
    view = message_screen(row)
    _looked(request, row.cohort, len(view.lines))
    return render(request, "messaging/message.html", {"view": view})


@login_required
@require_POST
def again(request: SignedRequest, message: UUID) -> HttpResponse:
    """Send a message again to those whom it did not reach."""
    row = message_or_404(request, message)
    count = writing.write_again(message=row, by=request.person, unsure="unsure" in request.POST)
    if count:
        words = ngettext("Sent again to %(n)s person.", "Sent again to %(n)s people.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.info(request, _("There is nobody to whom it can be sent again."))
    return redirect("messaging:message", message=row.key)


@login_required
@require_safe
def paste(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show a text for the group's chat, without anybody's name."""
    row = cohort_or_404(request, cohort)
    return render(request, "messaging/paste.html", {"view": paste_screen(row, _session(request, row))})


def _session(request: SignedRequest, cohort: Cohort) -> Session | None:
    asked = request.GET.get("sesion", "")
    if not asked:
        return None
    try:
        return get_object_or_404(cohort.sessions.all(), key=UUID(asked))
    except ValueError:
        raise Http404 from None
