"""Says which records stand for somebody: all but the few that were merged into another."""

from django.db.models import BooleanField, Case, F, When

# Said as `canonical=F("pk")`, PostgreSQL takes it for rare, one in two hundred, and the opposite for common. Of this
# very expression it keeps count, by the index `person_stands` over it: both sides are then estimated as they are, and
# the few that were merged are found without reading everybody.
STANDS = Case(When(canonical=F("id"), then=True), default=False, output_field=BooleanField())
