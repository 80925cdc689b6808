"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent by `Person` with `person_id` (int) when somebody saved her profile.
profile_saved = Signal()

# Sent by `PersonMerge` with `merge_id` (int) when two persons began to count as one.
people_merged = Signal()

# Sent by `PersonMerge` with `merge_id` (int) when a merge was undone.
people_parted = Signal()
