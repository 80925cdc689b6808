"""What the views of this room share: who asks, and hers or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from accounts.http import SignedRequest
from learning.models import Enrolment
from learning.queries import find_enrolment
from learning.queries.consulting import asks


def enrolment_or_404(request: SignedRequest, activity: UUID) -> Enrolment:
    """Return the asker's own enrolment that asks the activity of her, or raise 404."""
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None or not asks(enrolment, activity):
        raise Http404
    return enrolment
