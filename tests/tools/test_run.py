"""Does `make run` prepare once, restart what died, and leave nothing behind?"""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from scripts import run


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """A database file, the stamp that says it is ready, and the calls of `prepare.py` made all the same."""
    database = tmp_path / "senda.sqlite3"
    database.touch()
    stamp = tmp_path / "prepared.json"
    stamp.write_text(json.dumps({"key": run.fingerprint(), "database": str(database)}))
    calls = []
    monkeypatch.setattr(run, "STAMP", stamp)
    monkeypatch.setattr(
        run.subprocess,
        "run",
        lambda command, check: calls.append(command) or subprocess.CompletedProcess(command, 0),
    )
    return database, stamp, calls


def test_a_second_start_prepares_nothing(prepared):
    _, _, calls = prepared
    run.prepare()
    assert calls == []


def test_a_new_migration_is_applied_and_the_demo_is_not_loaded_again(prepared):
    database, stamp, calls = prepared
    stamp.write_text(json.dumps({"key": "older", "database": str(database)}))
    run.prepare()
    assert calls[0][-1] == str(database)


def test_a_deleted_database_is_made_again_with_its_demo(prepared):
    database, _, calls = prepared
    database.unlink()
    run.prepare()
    assert calls[0][-1] == ""


def test_a_damaged_stamp_counts_as_none(prepared):
    _, stamp, calls = prepared
    stamp.write_text("{")
    run.prepare()
    assert len(calls) == 1


def test_another_database_address_is_prepared_too(monkeypatch):
    before = run.fingerprint()
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/senda")
    assert run.fingerprint() != before


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_refused_in_words(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT takes a number"):
        run.wanted_port()


def test_a_taken_port_is_told_with_the_way_out():
    with socket.socket() as other:
        other.bind((run.HOST, 0))
        other.listen()
        with pytest.raises(SystemExit, match="is taken"):
            run.refuse_a_taken_port(other.getsockname()[1])


def test_the_demos_certificates_bear_the_address_where_the_site_listens(prepared, monkeypatch):
    monkeypatch.setattr(run.os, "environ", {**os.environ, "PORT": "8123"})
    run.os.environ.pop("SENDA_BASE_URL", None)
    run.os.environ.pop("MAKELEVEL", None)
    monkeypatch.setattr(run, "refuse_a_taken_port", lambda port: None)
    monkeypatch.setattr(run.Supervisor, "run", lambda supervisor: 0)
    with pytest.raises(SystemExit):
        run.main()
    assert run.os.environ["SENDA_BASE_URL"] == "http://127.0.0.1:8123"


def in_development(program, **variables):
    """Run a program under the settings of `make run`, and answer with what it printed."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings.development", **variables}
    result = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {program}"],
        cwd=run.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.parametrize(("variable", "shown"), [("", "False"), ("1", "True")])
def test_who_tries_the_demo_meets_the_pages_that_people_meet(tmp_path, variable, shown):
    program = "from django.conf import settings; print(settings.DEBUG)"
    assert in_development(program, DEBUG=variable, SENDA_VAR=str(tmp_path)) == shown


def test_the_demo_is_dressed_although_nothing_was_collected(tmp_path):
    program = (
        "from django.test import Client\n"
        "for path in ('/static/css/senda.css', '/static/wagtailadmin/css/core.css'):\n"
        "    print(Client().get(path).status_code)"
    )
    program = program.replace("from", "\nfrom", 1)
    assert in_development(program, DEBUG="", SENDA_VAR=str(tmp_path)).split() == ["200", "200"]


@pytest.fixture
def site(monkeypatch):
    """A supervisor whose three parts are processes that only wait."""
    monkeypatch.setattr(run, "MANAGE", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(run, "RESTART_SECONDS", 0)
    monkeypatch.setattr(run, "answers", lambda address: True)
    supervisor = run.Supervisor(1)
    yield supervisor
    supervisor.stop_all()


def test_a_worker_that_died_is_started_again(site, capfd):
    worker = site.helpers[0]
    worker.start()
    first = worker.process
    first.kill()
    first.wait()
    site.revive(worker)
    site.revive(worker)
    assert worker.process.pid != first.pid
    assert worker.ended() is None
    assert "The worker ended" in capfd.readouterr().out


def test_a_site_that_ends_takes_worker_and_timer_with_it(site):
    site.site.start()
    for helper in site.helpers:
        helper.start()
    site.site.signal(signal.SIGKILL)
    site.site.process.wait()
    assert site.watch() != 0
    site.stop_all()
    assert all(helper.ended() is not None for helper in site.helpers)


def test_a_killed_supervisor_leaves_no_process_behind():
    program = (
        "from scripts import run\n"
        "import sys, time\n"
        "run.MANAGE = (sys.executable, '-c', 'import time; time.sleep(60)')\n"
        "part = run.Part('site', ()); part.start()\n"
        "print(part.process.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=run.ROOT, stdout=subprocess.PIPE
    ) as supervisor:
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    deadline = time.monotonic() + 5
    while runs(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not runs(child)


def runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
