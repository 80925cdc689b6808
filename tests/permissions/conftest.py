"""One world for a whole module; whatever a request changes in it is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.world import World, build
from tests.plugins.starter import module_transaction


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with module_transaction(django_db_blocker):
        yield build()


@pytest.fixture
def world(made_world: World, db: Any) -> World:
    """The site with the cast; no test sees what another did."""
    return made_world
