"""Says under which record of a person something within an enrolment is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Person
    from learning.models import Enrolment


def other_record(owner_id: int, signed_in: Person | None) -> Person | None:
    """Return who was signed in, where it was another record than the one under which it is written; else None."""
    return signed_in if signed_in is not None and signed_in.pk != owner_id else None


def owner_of(enrolment: Enrolment, person: Person) -> Person:
    """Return the person of `enrolment`: `person` herself, or another record of hers. A query for the latter only."""
    return person if enrolment.person_id == person.pk else enrolment.person
