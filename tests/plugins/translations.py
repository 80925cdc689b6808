"""Gives tests the compiled catalogues, which are not kept in the repository."""

import pytest
from django.utils.translation import trans_real

from scripts.messages import compile_catalogues


def pytest_configure(config: pytest.Config) -> None:
    """Once, before the workers of pytest-xdist start."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()
        # Setting Django up may have read what was compiled before; the stubs do not know these names.
        vars(trans_real)["_translations"].clear()
        vars(trans_real)["_default"] = None
