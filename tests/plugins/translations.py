"""Gives tests the compiled catalogues, which are not kept in the repository."""

import pytest

from scripts.messages import compile_catalogues


def pytest_configure(config: pytest.Config) -> None:
    """Once, before the workers of pytest-xdist start."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()
