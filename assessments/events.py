"""What this room announces, always after commit. State is the truth: a command reaches the same without them."""

from django.dispatch import Signal

# provides args: attempt_id. An attempt was handed in and marked, once.
attempt_marked = Signal()

# provides args: version_id, quiz_key. A quiz's questions, key or limits changed and were frozen anew.
quiz_frozen = Signal()
