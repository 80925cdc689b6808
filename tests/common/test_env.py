"""An administrator mistypes a variable, and the start is refused in one line that says which and what it takes."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks.security import base as security

from common import env
from tests.architecture.test_docs import first_cells, page, section

ROOT = Path(__file__).resolve().parents[2]
# Any other text counts: each of these is checked elsewhere, or by the program that reads it.
ABSURD = {
    "DJANGO_SETTINGS_MODULE": ["lms.settings.produccion", "..", "no such thing"],
    "DEBUG": ["maybe"],
    "SECRET_KEY": ["", "short", "x" * 80],
    "ALLOWED_HOSTS": ["", ",", "https://senda.example.org", "senda.example.org:443", "a b"],
    "SENDA_BASE_URL": [
        "senda.example.org",
        "ftp://senda.example.org",
        "https://",
        "https://a.example/aqui",
        "https://a:x",
    ],
    "DATABASE_URL": [
        "senda",
        "mysql://u:geheim@h/senda",
        "postgres://u:geheim@h:port/senda",
        "postgres://u:geheim@h",
        "sqlite:///rel.db",
        "postgres://u:geheim@h/senda?pool=7",
    ],
    "REDIS_URL": ["localhost:6379", "http://:geheim@localhost", "redis://", "redis://:geheim@localhost/cero"],
    "SENDA_VAR": ["var", "/etc/passwd", "/etc/passwd/senda", "/proc/none"],
    "EMAIL_URL": [
        "mail.example.org",
        "imap://u:geheim@mail.example.org",
        "smtp://u:geheim@mail.example.org:x",
        "smtp://",
    ],
    "EMAIL_TIMEOUT": ["soon", "0", "-1", "121", "1e3"],
    "DEFAULT_FROM_EMAIL": ["Senda", "Senda <>", "a@b@c", "a@example.org\nBcc: b@example.org"],
    "SENDA_ABUSE_EMAIL": ["escucha", "escucha@", "a b@example.org"],
    "SENDA_STAFF_TOTP": ["perhaps"],
    "SENDA_RETENTION": ["maybe"],
    "SENDA_RETAIN_ACCOUNTS_MONTHS": ["two years", "-1", "241"],
    "SENDA_RETAIN_WARN_DAYS": ["6", "181", "a month"],
    "SENDA_RETAIN_ANSWERS_MONTHS": ["-1", "241", "x"],
    "SENDA_RETAIN_NOTES_MONTHS": ["0", "13", "x"],
    "SENDA_RETAIN_LOGS_MONTHS": ["-1", "241", "x"],
    "SENDA_RETAIN_LOOKS_MONTHS": ["-1", "241", "x"],
    "SENDA_RETAIN_REGISTER_MONTHS": ["-1", "601", "x"],
    "TRUSTED_PROXIES": ["-1", "11", "one"],
    "HSTS_SECONDS": ["soon", "-5", "99999999999"],
    "HSTS_SUBDOMAINS": ["2"],
    "HSTS_PRELOAD": ["ja"],
    "SENDA_INSECURE_HTTP": ["?"],
    "SENDA_LOG_FORMAT": ["xml"],
    "LOG_LEVEL": ["LOUD"],
    "SENDA_WORKERS": ["0", "many", "1000"],
}
CASES = [(name, value) for name, values in ABSURD.items() for value in values]
START = """
import runpy, sys
from common import env
with env.said_in_one_line():
    env.settings_module("lms.settings.production")
    from django.conf import settings
    settings.DEBUG
    runpy.run_path("deploy/gunicorn.conf.py")
print("started")
"""


def surroundings(**changed: str) -> dict[str, str]:
    example = (ROOT / "scripts" / "production-example.env").read_text().splitlines()
    pairs = (line.split("=", 1) for line in example if line and not line.startswith("#"))
    return {"PATH": os.environ["PATH"], **dict(pairs), **changed}


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env=surroundings(**changed),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def variables(monkeypatch):
    """The example's variables, and none of this shell's."""
    for name in ABSURD:
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings().items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def read_all() -> int:
    """Read every variable as the settings do, found in the code, and return how many: one that is read otherwise fails
    the walk."""
    calls = 0
    for module in ("base", "accounts", "production", "development"):
        source = (ROOT / "lms" / "settings" / f"{module}.py").read_text()
        for call in re.findall(r"\benv\.\w+\((?:[^()]|\([^()]*\))*\)", source):
            calls += 1
            if "DATABASE_URL" in call:
                call = 'env.database("DATABASE_URL", "sqlite:////tmp/x")'
            eval(
                call.replace("VAR_DIR", "ROOT").replace("BASE_DIR", "ROOT"),
                {"env": env, "ROOT": ROOT, "logs": _logs()},
            )
    env.whole("SENDA_WORKERS", 2, low=1, high=64)
    env.settings_module("lms.settings.production")
    return calls + 2


def _logs():
    from common import logs

    return logs


def test_every_variable_of_the_settings_page_is_tried_with_an_absurd_value():
    told = first_cells(section(page("reference/settings.md"), "Environment variables of the site"))
    assert sorted(told) == sorted(ABSURD)


@pytest.mark.parametrize(("name", "value"), CASES)
def test_an_absurd_value_is_refused_by_name_and_without_its_secrets(variables, name, value):
    variables.setenv(name, value)
    with pytest.raises(env.Refused) as refused:
        read_all()
    words = str(refused.value)
    assert words.startswith(name)
    assert "\n" not in words
    assert "takes" in words or "must be set" in words
    assert "geheim" not in words
    assert name != "SECRET_KEY" or not value or value not in words


def test_every_variable_of_the_example_is_taken(variables):
    assert read_all() >= len(ABSURD)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed",
    [
        {"HSTS_SECONDS": "soon"},
        {"SENDA_WORKERS": "many"},
        {"SECRET_KEY": ""},
        {"DJANGO_SETTINGS_MODULE": "no"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_start_that_is_refused_ends_in_one_line(changed):
    ended = start(**changed)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith(f"Senda does not start: {next(iter(changed))} ")


@pytest.mark.slow
def test_a_command_is_refused_in_one_line_too():
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=surroundings(TRUSTED_PROXIES="one"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        ended.stderr
        == "Senda does not start: TRUSTED_PROXIES takes a whole number from 0 to 10, not «one».\n"
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgres://u:pass@word@host:x/db?password=y", "postgres://…@host:x/db"),
        ("u:secret@host", "host"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_was_given_is_shown_without_its_secrets(given, shown):
    assert env.shown(given) == shown


def test_no_header_says_to_the_server_below_which_address_the_site_stands(variables):
    from gunicorn.config import Config

    wanted = Config()
    wanted.set(
        "forwarder_headers", runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["forwarder_headers"]
    )
    assert wanted.forwarder_headers == []


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, set()),
        ({"HSTS_SUBDOMAINS": "0"}, set()),
        ({"HSTS_PRELOAD": "0"}, set()),
        ({"HSTS_SECONDS": "0"}, {"security.W004"}),
    ],
    ids=lambda value: next(iter(value), "nothing"),
)
def test_what_an_administrator_chose_about_other_hosts_is_not_asked_again(variables, settings, chosen, told):
    for name, value in chosen.items():
        variables.setenv(name, value)
    read = runpy.run_module("lms.settings.production")
    for name in (word for word in read if word.startswith(("SECURE_HSTS", "SILENCED"))):
        setattr(settings, name, read[name])
    asked = (security.check_sts, security.check_sts_include_subdomains, security.check_sts_preload)
    problems = [problem for ask in asked for problem in ask(None)]
    assert {problem.id for problem in problems if not problem.is_silenced()} == told
    assert "0" not in chosen.values() or problems
