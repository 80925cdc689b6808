"""When the starter content is loaded, can Amina find it at once, and is the site in order from its first minute?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from home.starter.indexing import indexed_at_the_end
from tests.factories.courses import make_course

INDEXING = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


@pytest.fixture
def queued(settings: Any) -> None:
    """Tasks wait for a worker, as they do on a site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def page(db: Any) -> Page:
    """The page of a quiz, of which neither index knows."""
    page = make_course().quiz_page
    DBTaskResult.objects.all().delete()
    IndexEntry.objects.all().delete()
    ReferenceIndex.objects.all().delete()
    assert page is not None
    return page


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path__in=INDEXING).count()


def entries(page: Page) -> int:
    return IndexEntry.objects.filter(object_id=str(page.pk), content_type=page.content_type).count()


def test_what_the_loader_saved_is_found_and_no_task_waits(queued: None, page: Page) -> None:
    with indexed_at_the_end():
        page.save()
        page.save()
        assert entries(page) == 0
    assert entries(page) == 1
    assert ReferenceIndex.objects.filter(object_id=str(page.pk)).exists()
    assert waiting() == 0


def test_after_it_a_save_is_the_workers_again(queued: None, page: Page) -> None:
    with indexed_at_the_end():
        page.save()
    page.save()
    assert waiting() == 2


def test_what_was_saved_before_an_error_is_found_and_what_was_taken_back_is_not(
    queued: None, page: Page
) -> None:
    gone = None

    def load() -> None:
        nonlocal gone
        page.save()
        with transaction.atomic():
            gone = page.copy(update_attrs={"slug": "se-fue"})
            transaction.set_rollback(True)
        raise RuntimeError

    with pytest.raises(RuntimeError), indexed_at_the_end():
        load()
    assert gone is not None
    assert entries(page) == 1
    assert entries(gone) == 0
