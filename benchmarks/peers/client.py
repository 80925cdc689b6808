"""Asks a site the way a browser does, as cheaply as Python can, and checks what it answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

HOST = "127.0.0.1"
SECONDS = 30


@dataclass(frozen=True)
class Visit:
    """One request and what its answer must and must not hold: the progress of this account, and no other's."""

    path: str
    cookie: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...] = ()


class WrongAnswer(Exception):
    """An answer was not the page of this account."""


def ask(port: int, visit: Visit) -> None:
    """Fetch one page over a connection of its own. Raises WrongAnswer."""
    head, _, body = _fetch(port, _request(visit)).partition(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0].decode()
    if " 200 " not in f"{status} ":
        raise WrongAnswer(f"{visit.path}: {status}")
    if missing := [words for words in visit.holds if words.encode() not in body]:
        raise WrongAnswer(f"{visit.path} without «{missing[0]}»")
    if foreign := [words for words in visit.lacks if words.encode() in body]:
        raise WrongAnswer(f"{visit.path} with «{foreign[0]}»")


def _request(visit: Visit) -> bytes:
    lines = [
        f"GET {visit.path} HTTP/1.1",
        f"Host: {HOST}",
        "Accept: text/html",
        "Accept-Language: es-MX,es;q=0.9,en;q=0.5",
        "Connection: close",
    ]
    if visit.cookie:
        lines.append(f"Cookie: {visit.cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _fetch(port: int, request: bytes) -> bytes:
    with socket.create_connection((HOST, port), timeout=SECONDS) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def in_parallel(port: int, visits: Sequence[Visit], *, connections: int, seconds: float) -> float:
    """Return how many pages a second the site answers to so many readers at once."""
    crowd = _Crowd(port, visits, until=time.perf_counter() + seconds)
    started = time.perf_counter()
    threads = [threading.Thread(target=crowd.read, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crowd.trouble:
        raise crowd.trouble[0]
    return sum(crowd.answered) / (time.perf_counter() - started)


class _Crowd:
    """Readers who each go through the visits from a place of their own until time is up."""

    def __init__(self, port: int, visits: Sequence[Visit], *, until: float) -> None:
        self.port, self.visits, self.until = port, visits, until
        self.answered: list[int] = []
        self.trouble: list[Exception] = []

    def read(self, place: int) -> None:
        count = 0
        try:
            while time.perf_counter() < self.until:
                ask(self.port, self.visits[(place * 7 + count * 16) % len(self.visits)])
                count += 1
        except Exception as trouble:
            self.trouble.append(trouble)
        self.answered.append(count)
