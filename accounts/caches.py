"""Keeps the default cache in the process, and what limits guesses where every process sees it."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

SHARED_PREFIX = "allauth"


class LocalExceptLimits(LocMemCache):
    """An in-process cache that hands allauth's keys to the cache `shared`.

    allauth counts attempts in the default cache and cannot be pointed elsewhere. Counted in the process, four
    workers would allow four times the guesses; the whole default cache in the database would cost every page
    view a query (Wagtail keeps its site paths there).
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value."""
        return _shared().get(key, default, version) if _is_shared(key) else super().get(key, default, version)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Keep the value."""
        if _is_shared(key):
            return _shared().set(key, value, *args, **kwargs)
        return super().set(key, value, *args, **kwargs)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Keep the value unless there is one."""
        if _is_shared(key):
            return bool(_shared().add(key, value, *args, **kwargs))
        return super().add(key, value, *args, **kwargs)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Drop the value."""
        return bool(_shared().delete(key, version)) if _is_shared(key) else super().delete(key, version)


def _is_shared(key: str) -> bool:
    return str(key).startswith(SHARED_PREFIX)


def _shared() -> Any:
    return caches["shared"]
