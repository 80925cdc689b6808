"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent with `attempt_id` (int) when an attempt has been marked.
attempt_marked = Signal()

# Sent with `quiz_key` (UUID) when a new version of a quiz was frozen.
quiz_frozen = Signal()
