"""A worker is killed in the middle of an import; whoever goes on makes nobody twice and loses nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Person, User
from imports import applying
from imports.models import Import
from tests.imports.sheets import brought, csv_of

LINES = [f"Persona {a}{b} Tun Xol;mujer;p{a}{b}@example.org;;;MX" for a in "abcde" for b in "fghij"]


class Killed(BaseException):
    """No handler of the code under test catches it, as none catches kill -9."""


@pytest.mark.django_db
@pytest.mark.parametrize("at", range(1, 8))
def test_wherever_it_is_cut_off_the_end_is_the_same(
    tmp_path: Path, hospital: Any, monkeypatch: Any, at: int
) -> None:
    monkeypatch.setattr(applying, "BATCH", 7)
    brought(csv_of(tmp_path, *LINES))
    batch = Import.objects.get()
    Import.objects.update(state="applying")
    before, writes = Person.objects.count(), [0]

    def dies(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            writes[0] += 1
            if writes[0] == at * 3:
                raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(dies), transaction.atomic():
            applying.apply_batch(batch=batch.pk)
            applying.apply_batch(batch=batch.pk)
            applying.apply_batch(batch=batch.pk)
    except Killed:
        pass
    applying.apply_all(batch=batch)
    assert Person.objects.count() == before + len(LINES)
    assert User.objects.filter(email__endswith="@example.org").count() == len(LINES)
    again = brought(csv_of(tmp_path, *LINES, name="otra.csv"), apply=True)
    assert again["unchanged"] == len(LINES)
    assert Person.objects.count() == before + len(LINES)
