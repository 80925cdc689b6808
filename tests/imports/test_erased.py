"""Rosa stands in a sheet and asks to be forgotten: the file goes, too, or whoever erases her is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts import erasing
from accounts.models import Erasure, User
from imports.models import Import, StagedRow
from tests.imports.sheets import brought, csv_of

pytestmark = pytest.mark.django_db
ROSA = "Rosa Pérez Tun;mujer;rosa@example.org;;;MX"


def test_the_file_of_an_applied_sheet_goes_with_her(
    tmp_path: Path, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    brought(csv_of(tmp_path, ROSA), apply=True)
    kept = Path(Import.objects.get().file.path)
    assert "rosa@example.org" in kept.read_text(encoding="utf-8")
    rosa = User.objects.get(email="rosa@example.org").person
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(person=rosa, by=rosa)
    assert not kept.exists()
    assert not Import.objects.get().file
    assert Erasure.objects.get().residue == []


def test_of_a_sheet_that_waits_her_lines_go_and_staff_is_told_of_the_file(
    tmp_path: Path, cohort: Any
) -> None:
    brought(csv_of(tmp_path, ROSA), apply=True)
    rosa = User.objects.get(email="rosa@example.org").person
    brought(csv_of(tmp_path, ROSA, name="otra.csv"), cohort=cohort.code)
    erasing.erase(person=rosa, by=rosa)
    assert not any("rosa" in str(row.cells).lower() for row in StagedRow.objects.all())
    assert {"table": "imports.Import", "column": cohort.name, "rows": 1} in Erasure.objects.get().residue
