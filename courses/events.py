"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent with `version_id` (int) when a version has been released, the first one included.
version_published = Signal()

# Sent with `proposal_id` (int) when changed requirements wait for a trainer.
version_proposed = Signal()
