"""Writes a message to people of a group, and writes it again to those whom it did not reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from common import clock
from learning.models import Cohort, Enrolment, EnrolmentState, Session
from learning.overtaken import overtaken
from learning.running import runs
from messaging.frames import Text
from messaging.models import AGAIN, Delivery, Kind, Message, MessageText, Refusal, State, To
from messaging.reaching import reach_many
from messaging.sending import hand_out_later

if TYPE_CHECKING:
    from accounts.models import Person


class Reason(StrEnum):
    """Why nothing was written. The wording stands in `messaging.words`."""

    NOT_YOURS = "not_yours"
    NOBODY = "nobody"
    NO_TEXT = "no_text"
    OTHER_GROUP = "other_group"


class Refused(Exception):
    """Nothing was written; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def readers(cohort: Cohort, to: str, person: Person | None = None) -> list[Person]:
    """Return to whom a message goes, each once by the record that stands for her, by name."""
    standing = cohort.enrolments.standing().filter(person__erased_at__isnull=True)
    rows = list(standing.select_related("person__canonical").order_by("person__display_name", "pk"))
    gone_past = overtaken(rows, human=lambda row: row.person.canonical_id)
    found = {row.person.canonical_id: row.person.kept for row in rows if _reads(row, to, person, gone_past)}
    return list(found.values())


def _reads(row: Enrolment, to: str, person: Person | None, gone_past: set[int]) -> bool:
    if to == To.PERSON:
        return person is not None and row.person.is_same_as(person)
    if row.pk in gone_past:
        return False
    return to == To.COHORT or row.state == EnrolmentState.ACTIVE


def write_message(
    *,
    cohort: Cohort,
    to: str,
    texts: Sequence[Text],
    by: Person,
    person: Person | None = None,
    session: Session | None = None,
    key: UUID | None = None,
    at: dt.datetime | None = None,
) -> Message:
    """Keep a message with a delivery for each of its readers, and begin to send it.

    The first of `texts` is what those read whose language has none. The same `key` twice, by a double click, is one
    message. Raises Refused.
    """
    people = _check(cohort, to, texts, by, person, session)
    moment = at or clock.now()
    with transaction.atomic():
        # Two clicks wait for each other here; the second finds the message there.
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        fields = {
            "cohort": cohort,
            "session": session,
            "to": to,
            "person": people[0] if to == To.PERSON else None,
            "language": texts[0].language,
            "subject": texts[0].subject,
            "body": texts[0].body,
            "by": by,
            "at": moment,
        }
        message, new = Message.objects.get_or_create(key=key or uuid4(), defaults=fields)
        if new:
            _keep(message, texts[1:], people, moment)
            hand_out_later(message.pk)
    return message


def _check(
    cohort: Cohort,
    to: str,
    texts: Sequence[Text],
    by: Person,
    person: Person | None,
    session: Session | None,
) -> list[Person]:
    if not runs(by, cohort):
        raise Refused(Reason.NOT_YOURS)
    if not texts or not all(text.subject.strip() and text.body.strip() for text in texts):
        raise Refused(Reason.NO_TEXT)
    if session is not None and session.cohort_id != cohort.pk:
        raise Refused(Reason.OTHER_GROUP)
    people = readers(cohort, to, person)
    if not people:
        raise Refused(Reason.NOBODY)
    return people


def _keep(message: Message, further: Iterable[Text], people: list[Person], at: dt.datetime) -> None:
    MessageText.objects.bulk_create(
        MessageText(message=message, language=text.language, subject=text.subject, body=text.body)
        for text in further
    )
    standing = _standing(people)
    Delivery.objects.bulk_create(
        Delivery(message=message, person=person, state=standing[person.pk], next_try_at=at)
        for person in people
    )


def _standing(people: list[Person]) -> dict[int, State]:
    """Return how a message to each begins: who cannot or will not be written to is said at once."""
    reach = reach_many(people)
    no = Refusal.objects.filter(person__canonical_id__in=reach, kind=Kind.MESSAGE)
    refusing = set(no.values_list("person__canonical_id", flat=True))
    return {
        person.pk: State.REFUSED
        if person.pk in refusing
        else (State.QUEUED if reach[person.pk].address else State.NO_ADDRESS)
        for person in people
    }


def write_again(*, message: Message, by: Person, unsure: bool = False, at: dt.datetime | None = None) -> int:
    """Send a message again to those whom it did not reach, and who have an address by now; return to how many.

    With `unsure` also to those of whom nobody knows: they may read it twice. Raises Refused.
    """
    if not runs(by, message.cohort):
        raise Refused(Reason.NOT_YOURS)
    states = [state for state in AGAIN if unsure or state != State.UNSURE]
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).filter(message=message, state__in=states)
        waiting = list(rows.select_related("person").order_by("pk"))
        standing = _standing([row.person for row in waiting]) if waiting else {}
        keys = [row.pk for row in waiting if standing[row.person_id] == State.QUEUED]
        fresh = {"tries": 0, "last_error": "", "last_code": None, "next_try_at": at or clock.now()}
        Delivery.objects.filter(pk__in=keys).update(state=State.QUEUED, **fresh)
        if keys:
            hand_out_later(message.pk)
    return len(keys)
