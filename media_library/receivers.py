"""Listens for new pictures."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from media_library.models import Picture


@receiver(post_save, sender=Picture)
def prepare_sizes(instance: Picture, **kwargs: Any) -> None:
    """Ask for the sizes once the picture is kept for good."""
    from media_library.tasks import prepare_picture

    transaction.on_commit(partial(prepare_picture.enqueue, instance.pk))
