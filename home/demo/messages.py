"""The demo's messages, in every state that a mail comes to rest in. None of them is really sent."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person
from home.demo.calendar import ago
from home.starter.files import key_of
from learning.models import Cohort
from messaging import refusals
from messaging.models import Delivery, Fault, Kind, Message, State, To
from messaging.writing import readers

# How each mail stands, why, and the server's figures, to the people of the group in turn.
Stands = tuple[tuple[State, str, int | None], ...]

DATED: Stands = (
    (State.SENT, "", None),
    (State.FAILED, Fault.REFUSED, 550),
    (State.UNSURE, Fault.CUT, None),
    (State.REFUSED, "", None),
    (State.DEFERRED, Fault.LATER, 451),
)
OPEN: Stands = ((State.SENT, "", None), (State.PAST, "", None))


def load_messages(by: Person) -> None:
    """Make the messages once, in the groups that are there."""
    _write(
        by,
        "DEMO-FECHAS",
        "Nos vemos el martes",
        "Traigan su cuaderno. Si alguien no puede venir, avíseme; no hacen falta motivos.",
        DATED,
    )
    _write(by, "DEMO-ABIERTO", "Empezamos", "Cada quien a su paso. Si algo no funciona, díganme.", OPEN)


def _write(by: Person, code: str, subject: str, body: str, stands: Stands) -> None:
    group = Cohort.objects.filter(code=code).first()
    key = key_of(f"demo/message/{code}")
    if group is None or Message.objects.filter(key=key).exists():
        return
    message = Message.objects.create(
        key=key, cohort=group, to=To.COHORT, language="es", subject=subject, body=body, by=by, at=ago(2)
    )
    # Who has no e-mail comes last, and says so.
    people = sorted(readers(group, To.COHORT), key=lambda person: not _has_email(person))
    for number, person in enumerate(people):
        state, fault, figures = stands[number % len(stands)]
        if not _has_email(person):
            state, fault, figures = State.NO_ADDRESS, "", None
        _deliver(message, person, state, fault, figures)


def _has_email(person: Person) -> bool:
    user = getattr(person, "user", None)
    return bool(user and user.email)


def _deliver(message: Message, person: Person, state: State, fault: str, figures: int | None) -> None:
    if state == State.REFUSED:
        refusals.refuse(person=person, kind=Kind.MESSAGE, at=ago(9))
    tried = state not in {State.REFUSED, State.NO_ADDRESS, State.PAST}
    Delivery.objects.create(
        message=message,
        person=person,
        state=state,
        tries=int(tried),
        last_error=fault,
        last_code=figures,
        # Long enough for whoever looks at the demo; the timer would try it then.
        next_try_at=ago(-30) if state == State.DEFERRED else message.at,
        claimed_at=message.at,
        sent_at=message.at + dt.timedelta(seconds=3) if state == State.SENT else None,
    )
