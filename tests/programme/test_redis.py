"""The cache goes away and comes back: learners go on, and nobody guesses uncounted."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import warnings

import pytest
from django.core.cache import caches
from django.urls import reverse

from accounts.limits import ACCOUNT_GUESSES, TooMany, spend
from lms.settings.caches import redis_caches
from programme import remembered
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis(settings, tmp_path):
    """A Redis of this test's own: returns the way to start and the way to stop it."""
    program = shutil.which("redis-server")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("redis-server is not installed")
        warnings.warn("redis-server is not installed: the shared cache was not tried", stacklevel=1)
        pytest.skip("redis-server is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = []

    def start():
        words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
        running.append(subprocess.Popen(words, stdout=subprocess.DEVNULL))
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)

    def stop():
        running[-1].terminate()
        running[-1].wait(10)

    start()
    kept = settings.CACHES
    settings.CACHES = redis_caches(f"redis://127.0.0.1:{port}/0")
    settings.SENDA_REMEMBERED_SECONDS = 0
    yield start, stop
    settings.CACHES = kept
    stop()


def test_guesses_are_counted_in_it(redis):
    for _guess in range(ACCOUNT_GUESSES.amount):
        spend(ACCOUNT_GUESSES, "amina")
    with pytest.raises(TooMany):
        spend(ACCOUNT_GUESSES, "amina")


def test_one_process_tells_the_others_by_it(redis):
    remembered.remember("x", lambda: 1)
    caches["hints"].set(remembered.GENERATION, "another", None)
    assert remembered.recall("x") is None


def test_while_it_is_away_pages_are_served_and_nobody_signs_in(redis, client):
    start, stop = redis
    make_home()
    client.raise_request_exception = False
    stop()
    began = time.monotonic()
    assert client.get("/").status_code == 200
    refused = client.post(
        reverse("account_login"), {"login": "amina@senda.example", "password": "una-clave-larga"}
    )
    assert refused.status_code == 503
    assert time.monotonic() - began < 5
    start()
    again = client.post(
        reverse("account_login"), {"login": "amina@senda.example", "password": "una-clave-larga"}
    )
    assert again.status_code == 400
