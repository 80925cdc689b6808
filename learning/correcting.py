"""Corrects the country of work under which somebody is enrolled, and tells beforehand what it changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from common import clock
from courses import versions
from learning.access import Refusal
from learning.facts import facts_of
from learning.models import CountryCorrection, Enrolment, EnrolmentState
from learning.services import Refused, settle

if TYPE_CHECKING:
    from accounts.models import Person
    from programme.models import Country


@dataclass(frozen=True)
class Consequences:
    """What another country would change for a learner: required activities asked anew, and no longer; and how many
    of those that she did count on.
    """

    added: tuple[versions.Activity, ...]
    removed: tuple[versions.Activity, ...]
    kept: int


def consequences(enrolment: Enrolment, country: Country) -> Consequences:
    """Return what would change if `enrolment` were one of somebody who works in `country`. One query."""
    manifest = versions.manifest_of(enrolment.version)
    now = manifest.for_reader(enrolment.reader)
    then = manifest.for_reader(replace(enrolment.reader, country=country.pk))
    done = facts_of(enrolment).done
    return Consequences(
        added=tuple(a for a in then if a not in now and a.required and a.key not in done),
        removed=tuple(a for a in now if a not in then and a.required),
        kept=sum(1 for a in then if a.key in done),
    )


def refusal_of(enrolment: Enrolment, country: Country) -> Refusal | None:
    """Return why the enrolment may not go on in `country`: the course is not offered there."""
    offered = versions.scope_of(enrolment.course).countries
    return Refusal.NOT_FOR_COUNTRY if offered and country.pk not in offered else None


def correct_country(
    *, enrolment: Enrolment, country: Country, by: Person, at: dt.datetime | None = None
) -> CountryCorrection | None:
    """Let an enrolment in progress go on under another country of work; None when it is that one already.

    What she did is kept, also what the new country is not asked. Raises Refused for a country in which the course is
    not offered.
    """
    at = at or clock.now()
    refusal = refusal_of(enrolment, country)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        if locked.at_country_id == country.pk or locked.state != EnrolmentState.ACTIVE:
            return None
        before = locked.at_country
        locked.at_country, locked.time_zone = country, country.time_zone
        locked.save(update_fields=["at_country", "time_zone"])
        correction = CountryCorrection.objects.create(
            enrolment=locked, before=before, after=country, corrected_by=by, corrected_at=at
        )
        # Her own act, like a lesson done: where the new country asks less, it may be the last thing that was needed.
        settle(enrolment=locked, at=at)
    return correction
