"""For the internet: everything that must be said is said by environment variables, or the start is refused."""

import logging

from common import env, logs
from lms.settings.base import *  # noqa: F403 -- settings build on settings
from lms.settings.base import STORAGES

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
SENDA_DEMO_ALLOWED = False
SENDA_STAFF_TOTP = env.flag("SENDA_STAFF_TOTP", True)

# Behind a proxy that ends TLS; SENDA_INSECURE_HTTP=1 is for a benchmark on loopback, nowhere else.
_INSECURE = env.flag("SENDA_INSECURE_HTTP")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 1, high=10)
SECURE_SSL_REDIRECT = not _INSECURE
# A monitor beside the server asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", True)
# Browsers' lists take a host in with all hosts below it, or not at all.
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", True) and SECURE_HSTS_INCLUDE_SUBDOMAINS
# What the administrator said out loud is not asked again: both are on unless a variable says otherwise.
SILENCED_SYSTEM_CHECKS = [
    *(["security.W005"] if not SECURE_HSTS_INCLUDE_SUBDOMAINS else []),
    *(["security.W021"] if not SECURE_HSTS_PRELOAD else []),
]
SESSION_COOKIE_SECURE = not _INSECURE
CSRF_COOKIE_SECURE = not _INSECURE
LANGUAGE_COOKIE_SECURE = not _INSECURE

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Python's warnings become lines like all others, instead of raw text with values in it.
logging.captureWarnings(True)
# What people do is nobody's reading: lines without personal data (docs/rules/logs.md).
LOGGING = logs.configuration(
    style=env.choice("SENDA_LOG_FORMAT", "json", logs.STYLES),
    level=env.choice("LOG_LEVEL", "INFO", logs.LEVELS),
)
