"""The demo's consents, privacy requests and the one person who asked to be forgotten."""

from __future__ import annotations

from collections.abc import Callable

from accounts import asking, consents, erasing
from accounts.models import Consent, DataRequest, Person
from home.demo import people
from home.demo.calendar import ago
from home.demo.learners import Stage, certified
from home.demo.people import Someone

FORGOTTEN = Someone("olvido", "Persona Que Pidió Olvido", "HN", "olvido@senda.example", position="community")


def load_consents(person: Person) -> None:
    """Julián allowed, took back and allowed again; he asked three things: one waits, one is late, one is answered."""
    if DataRequest.objects.filter(person=person).exists():
        return
    share, follow = Consent.Purpose.SHARE_EMPLOYER, Consent.Purpose.FOLLOW_UP
    consents.give(person=person, purpose=share, at=ago(60))
    consents.withdraw(person=person, purpose=share, at=ago(40))
    consents.give(person=person, purpose=share, at=ago(5))
    consents.give(person=person, purpose=follow, at=ago(60))
    consents.withdraw(person=person, purpose=follow, at=ago(3))
    kind, about = DataRequest.Kind.CORRECTION, DataRequest.About
    asking.ask(person=person, kind=kind, about=about.BIRTH_YEAR, wish="Nací en 1991.", at=ago(4))
    asking.ask(
        person=person, kind=kind, about=about.RECORD, wish="Me faltan dos horas del taller.", at=ago(45)
    )
    asked = asking.ask(
        person=person, kind=kind, about=about.MEMBERSHIP, wish="Ya no trabajo en ese albergue.", at=ago(30)
    )
    elena = people.find(people.ELENA.key)
    if elena and asking.may_answer(elena):
        words = "Cerramos tu pertenencia con la fecha que nos diste."
        asking.answer(request=asked, done=True, words=words, by=elena, at=ago(20))


def forgotten(stage: Stage) -> Callable[[], Person]:
    """Return how to make somebody who completed, holds a certificate, and asked to be forgotten."""

    def make() -> Person:
        person = people.sign_up(FORGOTTEN, days=200)
        certified(person, FORGOTTEN, stage)
        erasing.erase(person=person, by=None, at=ago(10))
        return person

    return make
