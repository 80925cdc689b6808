"""What can be done with memberships: a person says where she works, or that she works there no longer."""

import datetime as dt

from django.db import transaction

from accounts.models import Person
from common.clock import local_date, now
from institutions.models import Institution, Membership

DEFAULT_TIME_ZONE = "America/Mexico_City"


def claim_membership(
    *, person: Person, institution: Institution | None, at: dt.datetime | None = None
) -> None:
    """Keep where a person says that she works; None means independent or a grassroots group without entry.

    What she said before ends today and stays as history. What makes her a focal point is not hers to change.
    """
    today = local_date(at or now(), person.country.time_zone if person.country else DEFAULT_TIME_ZONE)
    with transaction.atomic():
        list(Person.objects.the_same_as(person).select_for_update().order_by("pk").values_list("pk"))
        # Under whichever of her records it was said: it is she who says now where she works.
        open_ones = Membership.objects.of(person).working().filter(ends_on__isnull=True)
        for former in open_ones.exclude(institution=institution) if institution else open_ones:
            # An answer put right on the day it was given may have begun "tomorrow" in another time zone.
            former.ends_on = max(today, former.starts_on)
            former.save(update_fields=["ends_on"])
        if institution is None:
            return
        same = open_ones.filter(institution=institution)
        if not same.exists():
            Membership.objects.create(
                person=person, institution=institution, position=person.position, starts_on=today
            )
        elif person.position:
            # Who refused the place did not ask what she does: the position is hers to say.
            same.exclude(position=person.position).update(position=person.position)


def current_institution(person: Person) -> Institution | None:
    """Return where a person says that she works."""
    open_ones = Membership.objects.of(person).working().filter(ends_on__isnull=True)
    row = open_ones.standing().select_related("institution").order_by("-starts_on").first()
    return row.institution if row else None
