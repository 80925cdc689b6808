"""Sends a list of the admin as a file, to whoever says what for; who took it, when and why is kept.

One queryset answers the screen and the file: filters, search and order of the address count for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import disclosures, looking
from accounts.models import Act, Disclosure
from common import workbook
from common.tables import safe_cell

if TYPE_CHECKING:
    from django.db.models import QuerySet

CSV, XLSX = "csv", "xlsx"
A_CHUNK = 1_000
# The first rows leave at once.
FIRST = 100
# More than this, and the file takes minutes to come.
MANY = 20_000


class ExportForm(forms.Form):
    """What the file is for, and of which kind it is."""

    reason = forms.CharField(
        label=gettext_lazy("What do you need this file for?"),
        help_text=gettext_lazy(
            "It is kept with your name, and the people in the file can read that it was made. Name nobody here."
        ),
        min_length=disclosures.REASON_LENGTH,
        max_length=disclosures.REASON_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(CSV, "CSV"), (XLSX, gettext_lazy("Excel (XLSX)"))],
        initial=CSV,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def clean_format(self) -> str:
        """Refuse as Excel what Excel would cut off: nobody would see that the last rows are missing."""
        kind: str = self.cleaned_data["format"]
        if kind == XLSX and self.rows >= workbook.MOST_ROWS:
            said = _(
                "A sheet of Excel holds %(most)s rows, and this list has more. Take it as CSV, or filter it first."
            )
            raise forms.ValidationError(said % {"most": f"{workbook.MOST_ROWS:,}"})
        return kind


class _Rows:
    """A queryset read some rows at a time, under the face by which Wagtail's writers know one.

    Whoever stands in some rows is written down before the first of them leaves: a file that breaks off tells of those
    who stand in it, and the first row of two hundred thousand waits for none of the others.
    """

    def __init__(self, rows: QuerySet[Any], kept: Disclosure, person_of: Callable[[Any], int | None]) -> None:
        self.rows, self.model, self.kept, self.person_of = rows, rows.model, kept, person_of

    def __iter__(self) -> Iterator[Any]:
        # Keys first: a cursor over whole rows would have the server lay all of them aside before it gives one.
        bare = self.rows.prefetch_related(None).select_related(None)
        keys = iter(list(bare.values_list("pk", flat=True)))
        size = FIRST
        while some := list(islice(keys, size)):
            yield from self._some(some)
            size = A_CHUNK

    def _some(self, keys: list[Any]) -> list[Any]:
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)}
        # What was erased since the file began is in it no more.
        rows = [found[key] for key in keys if key in found]
        people = {self.person_of(row) for row in rows}
        disclosures.name(self.kept, sorted(pk for pk in people if pk is not None))
        return rows


class ReasonedExportMixin:
    """Before an `IndexView` with `list_export`: its downloads ask for a reason first.

    `export_what` is the list's key in what is kept (`disclosures.call` gives it words). Whoever may open the list
    and send its form may take it along: rooms say so of duties with `rights.allow(…, posts=["<list>:index"])`.
    """

    export_what = ""
    list_export: list[str] = []
    export_headings: dict[str, Any] = {}
    http_method_names = ["get", "head", "options", "post"]
    request: HttpRequest
    is_export: bool

    def person_of(self, item: Any) -> int | None:
        """Return the key of the person who stands in a row of the file, if the row tells of one."""
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list; for a download, ask what for."""
        if self.is_export:
            return self._ask(ExportForm(initial={"format": request.GET["export"]}))
        return super().get(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin before a view

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the reason and send the file; without a reason, nothing."""
        view: Any = self
        form = ExportForm(request.POST, rows=view.get_queryset().count())
        return self._send(form) if form.is_valid() else self._ask(form)

    def get_filename(self) -> str:
        """Return the list's key and the day."""
        return f"{self.export_what}-{timezone.localdate():%Y-%m-%d}"

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Write moments by the local clock; take from a cell of CSV what a spreadsheet would compute."""
        if isinstance(value, dt.datetime):
            # Excel knows no time zones.
            local = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
            return local.isoformat(" ", "minutes") if export_format == CSV else local
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]  # a mixin before a view
        return safe_cell(cell) if export_format == CSV else cell

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """Begin with a byte order mark, or Excel breaks the accents."""
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)  # type: ignore[misc]  # a mixin before a view

    def write_xlsx_response(self, queryset: Any) -> HttpResponse:
        """Send the workbook while it is made, in place of Wagtail's, which is whole before its first byte leaves."""
        pieces = workbook.workbook(self._cells(queryset))
        response: Any = StreamingHttpResponse(pieces, content_type=workbook.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.xlsx"'
        return response  # type: ignore[no-any-return]  # streamed

    def _cells(self, queryset: Any) -> Iterator[list[Any]]:
        view: Any = self
        yield [view.get_heading(queryset, field) for field in self.list_export]
        for item in queryset:
            row = view.to_row_dict(item).items()
            yield [self.preprocess_field_value(field, value, XLSX) for field, value in row]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Mask in the file what is masked on the screen."""
        cells: dict[str, Any] = super().to_row_dict(item)  # type: ignore[misc]  # a mixin before a view
        sight = getattr(self, "sight", None)
        if sight is None or sight.names:
            return cells
        masks = getattr(self, "masks", {})
        return {name: masks[name](item) if name in masks else cell for name, cell in cells.items()}

    def _ask(self, form: ExportForm) -> HttpResponse:
        view: Any = self
        rows = view.get_queryset().count()
        context = {
            "header_title": _("Download: %(list)s") % {"list": view.get_page_title()},
            "header_icon": "download",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": self.request.path, "label": view.get_page_title()},
                {"url": "", "label": _("Download")},
            ],
            "form": form,
            "rows": rows,
            "many": rows > MANY,
            "back": self.request.path,
        }
        status = 422 if form.is_bound else 200
        return render(self.request, "accounts/staff/export.html", context, status=status)

    def _send(self, form: ExportForm) -> HttpResponse:
        view: Any = self
        rows = view.get_queryset()
        kept = disclosures.keep(
            by=self.request.user.person,  # type: ignore[union-attr]  # the admin lets nobody else in
            act=Act.EXPORTED,
            what=self.export_what,
            reason=form.cleaned_data["reason"],
            rows=form.rows,
            narrowed=looking.narrowed(self.request),
        )
        response: HttpResponse = view.as_spreadsheet(
            _Rows(rows, kept, self.person_of), form.cleaned_data["format"]
        )
        response["Cache-Control"] = "no-store"
        return response
