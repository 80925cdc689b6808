"""What can be done with requests under the privacy laws: ask, take back, answer. Downloads are written down too."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import deadlines
from accounts.models import DataRequest, Person, User
from common.clock import now

# A correction may be about several things; each has one open request at a time.
ASKED = (DataRequest.Kind.CORRECTION, DataRequest.Kind.ERASURE, DataRequest.Kind.OBJECTION)


class Reason(StrEnum):
    """Why a request was not answered."""

    NOT_YOURS = "not_yours"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"


class AnswerRefused(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def ask(
    *,
    person: Person,
    kind: str,
    about: str = "",
    wish: str = "",
    by: Person | None = None,
    at: dt.datetime | None = None,
) -> DataRequest:
    """Write down what a person asks, with the day until which it is answered; `by` is who wrote it down for her.

    The same asked again while it waits is the same request, in the newer words; its date does not move.
    """
    moment = at or now()
    try:
        with transaction.atomic():
            return DataRequest.objects.create(
                person=person,
                kind=kind,
                about=about,
                wish=wish.strip(),
                asked_at=moment,
                asked_by=by,
                due_on=deadlines.due(asked_on=timezone.localdate(moment), country=person.country_id or ""),
            )
    except IntegrityError:
        waiting = DataRequest.objects.open().filter(person=person, kind=kind, about=about)
        waiting.update(wish=wish.strip())
        return waiting.get()


def take_back(*, request: DataRequest, at: dt.datetime | None = None) -> bool:
    """Close a request that its person no longer makes; return whether it was open."""
    return _close(request, DataRequest.State.TAKEN_BACK, None, "", at or now())


def answer(
    *, request: DataRequest, done: bool, words: str, by: Person, at: dt.datetime | None = None
) -> DataRequest:
    """Answer a request, once, in words that its person reads. Raises AnswerRefused."""
    if not may_answer(by):
        raise AnswerRefused(Reason.NOT_YOURS)
    if not words.strip():
        raise AnswerRefused(Reason.NO_ANSWER)
    state = DataRequest.State.DONE if done else DataRequest.State.REFUSED
    if not _close(request, state, by, words.strip(), at or now()):
        raise AnswerRefused(Reason.CLOSED)
    request.refresh_from_db()
    return request


def may_answer(by: Person) -> bool:
    """Say whether somebody answers privacy requests."""
    user = User.objects.filter(person=by, is_active=True).first()
    return user is not None and user.has_perm("accounts.answer_data_request")


def write_down_download(*, person: Person, at: dt.datetime | None = None) -> DataRequest:
    """Keep that a person took her data with her: a request that is answered at once."""
    moment = at or now()
    return DataRequest.objects.create(
        person=person,
        kind=DataRequest.Kind.ACCESS,
        asked_at=moment,
        due_on=timezone.localdate(moment),
        state=DataRequest.State.DONE,
        closed_at=moment,
    )


def _close(request: DataRequest, state: str, by: Person | None, words: str, moment: dt.datetime) -> bool:
    waiting = DataRequest.objects.open().filter(pk=request.pk)
    return bool(waiting.update(state=state, closed_at=moment, closed_by=by, answer=words))
