"""The three caches: `default` may forget, `shared` counts guesses exactly, `hints` tells processes what changed."""

from typing import Any

Caches = dict[str, dict[str, Any]]

# A Redis that does not answer must not hold a page: half a second, and no second try within the same request.
_IMPATIENT = {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5, "CONNECTION_POOL_KWARGS": {"retry": None}}


def redis_caches(url: str) -> Caches:
    """Return caches in Redis. While it is away pages are made without it, and nobody signs in uncounted."""
    strict = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "OPTIONS": {**_IMPATIENT, "IGNORE_EXCEPTIONS": False},
    }
    lenient = {**strict, "OPTIONS": {**_IMPATIENT, "IGNORE_EXCEPTIONS": True}}
    return {"default": lenient, "shared": strict, "hints": lenient}


def database_caches() -> Caches:
    """Return caches without Redis: rate limits need one that every process shares, which stands in the database."""
    table = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "senda_cache",
        # Roomy: at its default of 300 entries somebody could push the counts of wrong PINs out of it.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
    return {"default": {"BACKEND": "accounts.caches.LocalExceptLimits"}, "shared": table, "hints": table}
