"""A mail server on this machine that takes, refuses, delays, drops or keeps silent, as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Clerk(socketserver.StreamRequestHandler):
    """As much SMTP as Django speaks. What the office is told to do at a word (MAIL, RCPT, DATA, TEXT) it does."""

    def handle(self) -> None:
        office: Any = self.server
        office.calls += 1
        if not self._say(office.manners("HELLO", ""), b"220 here\r\n"):
            return
        for line in self.rfile:
            word = line[:4].upper().decode().strip()
            if not self._answer(office, word, line.decode()):
                return

    def _answer(self, office: Any, word: str, line: str) -> bool:
        good = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
        told = office.manners(word, line)
        if not self._say(told, good):
            return False
        if word == "DATA" and not told:
            text = b"".join(iter(self.rfile.readline, b".\r\n"))
            told = office.manners("TEXT", line)
            if told in {"", "taken, then dropped", "taken, then silence"}:
                office.mails.append(text)
            return self._say(told, b"250 taken\r\n")
        return word != "QUIT"

    def _say(self, told: str, good: bytes) -> bool:
        """Answer as told: figures and words, or `drop` and `silence`, with nothing at all."""
        if "drop" in told:
            return False
        if "silence" in told:
            self.server.shut.wait(3)  # type: ignore[attr-defined]
            return False
        self.wfile.write(told.encode() + b"\r\n" if told else good)
        return True


class Office(socketserver.ThreadingTCPServer):
    """The server; `rules` is a list of (word, part of the line, what to do, how often)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.mails: list[bytes] = []
        self.rules: list[list[Any]] = []
        self.calls = 0
        self.shut = threading.Event()

    def tell(self, word: str, what: str, *, of: str = "", times: int = 99) -> None:
        """Do `what` at `word`, for lines in which `of` stands, so many times."""
        self.rules.append([word, of, what, times])

    def manners(self, word: str, line: str) -> str:
        """Return what to do now; nothing means: be nice."""
        for rule in self.rules:
            if rule[0] == word and rule[1] in line and rule[3] > 0:
                rule[3] -= 1
                return str(rule[2])
        return ""


@contextmanager
def open_office(settings: Any) -> Iterator[Office]:
    """Let Django send through a server that is ours for a while."""
    office = Office()
    thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
    settings.EMAIL_TIMEOUT = 0.3
    try:
        yield office
    finally:
        office.shut.set()
        office.shutdown()
        office.server_close()
