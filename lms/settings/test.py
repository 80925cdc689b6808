"""For tests: tasks run at once, mail stays in memory, hashing is quick, nothing is written beside the code."""

import tempfile
from pathlib import Path

from lms.settings.base import *  # noqa: F403 -- settings build on settings
from lms.settings.base import STORAGES

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105 -- no secret: everybody can read it
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SENDA_DEMO_ALLOWED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"},
    "hints": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"},
}
_SCRATCH = Path(tempfile.mkdtemp(prefix="senda-test-"))
MEDIA_ROOT = _SCRATCH / "media"
STORAGES = {
    **STORAGES,
    "private": {**STORAGES["private"], "OPTIONS": {"location": _SCRATCH / "private"}},
}
