"""A backup is worth what comes out of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from programme import backups
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    (settings.VAR_DIR / "media" / "pictures").mkdir(parents=True)
    (settings.VAR_DIR / "private").mkdir()
    (settings.VAR_DIR / "media" / "pictures" / "andén.png").write_bytes(b"picture")
    (settings.VAR_DIR / "private" / "voz.mp3").write_bytes(b"voice")
    UserFactory.create_batch(3)
    return settings.VAR_DIR


@pytest.fixture
def file_or_server(site):
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("The database of this run is in memory")
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")


def taken(tmp_path, **options):
    out = StringIO()
    call_command("backup", tmp_path / "backups", stdout=out, **options)
    return backups.Path(out.getvalue().strip())


def test_a_backup_holds_rows_and_files_and_is_nobody_elses_to_read(site, file_or_server, tmp_path):
    folder = taken(tmp_path)
    manifest = json.loads((folder / backups.MANIFEST).read_text())
    assert manifest["rows"]["accounts.User"] == 3
    assert folder.stat().st_mode & 0o077 == 0
    assert backups.read(folder) == manifest


def test_the_files_come_back(site, file_or_server, tmp_path, monkeypatch, settings):
    folder = taken(tmp_path)
    settings.VAR_DIR = tmp_path / "new"
    loaded = []
    monkeypatch.setattr(backups, "refuse_unless_empty", lambda: None)
    monkeypatch.setattr(backups, f"_load_{connection.vendor.removesuffix('ql')}", loaded.append)
    assert backups.restore(folder=folder) == {}
    assert loaded == [folder / backups.DATABASE]
    assert (tmp_path / "new" / "media" / "pictures" / "andén.png").read_bytes() == b"picture"
    assert (tmp_path / "new" / "private" / "voz.mp3").read_bytes() == b"voice"


def test_the_rows_are_in_it(site, file_or_server, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("Restoring on PostgreSQL needs a database of its own: walked in docs/guides/deploy.md")
    folder = taken(tmp_path)
    with closing(sqlite3.connect(folder / backups.DATABASE)) as copy:
        assert copy.execute("SELECT count(*) FROM accounts_user").fetchone() == (3,)


def test_a_site_that_is_not_empty_is_not_overwritten(site, file_or_server, tmp_path):
    folder = taken(tmp_path)
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", folder)


def test_a_damaged_backup_is_refused(site, file_or_server, tmp_path):
    folder = taken(tmp_path)
    (folder / backups.FILES).write_bytes(b"half")
    with pytest.raises(CommandError, match=r"files\.tar\.gz"):
        call_command("restore", folder)
    with pytest.raises(CommandError, match="not a backup"):
        call_command("restore", tmp_path)


def test_old_backups_go_and_an_unfinished_one_leaves_nothing(site, file_or_server, tmp_path, monkeypatch):
    into = tmp_path / "backups"
    for day in ("20260101T023000Z", "20260102T023000Z"):
        (into / f"senda-{day}").mkdir(parents=True)
        (into / f"senda-{day}" / backups.MANIFEST).write_text("{}")
    folder = taken(tmp_path, keep=2)
    assert sorted(path.name for path in into.iterdir()) == ["senda-20260102T023000Z", folder.name]

    def full(to):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "pack", full)
    with pytest.raises(CommandError, match="No backup was taken"):
        call_command("backup", into)
    assert sorted(path.name for path in into.iterdir()) == ["senda-20260102T023000Z", folder.name]


def test_a_difference_is_named():
    assert backups.differences({"a": 1, "b": 2}, {"a": 1, "b": 1, "c": 4}) == {"b": (2, 1), "c": (0, 4)}
