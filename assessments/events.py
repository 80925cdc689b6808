"""What this room announces to the rooms above, after commit. State is the truth: a command reaches the same without."""

from django.dispatch import Signal

# Sent with `attempt_id` (int) when an attempt was handed in and marked, once.
attempt_marked = Signal()

# Sent with `quiz_key` (UUID) and `version_id` (int) when a quiz's questions, key or limits changed and were frozen.
quiz_frozen = Signal()
