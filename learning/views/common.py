"""What the views of this room share: who asks, and hers or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from learning.models import Enrolment
from learning.queries import find_enrolment

if TYPE_CHECKING:
    from django.http import HttpRequest


def enrolment_or_404(request: HttpRequest, activity: UUID) -> Enrolment:
    """Return the asker's own enrolment within which the activity stands, or raise 404."""
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None:
        raise Http404
    return enrolment
