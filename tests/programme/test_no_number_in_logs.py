"""A telephone number stands in no line that the site writes: signing up and in, guessing, asking for a new password.

The real server with the production settings and its own configuration writes into a file; every line is read as
digits alone, so that no spelling of the number hides it.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote_plus, unquote_plus, urlencode

import pytest
from django.db import connection

from benchmarks.site import ROOT, free_port
from tests.plugins.template_database import TEMPLATES, fingerprint

SPELLINGS = ("+52 961 555 0142", "961-555-0142", "(961) 555 0142", "005219615550142", "9615550142")
OTHERS = ("tel%3A%2B52%20961%20555%200142", "961.555.01.42", "+52\u00a0961/555/0142")
PASSWORD = "Una-clave-larga-con-palabras"
# Names of static files are hashed by `collectstatic`, which would take longer than all of this; caches
# stand in tables that the template does not have.
SETTINGS = """
from lms.settings.production import *
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}
"""


@dataclass
class Browser:
    """Somebody with a telephone, and the cookies that it keeps."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **sent: str) -> int:
        """Return the status of the answer."""
        self.cookies["csrftoken"] = token = "a" * 32
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Language": "es",
        }
        body = urlencode({**sent, "csrfmiddlewaretoken": token}) if method == "POST" else None
        line.request(method, path, body, headers)
        answer = line.getresponse()
        answer.read()
        for given in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(given).items()})
        line.close()
        return answer.status


@dataclass
class Served:
    """The running server and what it wrote."""

    port: int
    log: Path

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def served(tmp_path: Path, django_db_setup: object) -> Iterator[Served]:
    if connection.vendor != "sqlite":
        pytest.skip("The server has a copy of the template of SQLite; what is written does not depend on it.")
    shutil.copy(TEMPLATES / f"{fingerprint()}.sqlite3", tmp_path / "site.sqlite3")
    with sqlite3.connect(tmp_path / "site.sqlite3") as site:
        site.execute(
            "INSERT INTO programme_country VALUES ('MX', 'México', 'Mexico', 'Mexique', 'America/Mexico_City', 1, 1)"
        )
    site.close()
    (tmp_path / "quick_settings.py").write_text(SETTINGS)
    served = Served(free_port(), tmp_path / "log")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "quick_settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "SENDA_VAR": str(tmp_path),
        "SECRET_KEY": "for-a-test-that-lives-some-seconds-on-loopback-0123456789-abcdef",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SENDA_BASE_URL": "http://127.0.0.1",
        "SENDA_INSECURE_HTTP": "1",
        "SENDA_WORKERS": "1",
        "LOG_LEVEL": "DEBUG",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    with served.log.open("wb") as log:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{served.port}"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        until_it_answers(served, process)
        yield served
    finally:
        process.terminate()
        process.wait(timeout=30)


def until_it_answers(served: Served, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(1200):
        try:
            Browser(served.port).ask("GET", "/healthz/")
            return
        except OSError:
            assert process.poll() is None, served.log.read_text()
            time.sleep(0.1)
    raise AssertionError("The server does not answer.")


def hidden_in(line: str) -> bool:
    """Say whether the number stands in a line, whatever stands between its digits."""
    return "9615550142" in re.sub(r"[^0-9]", "", unquote_plus(unquote_plus(line)))


@pytest.mark.parametrize(
    "line", [*SPELLINGS, "tel%3A%2B52%20961%20555%200142", "961.555.01.42", "+52\u00a0961/555/0142"]
)
def test_the_number_would_be_found_however_it_is_written(line):
    assert hidden_in(json.dumps({"event": f"sign in of {line} refused"}))


@pytest.mark.slow
def test_who_comes_with_a_number_leaves_it_in_no_line(served):
    known = {"password1": PASSWORD, "country": "MX", "adult": "on", "notice": "on"}
    assert Browser(served.port).ask("POST", "/cuenta/crear/", identifier=SPELLINGS[0], **known) == 302
    assert Browser(served.port).ask("POST", "/cuenta/entrar/", login=SPELLINGS[1], password=PASSWORD) == 302
    for number in SPELLINGS[:3]:
        phone = Browser(served.port)
        # It is hers already, in every spelling.
        foreign = {**known, "password1": "Otra-clave-equivocada"}
        assert phone.ask("POST", "/cuenta/crear/", identifier=number, **foreign) in {400, 429}
        assert phone.ask("POST", "/cuenta/entrar/", login=number, password="Otra-clave-equivocada") in {
            400,
            429,
        }
        assert phone.ask("POST", "/cuenta/contrasena/olvidada/", email=number) in {200, 400}
        phone.ask("GET", f"/cuenta/entrar/?{urlencode({'login': number, 'next': number})}")
        assert phone.ask("GET", f"/no-existe/{quote_plus(number)}/") == 404
    written = served.lines()
    asked = [line for line in map(json.loads, written) if line.get("event") == "request"]
    assert {"account_signup", "account_login", "account_reset_password"} <= {line["route"] for line in asked}
    assert [line for line in written if hidden_in(line)] == []
