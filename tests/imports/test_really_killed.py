"""A process is killed with signal 9 in the middle of an import, and two bring one sheet in the same moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils.http import urlencode

from accounts.models import Person, User
from imports.applying import apply_all
from imports.models import Import, ImportState, StagedRow
from imports.timed import resume_all
from institutions.models import Membership
from tests.factories.learning import institution
from tests.imports.sheets import brought, csv_of
from tests.learning.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNS = "abcdefghij"
LINES = [
    f"Persona {a}{b}{c} Tun Xol;mujer;p{a}{b}{c}@example.org;;Hospital de Prueba;MX"
    for a in SIGNS[:4]
    for b in SIGNS
    for c in SIGNS
]


def address() -> str:
    """Return the address of the very database of this test, for another process."""
    said = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    login = said["USER"] + (f":{said['PASSWORD']}" if said["PASSWORD"] else "")
    more = urlencode({name: value for name, value in said.get("OPTIONS", {}).items() if name == "host"})
    return f"postgres://{login}@{said['HOST'] or ''}:{said['PORT'] or ''}/{said['NAME']}?{more}".rstrip("?")


def start(folder: Path, sheet: Path) -> subprocess.Popen[bytes]:
    report = folder / "killed.json"
    command = ["import_sheet", str(sheet), "--kind", "people", "--apply", "--report", str(report)]
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "SENDA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
    }
    with (folder / "killed.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )


def until_some_are_applied(process: subprocess.Popen[bytes], folder: Path) -> None:
    for _attempt in range(6000):
        if StagedRow.objects.filter(applied_at__isnull=False).exists():
            return
        assert process.poll() is None, (folder / "killed.log").read_text()
        time.sleep(0.01)
    raise AssertionError("Nothing was applied.")


def counts() -> tuple[int, int, int]:
    here = Membership.objects.filter(institution__name="Hospital de Prueba")
    return Person.objects.count(), User.objects.count(), here.count()


def killed_in_the_middle(folder: Path) -> tuple[Path, Import, tuple[int, int, int]]:
    """Kill an import with signal 9 after its first batch. Returns the sheet, the import, and a whole one's counts."""
    institution("Hospital de Prueba")
    people, users, _members = counts()
    sheet = csv_of(folder, *LINES)
    process = start(folder, sheet)
    try:
        until_some_are_applied(process, folder)
    finally:
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL
    return sheet, Import.objects.get(), (people + len(LINES), users + len(LINES), len(LINES))


def test_killed_with_signal_nine_it_goes_on_and_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    sheet, batch, whole = killed_in_the_middle(tmp_path)
    assert batch.state == ImportState.APPLYING
    assert 0 < batch.rows.filter(applied_at__isnull=False).count() < len(LINES)
    assert resume_all() == 1
    apply_all(batch=batch)
    assert counts() == whole
    again = brought(sheet, apply=True)
    assert (again["unchanged"], again["asked"], again["refused"]) == (len(LINES), [], [])
    assert counts() == whole


def test_killed_and_simply_brought_again_nobody_is_lost_or_doubled(tmp_path: Path) -> None:
    sheet, batch, whole = killed_in_the_middle(tmp_path)
    again = brought(sheet, apply=True)
    assert (again["accepted"], again["asked"], again["refused"]) == (len(LINES), [], [])
    assert 0 < again["unchanged"] < len(LINES)
    apply_all(batch=batch)
    assert counts() == whole


def test_two_bring_one_sheet_in_the_same_moment(tmp_path: Path) -> None:
    institution("Hospital de Prueba")
    people, users, _members = counts()
    sheets: list[Any] = [csv_of(tmp_path, *LINES[:60], name=f"{who}.csv") for who in ("bruno", "elena")]
    answers = at_once(lambda: brought(sheets.pop(), apply=True))
    assert [type(answer) for answer in answers] == [dict, dict], answers
    assert counts() == (people + 60, users + 60, 60)
