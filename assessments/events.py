<<<<<<< HEAD
"""What this room announces, always after commit. State is the truth: a command reaches the same without them."""

from django.dispatch import Signal

# provides args: attempt_id. An attempt was handed in and marked, once.
attempt_marked = Signal()

# provides args: version_id, quiz_key. A quiz's questions, key or limits changed and were frozen anew.
=======
"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent with `attempt_id` (int) when an attempt has been marked.
attempt_marked = Signal()

# Sent with `quiz_key` (UUID) when a new version of a quiz was frozen.
>>>>>>> main
quiz_frozen = Signal()
