"""Says whether one person speaks for an institution in which another works."""

from accounts.models import Person
from institutions import counterparts
from institutions.models import Membership


def employs(by: Person, person: Person) -> bool:
    """Say whether `by` is focal point where `person` works, there or at the institution above.

    A claimed membership counts too: Amina has said that she works at the hospital, and its focal point must not
    be able to read her record merely because nobody has confirmed it yet. This answer only ever shuts a door.
    """
    spoken_for = set(
        Membership.objects.of(by)
        .speaking()
        .filter(ends_on__isnull=True)
        .values_list("institution_id", flat=True)
    )
    return bool(spoken_for & _places_of(person)) if spoken_for else False


def _places_of(person: Person) -> set[int]:
    """Return the institutions where a person works, with all those above them."""
    here = set(
        Membership.objects.of(person)
        .filter(ends_on__isnull=True)
        .standing()
        .values_list("institution_id", flat=True)
    )
    # Two entries of one hospital are one employer, merged or parted since.
    return counterparts.above(here)
