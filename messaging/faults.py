"""Judges what a mail server did: what is tried again and when, what is over, what nobody can know. Pure."""

from __future__ import annotations

import datetime as dt
import smtplib
from dataclasses import dataclass

# Greylisting lets a mail in after some minutes; a server that is down over night is back in the morning.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
# No mail takes so long: whoever claimed it and said nothing more is gone.
CLAIM_LASTS = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Verdict:
    """What came of handing a mail over. Without `fault` it was taken."""

    fault: str = ""
    code: int | None = None
    again: bool = False


TAKEN = Verdict()


def judge(error: Exception, *, handed_over: bool) -> Verdict:
    """Return what an error of handing over means. `handed_over`: the server had been given the whole text to read.

    A connection that breaks after that leaves nobody knowing whether the mail was taken: it is not sent again by
    itself, for nobody shall read the same message twice.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((answer[0] for answer in error.recipients.values()), None)
        return _answered(code, "refused")
    if isinstance(error, smtplib.SMTPDataError):
        return _answered(error.smtp_code, "content")
    if isinstance(error, smtplib.SMTPResponseException):
        # Greeting, sign-in or sender: refused is the site, not the reader. Whoever runs it puts that right.
        return Verdict("ours" if error.smtp_code >= 500 else "later", error.smtp_code, again=True)
    if handed_over:
        return Verdict("cut")
    return _unanswered(error)


def _answered(code: int | None, fault: str) -> Verdict:
    """4xx asks to come again, 5xx says no."""
    if code is not None and 400 <= code < 500:
        return Verdict("later", code, again=True)
    return Verdict(fault, code)


def _unanswered(error: Exception) -> Verdict:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Verdict("address")
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError):
        # smtplib says «disconnected» of a server that keeps silent as well.
        silent = isinstance(error, ConnectionRefusedError) or isinstance(error.__context__, TimeoutError)
        return Verdict("away" if silent else "dropped", again=True)
    if isinstance(error, OSError):
        return Verdict("away", again=True)
    # What Django says of an address or a heading that makes no mail.
    return Verdict("address")


def next_try(tries: int, at: dt.datetime) -> dt.datetime | None:
    """Return when a mail that was tried so often is tried again; None: it is given up."""
    return at + PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else None
