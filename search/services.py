"""What can be done to the index as a whole."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from wagtail.search.models import IndexEntry

from search.kinds import all_kinds


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuilt index holds: entries by kind (of hidden pages too), and how long it took."""

    counts: dict[str, int]
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Return entries a second."""
        return self.total / self.seconds if self.seconds else 0.0


def rebuild() -> Rebuilt:
    """Write the index anew from the database's state; visitors search the old one meanwhile. Idempotent."""
    began = time.monotonic()
    call_command("update_index", verbosity=0)
    seconds = time.monotonic() - began
    counts = {}
    for kind in all_kinds():
        content_type = ContentType.objects.get_for_model(kind.model_class, for_concrete_model=False)
        counts[kind.key] = IndexEntry.objects.filter(content_type=content_type).count()
    return Rebuilt(counts=counts, total=IndexEntry.objects.count(), seconds=seconds)
