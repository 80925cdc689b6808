"""Privacy requests in the Wagtail admin: what waits, until when, the answer, and erasing somebody who asked."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from accounts import asking, correcting, erasing, looking, privacy
from accounts.http import SignedRequest
from accounts.identifiers import users_named
from accounts.masking import pseudonym
from accounts.models import DataRequest, Person
from accounts.names import named
from accounts.sight import Sight, sight_of
from accounts.staff.left import place_of
from accounts.staff.seeing import LookedAtHistory, SeenIndexMixin, SightPolicy
from common.quiet import QuietViewSet
from programme.staff.columns import day_column
from programme.staff.people import staff_of

REFUSED_WORDS = {
    erasing.Reason.NOT_YOURS: gettext_lazy("You have no right to erase people. Ask an administrator."),
    erasing.Reason.LAST_ADMINISTRATOR: gettext_lazy(
        "This is the last administrator of the site. Make another one first."
    ),
}
ANSWERED = gettext_lazy("This request was answered already.")


WHAT = "requests"


class RequestPolicy(SightPolicy):
    """Who answers privacy requests sees those of people of her countries; Wagtail's own forms are closed."""

    def __init__(self) -> None:
        super().__init__(DataRequest, "person__country")

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for one action of Wagtail's views."""
        return action == "view" and user.is_active and user.has_perm("accounts.answer_data_request")

    def user_has_any_permission(self, user: Any, actions: object) -> bool:
        """Answer for several: only looking counts."""
        return self.user_has_permission(user, "view")


def _late(row: DataRequest) -> str:
    if row.state != DataRequest.State.OPEN:
        return ""
    days = (timezone.localdate() - row.due_on).days
    return _("%(days)d days late") % {"days": days} if days > 0 else ""


class RequestIndex(SeenIndexMixin, IndexView):
    """What waits longest stands first; downloads that people made themselves are left out."""

    template_name = "accounts/staff/requests.html"
    look = WHAT
    masks = {"person": lambda row: pseudonym(row.person)}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what erasures have left in the texts of others: who erases herself has nobody to tell."""
        return super().get_context_data(*args, **kwargs) | {
            "left": [place_of(left, staff_of(self.request)) for left in erasing.left_in_texts()]
        }

    def get_base_queryset(self) -> QuerySet[DataRequest]:
        """Return the requests of people of the reader's countries, in one query."""
        rows = super().get_base_queryset().exclude(kind=DataRequest.Kind.ACCESS).select_related("person")
        return rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")

    def search_queryset(self, queryset: QuerySet[DataRequest]) -> QuerySet[DataRequest]:
        """Search by name without accents."""
        return (
            queryset.filter(named(self.search_query, through="person__")) if self.is_searching else queryset
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer to write down what somebody asked by telephone or face to face."""
        address = reverse("solicitudes:note_down")
        return [HeaderButton(_("Write a request down"), url=address, icon_name="plus")]


class RequestHistory(LookedAtHistory):
    """What was done with a request, for who sees it."""

    look = WHAT

    def get_object(self, *args: Any, **kwargs: Any) -> DataRequest:
        """Return it if it is of a person of the reader's countries."""
        seen: QuerySet[DataRequest] = RequestPolicy().seen(staff_of(self.request))
        return get_object_or_404(seen, pk=self.pk)


class RequestViewSet(QuietViewSet):
    """Privacy requests."""

    model = DataRequest
    name = "solicitudes"
    icon = "lock"
    menu_label = gettext_lazy("Privacy requests")
    menu_name = "privacy-requests"
    menu_order = 610
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = RequestIndex
    history_view_class = RequestHistory
    form_fields: list[str] = []
    list_filter = ["state", "kind"]
    list_per_page = 50
    search_fields = ["person__display_name", "person__certificate_name"]
    search_backend_name = None
    list_display = [
        TitleColumn(
            "kind",
            label=gettext_lazy("what is asked"),
            accessor="get_kind_display",
            url_name="solicitudes:answer",
        ),
        Column("about", label=gettext_lazy("what it is about"), accessor="get_about_display"),
        Column("person", label=gettext_lazy("person")),
        day_column("asked_at", label=gettext_lazy("asked on")),
        day_column("due_on", label=gettext_lazy("answer by")),
        Column("late", label=gettext_lazy("late"), accessor=_late),
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
    ]

    @cached_property
    def permission_policy(self) -> RequestPolicy:
        """Close every form."""
        return RequestPolicy()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add answering, and writing down."""
        return [
            *super().get_urlpatterns(),
            path("responder/<int:pk>/", answer, name="answer"),
            path("anotar/", note_down, name="note_down"),
        ]


class AnswerForm(forms.Form):
    """What was done, in words that the person reads."""

    done = forms.TypedChoiceField(
        label=gettext_lazy("What was done"),
        choices=[("yes", gettext_lazy("It is done")), ("no", gettext_lazy("It is not done"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The person reads it. If it is not done, say why and to whom she may turn."),
    )

    def __init__(self, *args: Any, asked: DataRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corrected = correcting.fields_for(asked)
        self.fields.update(self.corrected)

    def values(self) -> dict[str, Any]:
        """Return what is to stand there from now on."""
        return {name: self.cleaned_data[name] for name in self.corrected}

    @property
    def to_correct(self) -> list[Any]:
        """Return the fields of what is to be corrected, for the page."""
        return [self[name] for name in self.corrected]


class NoteDownForm(forms.Form):
    """Whose request it is, and what she asks."""

    who = forms.CharField(
        label=gettext_lazy("Her e-mail, telephone or personal code"),
        max_length=254,
        help_text=gettext_lazy(
            "Make sure that it is she: ask for the code, or write to the e-mail that is kept."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("what is asked"),
        choices=[(kind, DataRequest.Kind(kind).label) for kind in asking.ASKED],
    )
    about = forms.ChoiceField(
        label=gettext_lazy("what it is about"),
        choices=[("", "—"), *DataRequest.About.choices],
        required=False,
    )
    wish = forms.CharField(
        label=gettext_lazy("in her words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight = sight

    def clean_who(self) -> Person:
        """Return the person whose account is named; of another country's it is not said that there is one."""
        users = [u for u in users_named(self.cleaned_data["who"]) if self.sight.reaches(u.person.country_id)]
        if not users:
            raise forms.ValidationError(_("No account has this e-mail, telephone or code."))
        return users[0].person


def answer(request: SignedRequest, pk: int) -> HttpResponse:
    """Show a request; answer it, or erase the person who asks for it."""
    _only_who_answers(request)
    rows = RequestPolicy().seen(request.user).exclude(kind=DataRequest.Kind.ACCESS)
    asked = get_object_or_404(rows.select_related("person__country"), pk=pk)
    looking.kept_person(request, WHAT, asked.person)
    if request.method == "POST" and "erase" in request.POST:
        return _erase(request, asked)
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=asked)
    if form.is_valid():
        said = form.cleaned_data
        try:
            correcting.answer(
                request=asked,
                by=request.user.person,
                done=said["done"],
                words=said["words"],
                values=form.values(),
            )
        except asking.AnswerRefused:
            messages.error(request, str(ANSWERED))
        else:
            messages.success(request, _("The answer is kept. The person reads it on her page."))
        return redirect("solicitudes:index")
    return _show(request, "accounts/staff/answer.html", _("Privacy request"), form, asked)


def _erase(request: SignedRequest, asked: DataRequest) -> HttpResponse:
    """Erase at her request: only where she asks for that, and it waits, and somebody ticked that it is meant."""
    waits = asked.kind == DataRequest.Kind.ERASURE and asked.state == DataRequest.State.OPEN
    if not waits or "sure" not in request.POST:
        messages.error(request, _("Nothing was erased."))
        return redirect("solicitudes:answer", asked.pk)
    try:
        erasure = erasing.erase(person=asked.person, by=request.user.person, reason=_("Erased."))
    except erasing.ErasureRefused as refusal:
        words = REFUSED_WORDS.get(refusal.reason) or _("Your own account is erased by another person.")
        messages.error(request, str(words))
        return redirect("solicitudes:answer", asked.pk)
    messages.success(request, _("The person is erased."))
    for each in erasure.residue:
        place = place_of(erasing.left_of(erasure, each), request.user)
        words = _("Her name still stands in «%(what)s» (%(where)s), %(rows)d times: look whether it must go.")
        buttons = [messages.button(link, str(at)) for at, link in enumerate(place.links, start=1)]
        said = words % {"what": place.what, "where": place.where, "rows": place.rows}
        messages.warning(request, said, buttons=buttons)
    return redirect("solicitudes:index")


def note_down(request: SignedRequest) -> HttpResponse:
    """Write down what somebody asked by telephone, by mail or face to face."""
    _only_who_answers(request)
    form = NoteDownForm(request.POST if request.method == "POST" else None, sight=sight_of(request.user))
    if form.is_valid():
        values = form.cleaned_data
        asked = asking.ask(
            person=values["who"],
            kind=values["kind"],
            about=values["about"],
            wish=values["wish"],
            by=request.user.person,
        )
        return redirect("solicitudes:answer", asked.pk)
    return _show(request, "accounts/staff/note_down.html", _("Write a request down"), form, None)


def _only_who_answers(request: SignedRequest) -> None:
    if not RequestPolicy().user_has_permission(request.user, "view"):
        raise Http404


def _show(
    request: SignedRequest, template: str, title: str, form: forms.Form, asked: DataRequest | None
) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("solicitudes:index"), "label": _("Privacy requests")},
        {"url": "", "label": title},
    ]
    context = {
        "header_title": title,
        "header_icon": "lock",
        "breadcrumbs_items": crumbs,
        "form": form,
        "asked": asked,
        "late": _late(asked) if asked else "",
        "kept": privacy.kept_words(),
        "may_erase": erasing.may_erase(request.user.person),
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
