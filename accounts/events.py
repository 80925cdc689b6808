"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent by `Person` with `person_id` (int) when somebody saved her profile.
profile_saved = Signal()
