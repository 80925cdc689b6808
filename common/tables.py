"""Writes rows as a CSV file that a spreadsheet opens as text: no cell of it is ever taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

# What Excel, LibreOffice and Google's sheets take for the beginning of a formula (OWASP, «CSV Injection»).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> object:
    """Return `value` fit for a cell: a text that would be taken for a formula begins with an apostrophe."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def csv_response(*, name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the rows as a file to download. It begins with a byte order mark, or Excel would break the accents."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow([safe_cell(str(cell)) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return response
