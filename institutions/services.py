"""What can be done with memberships: a person says where she works, or that she works there no longer."""

import datetime as dt

from django.db import transaction

from accounts.models import Person
from common.clock import local_date, now
from institutions.models import Institution, Membership, MembershipRole, MembershipState

DEFAULT_TIME_ZONE = "America/Mexico_City"


def claim_membership(
    *, person: Person, institution: Institution | None, at: dt.datetime | None = None
) -> None:
    """Keep where a person says that she works; None means independent or a grassroots group without entry.

    What she said before ends today and stays as history. What makes her a focal point is not hers to change.
    """
    today = local_date(at or now(), person.country.time_zone if person.country else DEFAULT_TIME_ZONE)
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        open_ones = Membership.objects.filter(person=person, role=MembershipRole.MEMBER, ends_on__isnull=True)
        for former in open_ones.exclude(institution=institution) if institution else open_ones:
            # An answer put right on the day it was given may have begun "tomorrow" in another time zone.
            former.ends_on = max(today, former.starts_on)
            former.save(update_fields=["ends_on"])
        if institution is not None:
            Membership.objects.get_or_create(
                person=person,
                institution=institution,
                role=MembershipRole.MEMBER,
                ends_on=None,
                defaults={"starts_on": today, "state": MembershipState.CLAIMED},
            )


def current_institution(person: Person) -> Institution | None:
    """Return where a person says that she works."""
    open_ones = Membership.objects.filter(person=person, role=MembershipRole.MEMBER, ends_on__isnull=True)
    row = (
        open_ones.exclude(state=MembershipState.REFUSED)
        .select_related("institution")
        .order_by("-starts_on")
        .first()
    )
    return row.institution if row else None
