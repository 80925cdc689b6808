"""Says what the loader saved to the two indexes once, at the end: to the search, and to who refers to whom.

Left alone, every save leaves a task for each: some 1,500 for the starter courses, most of them for things that are
saved again a moment later. The worker takes minutes over them, and the site calls itself late meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

# What is saved, in order, once each.
Saved = dict[tuple[type[Model], Any], None]


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Index what is saved within when it is left, by an error too: what was committed is found."""
    saved: Saved = {}

    def note(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            saved[sender, instance.pk] = None

    post_save.connect(note, weak=False)
    try:
        with disable_reference_index_auto_update(), _search_waits():
            yield
    finally:
        post_save.disconnect(note)
        for model, pk in saved:
            _index(model, pk)


@contextmanager
def _search_waits() -> Iterator[None]:
    models = [model for model in get_indexed_models() if getattr(model, "search_auto_update", True)]
    waiting = [model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)]
    try:
        yield
    finally:
        for model in waiting:
            post_save.connect(post_save_signal_handler, sender=model)


def _index(model: type[Model], pk: Any) -> None:
    """Do what the two tasks do. What was rolled back, or deleted later, is in no index."""
    instance = model._base_manager.filter(pk=pk).first()
    if instance is None:
        return
    with transaction.atomic():
        if model in get_indexed_models():
            insert_or_update_object(instance)
        if model in ReferenceIndex.tracked_models:
            update_reference_index_task.func(model._meta.app_label, model._meta.model_name, str(pk))
