"""What nginx answers itself looks and behaves as the site does: in three languages, with the headers, nothing raw."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.site import ROOT, free_port

NGINX = ROOT / "deploy" / "nginx"
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Answer = tuple[int, http.client.HTTPMessage, str]
Ask = Callable[..., Answer]
with_nginx = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")


def on_loopback(name: str, port: int) -> str:
    """The file as it stands, but for what a test cannot have: a certificate, low ports, and nobody behind it."""
    text = re.sub(r"listen \[::\].*?;|ssl_\w+ .*?;", "", (NGINX / name).read_text())
    if "listen 443" in text:
        text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = re.sub(r"listen (443 ssl http2|80);", f"listen 127.0.0.1:{port};", text)
    text = text.replace("/var/log/nginx/", "logs-").replace("127.0.0.1:8000", f"127.0.0.1:{free_port()}")
    return text.replace("/opt/senda", str(ROOT))


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Callable[[str], Ask]]:
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> Ask:
        port = free_port()
        user = "user root;" if os.geteuid() == 0 else ""
        config = tmp_path / "nginx.conf"
        config.write_text(
            f"{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}}\n"
            f"http {{ types {{ text/html html; }} client_body_temp_path {tmp_path}/body;\n"
            f"proxy_temp_path {tmp_path}/proxy; {on_loopback(name, port)} }}"
        )
        command = [str(PROGRAM), "-p", str(tmp_path), "-c", str(config)]
        running.append(subprocess.Popen(command, stderr=(tmp_path / "said").open("wb")))
        return lambda method, path, **more: asked(port, method, path, **more)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=10)


def asked(port: int, method: str, path: str, *, length: int = 0) -> Answer:
    for _attempt in range(100):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            # Of a large body only the length is told: nginx decides by it.
            headers = {"Host": "senda.example.org", "Content-Length": str(length)}
            line.request(method, path, b"x" if length == 1 else None, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.05)
        finally:
            line.close()
    raise RuntimeError("nginx does not answer")


def in_three_languages(page: str) -> bool:
    return 'html lang="es"' in page and 'lang="en"' in page and 'lang="fr"' in page


@with_nginx
@pytest.mark.parametrize(
    ("method", "length", "status", "says"),
    [
        ("GET", 0, 502, "Senda vuelve enseguida"),
        ("POST", 1, 502, "Senda vuelve enseguida"),
        ("POST", 61 * 1024 * 1024, 413, "Fue demasiado de una vez"),
    ],
)
def test_a_page_of_the_proxy_is_ours_with_the_headers_of_the_site(proxy, method, length, status, says):
    ask = proxy("senda.conf")
    answered, headers, page = ask(method, "/aprender/", length=length)
    assert answered == status
    assert says in page
    assert in_three_languages(page)
    assert "nginx" not in page
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@with_nginx
def test_before_there_is_a_certificate_only_the_challenge_is_answered(proxy):
    ask = proxy("before-certificate.conf")
    assert ask("GET", "/.well-known/acme-challenge/none")[0] == 404
    assert ask("GET", "/cuenta/entrar/")[0] == 503


def test_before_there_is_a_certificate_nothing_names_one():
    assert "ssl" not in (NGINX / "before-certificate.conf").read_text()


@pytest.mark.parametrize("name", ["away.html", "too-large.html"])
def test_a_static_page_is_named_by_the_file_and_needs_nothing_else(name):
    assert re.search(rf"error_page [\d ]+ /{name};", (NGINX / "senda.conf").read_text())
    page = (NGINX / name).read_text()
    assert in_three_languages(page)
    assert not re.search(r"<(script|style|link|img)|style=", page)
