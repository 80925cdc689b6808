"""Presses buttons as a browser does: the request's commit runs what waits for it."""

from __future__ import annotations

from typing import Any

from tests.conftest import Role
from tests.factories.courses import committed


def press(role: Role, address: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
    """Send a form and return the answer."""
    with committed():
        return role.client.post(address, data or {}, **options)
