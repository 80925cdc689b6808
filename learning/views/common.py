"""What the views of this room share: who asks, and hers or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from accounts.http import SignedRequest
from learning.models import Enrolment
from learning.queries import find_enrolment


def enrolment_or_404(request: SignedRequest, activity: UUID) -> Enrolment:
    """Return the asker's own enrolment within which the activity stands, or raise 404."""
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None:
        raise Http404
    return enrolment
