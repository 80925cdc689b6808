"""What is done when a page is published or withdrawn: the links around every page are found anew."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from programme.frame import forget_frames


@receiver([page_published, page_unpublished, post_page_move])
def links_changed(**kwargs: Any) -> None:
    """Forget the frames once the change is there for everybody."""
    transaction.on_commit(forget_frames)
