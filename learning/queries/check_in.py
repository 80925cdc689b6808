"""The code of the room as who facilitates shows it, and checking in as a learner sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from common.qr import qr_svg
from learning import checking_in, room_codes
from learning.models import Attendance, Session
from learning.presence import HERE
from learning.words_of_room import NOT_CHECKED_IN

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person


@dataclass(frozen=True)
class RoomCodeScreen:
    """What is shown to a room. `closed`: why nobody checks in now, and then there is no code. `turns_in`: seconds
    until the page has to be fetched again; `spoken`: in two halves, as it is said.
    """

    session: Session
    starts: dt.datetime
    ends: dt.datetime
    closed: str
    picture: SafeString
    spoken: tuple[str, str]
    address: str
    turns_in: int
    came: int


def room_code_screen(request: HttpRequest, session: Session, *, at: dt.datetime) -> RoomCodeScreen:
    """Return the codes of a session as they are now. One query."""
    starts, ends = session.local_times
    why = checking_in.closed(session, at=at)
    word = "" if why else _spoken(session, at)
    half = len(word) // 2
    return RoomCodeScreen(
        session=session,
        starts=starts,
        ends=ends,
        closed=str(NOT_CHECKED_IN[why]) if why else "",
        picture=SafeString("") if why else _picture(request, session, at),
        spoken=(word[:half], word[half:]),
        address=request.build_absolute_uri(reverse("learning:check_in_code")).partition("://")[2],
        turns_in=room_codes.PICTURE.turns_in(at) + 1,
        came=Attendance.objects.filter(session=session, mark__in=HERE).count(),
    )


def _picture(request: HttpRequest, session: Session, at: dt.datetime) -> SafeString:
    window = room_codes.PICTURE.now(at)
    carried = room_codes.token(checking_in.secret_of(session), str(session.key), window)
    address = reverse("learning:scanned", kwargs={"session": session.key, "token": carried})
    return mark_safe(qr_svg(request.build_absolute_uri(address)))  # noqa: S308 -- drawn by us, of numbers alone


def _spoken(session: Session, at: dt.datetime) -> str:
    window = room_codes.SPOKEN.now(at)
    return room_codes.spoken(checking_in.secret_of(session), str(session.key), window)


@dataclass(frozen=True)
class CheckInScreen:
    """A session to which somebody checks in. `person`: whose mark it would be; `refused`: why it cannot be."""

    session: Session
    person: Person
    starts: dt.datetime
    ends: dt.datetime
    refused: str = ""
    may_join: bool = False


def check_in_screen(
    session: Session, person: Person, refused: checking_in.Reason | None = None
) -> CheckInScreen:
    """Return what somebody reads before she checks in, or why she cannot. No query."""
    starts, ends = session.local_times
    return CheckInScreen(
        session=session,
        person=person,
        starts=starts,
        ends=ends,
        refused=str(NOT_CHECKED_IN[refused]) if refused else "",
        may_join=refused == checking_in.Reason.NOT_IN_GROUP,
    )
