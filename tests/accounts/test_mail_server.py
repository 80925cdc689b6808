"""A mail server takes a mail, is not there, or does not answer: nobody's sign-in hangs on it."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from email import message_from_bytes

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


class Letterbox(socketserver.StreamRequestHandler):
    """As much SMTP as Django speaks."""

    def handle(self):
        if self.server.silent:
            time.sleep(3)
            return
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def server(settings):
    box = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Letterbox)
    box.daemon_threads, box.mails, box.silent = True, [], False
    thread = threading.Thread(target=box.serve_forever, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.server_address
    settings.EMAIL_TIMEOUT = 1
    yield box
    box.shutdown()
    box.server_close()


@pytest.fixture
def ask(client):
    make_home()
    UserFactory(email="amina@senda.example")
    return lambda: client.post(reverse("account_reset_password"), {"email": "amina@senda.example"})


def test_a_mail_is_handed_over(server, ask):
    assert ask().status_code == 302
    (mail,) = server.mails
    assert message_from_bytes(mail)["To"] == "amina@senda.example"


def test_a_server_that_is_not_there_stops_nobody(server, ask, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    assert ask().status_code == 302


def test_a_server_that_does_not_answer_is_not_waited_for(server, ask):
    server.silent = True
    began = time.monotonic()
    assert ask().status_code == 302
    assert time.monotonic() - began < 2.5
