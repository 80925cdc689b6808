"""Gives tests the real PAP-01, and the demo's people in it, loaded once for a module and rolled back after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

# The other starter courses have tests of their own; loading them too would cost every module that needs one.
PAP_01 = ("load_starter", "--course", "PAP-01")


@contextmanager
def module_transaction(blocker: Any) -> Iterator[None]:
    """Stand around all tests of a module, whose own transactions become savepoints; nothing of it stays.

    Not for modules whose tests commit: `transactional_db` takes the database away under it.
    """
    from django.core.cache import cache
    from django.db import transaction

    with blocker.unblock():
        cache.clear()
        with transaction.atomic():
            try:
                yield
            finally:
                transaction.set_rollback(True)
        # Wagtail keeps the addresses of sites there, which have just gone.
        cache.clear()


@contextmanager
def loaded_for_a_module(blocker: Any, *commands: tuple[str, ...]) -> Iterator[None]:
    """Run commands, each with its arguments, within a transaction of the module."""
    from django.core.management import call_command
    from django.test import TestCase

    with module_transaction(blocker):
        for command in commands:
            with TestCase.captureOnCommitCallbacks(execute=True):
                call_command(*command, stdout=StringIO())
        yield


@pytest.fixture(scope="module")
def loaded_starter(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded_for_a_module(django_db_blocker, PAP_01):
        yield


@pytest.fixture(scope="module")
def loaded_demo(loaded_starter: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("var")
    with override_settings(VAR_DIR=folder), loaded_for_a_module(django_db_blocker, ("load_demo",)):
        yield folder / "demo-accounts.txt"


@pytest.fixture
def starter(loaded_starter: None, db: Any) -> Any:
    """The record of PAP-01, as `load_starter` loads and publishes it."""
    from courses.models import Course

    return Course.objects.get(code="PAP-01")


@pytest.fixture
def demo(loaded_demo: Path, starter: Any, db: Any) -> Path:
    """The demo's people in PAP-01; the file that lists their accounts."""
    return loaded_demo
