"""The trainer's screen for questions that come from other programs and go there."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.models import Collection

from assessments.exchange.files import MOST_BYTES, WAYS, Format, format_of
from assessments.exchange.giving import given
from assessments.exchange.items import BadFile, Why
from assessments.exchange.taking import Report, take_file
from assessments.exchange.words import say
from assessments.models import Question
from media_library.belonging import policy_of, readable

if TYPE_CHECKING:
    from accounts.models import User

# What was looked at goes along in the form, where it is small: nothing of it lies anywhere until it is taken.
CARRIED = 1_400_000
NAMES = {
    Format.MOODLE: gettext_lazy("Moodle XML: everything, with pictures"),
    Format.GIFT: gettext_lazy("GIFT: text alone, no pictures"),
    Format.QTI: gettext_lazy("QTI 2.2: a package for other programs"),
}


class TakeForm(forms.Form):
    """A file, and the course whose bank takes it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Moodle XML (.xml), GIFT (.txt) or QTI (.xml, .zip), up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.txt,.gift,.zip"}),
    )
    collection = forms.ModelChoiceField(
        label=gettext_lazy("Course"),
        queryset=Collection.objects.none(),
        empty_label=gettext_lazy("— choose the course —"),
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField", self.fields["collection"])
        field.queryset = offered
        if len(offered) == 1:
            field.initial, field.empty_label = offered[0], None

    def clean(self) -> dict[str, Any]:
        """Keep the bytes of the file that was chosen now, or of the one that was looked at."""
        said = super().clean() or {}
        file = said.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", say(Why.TOO_LARGE))
            return said
        said["data"] = file.read() if file is not None else unpacked(said.get("carried", ""))
        if not said["data"] and not self.errors:
            self.add_error("file", _("Choose the file."))
        return said


def packed(data: bytes) -> str:
    """Return a file as a form carries it; nothing for one that is too large for it."""
    text = base64.b64encode(zlib.compress(data)).decode()
    return text if len(text) <= CARRIED else ""


def unpacked(text: str) -> bytes:
    """Return what `packed` made; nothing for what it did not make. No more than a file may have."""
    try:
        unpacker = zlib.decompressobj()
        return unpacker.decompress(base64.b64decode(text, validate=True), MOST_BYTES + 1)
    except (zlib.error, binascii.Error, ValueError):
        return b""


def banks(user: User) -> Any:
    """Return the collections in which somebody may add questions."""
    return policy_of(Question).collections_user_has_permission_for(user, "add").order_by("name")


@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Look through a file, and take what it holds as drafts."""
    user = cast("User", request.user)
    offered = banks(user)
    if not offered:
        raise PermissionDenied
    sent = request.method == "POST"
    form = TakeForm(request.POST if sent else None, request.FILES if sent else None, offered=offered)
    report: Report | None = None
    if sent and form.is_valid():
        report = _report(request, form, user)
        if report is not None and "take" in request.POST:
            return redirect("wagtailsnippets_assessments_question:list")
    context = {
        **_heads(_("Bring questions and take them along")),
        "form": form,
        "report": report,
        "carried": packed(form.cleaned_data["data"]) if report else "",
        "formats": [(each.value, words) for each, words in NAMES.items()],
    }
    return render(request, "assessments/staff/exchange.html", context, status=400 if form.errors else 200)


def _report(request: HttpRequest, form: TakeForm, user: User) -> Report | None:
    data, file = form.cleaned_data["data"], form.cleaned_data.get("file")
    try:
        report = take_file(
            data=data,
            form=format_of(file.name if file else "", data),
            collection=form.cleaned_data["collection"],
            by=user,
            apply="take" in request.POST,
        )
    except BadFile as bad:
        where = f" ({bad.where})" if bad.where else ""
        form.add_error("file", f"{say(bad.why)}{where}")
        return None
    if "take" in request.POST:
        words = ngettext(
            "%(n)s question was taken as a draft: no quiz asks it yet.",
            "%(n)s questions were taken as drafts: no quiz asks them yet.",
            report.made,
        )
        messages.success(request, words % {"n": report.made})
    return report


@require_GET
def exchange_file(request: HttpRequest) -> HttpResponse:
    """Write the questions of a bank, or of all that the reader may read, as a file."""
    user = cast("User", request.user)
    if not banks(user):
        raise PermissionDenied
    try:
        form = Format(request.GET.get("format", ""))
    except ValueError:
        raise Http404 from None
    questions = readable(Question, user)
    if whose := request.GET.get("collection", ""):
        if not whose.isascii() or not whose.isdigit() or not banks(user).filter(pk=int(whose[:9])).exists():
            raise Http404
        questions = questions.filter(collection=int(whose[:9]))
    way = WAYS[form]
    data, _told = way.write(given(questions))
    answer = HttpResponse(data, content_type=way.content_type)
    answer["Content-Disposition"] = f'attachment; filename="preguntas.{way.ending}"'
    return answer


def _heads(title: str) -> dict[str, Any]:
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailsnippets_assessments_question:list"), "label": _("Question bank")},
            {"url": "", "label": title},
        ],
    }
