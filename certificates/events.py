"""What this room announces to the rooms above, after commit."""

from django.dispatch import Signal

# Sent with `certificate_id` (int), once for each certificate.
certificate_issued = Signal()

# Sent with `certificate_id` (int), once.
certificate_revoked = Signal()
