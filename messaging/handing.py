"""Hands one mail to the mail server, and says what came of it in words that name nobody."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.mail import get_connection

from messaging.faults import TAKEN, Verdict, judge

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

GO_ON = 354


class _Watch:
    """Notes when the server asked for the text: from then on it may have taken it, whatever breaks."""

    def __init__(self) -> None:
        self.handed_over = False

    def look_at(self, server: Any) -> None:
        """Look at each answer of an SMTP server; other backends have no such moment."""
        if not isinstance(server, smtplib.SMTP):
            return
        ask = server.getreply

        def getreply() -> tuple[int, bytes]:
            code, words = ask()
            self.handed_over = self.handed_over or code == GO_ON
            return code, words

        server.getreply = getreply  # type: ignore[method-assign]  # this one connection, for one mail


def hand_over(mail: EmailMessage) -> Verdict:
    """Give a mail to the server. Whatever goes wrong is an answer, never an exception: a mail has one claim."""
    watch, connection = _Watch(), get_connection()
    try:
        connection.open()
        watch.look_at(getattr(connection, "connection", None))
        connection.send_messages([mail])
    except (
        OSError,
        ValueError,
    ) as error:  # smtplib's errors are of the first kind, BadHeaderError of the second
        return judge(error, handed_over=watch.handed_over)
    finally:
        # It was taken or not: how the connection ends changes nothing.
        with suppress(OSError):
            connection.close()
    return TAKEN
