"""What is done when somebody changes what stands around every page: the next page shows the change."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from programme.frame import forget_frames
from programme.models import Country, Identity, SupportLine


@receiver([post_save, post_delete], sender=Identity)
@receiver([post_save, post_delete], sender=SupportLine)
@receiver([post_save, post_delete], sender=Country)
def frame_changed(**kwargs: Any) -> None:
    """Forget the frames once the change is there for everybody."""
    transaction.on_commit(forget_frames)
