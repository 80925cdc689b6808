"""What an administrator forgets among the variables of a site on the internet; asked by `check --deploy` alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host

# Secrets that stand in public files: in ours, in Django's template of a project, in tutorials.
KNOWN_SECRETS = (
    "for-development-only",
    "for-tests-only",
    "django-insecure-",
    "changeme",
    "change-me",
    "secret-key",
)
HERE = {"localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0"}  # noqa: S104 -- a name to compare with, nothing listens
NO_MAIL = ("filebased", "console", "locmem", "dummy")

Found = list[checks.CheckMessage]


def on_the_internet(check: Callable[[], Found]) -> Callable[..., Found]:
    """Register a check that looks at settings alone."""

    @checks.register(checks.Tags.security, deploy=True)
    def asked(app_configs: Any, **kwargs: Any) -> Found:
        return check()

    return asked


@on_the_internet
def secret_key_is_secret() -> Found:
    """Refuse a key that stands in a public file: with it anybody makes herself a session."""
    if not str(settings.SECRET_KEY).lower().startswith(KNOWN_SECRETS):
        return []
    return [
        checks.Error(
            "SECRET_KEY is one that everybody can read.",
            hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="programme.E002",
        )
    ]


@on_the_internet
def hosts_are_named() -> Found:
    """Refuse '*': links in mails and certificates would lead to wherever a request says."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        checks.Error(
            "ALLOWED_HOSTS answers every name.",
            hint="Write the site's own host names, parted by commas.",
            id="programme.E003",
        )
    ]


@on_the_internet
def address_is_public() -> Found:
    """Refuse a base address that nobody can reach: it is printed on certificates."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if base.scheme == "https" and base.hostname not in HERE:
        return []
    return [
        checks.Error(
            f"SENDA_BASE_URL is {settings.WAGTAILADMIN_BASE_URL}, where no learner gets to by https.",
            hint="Write the site's public address, such as https://senda.example.org. It is printed on certificates.",
            id="programme.E004",
        )
    ]


@on_the_internet
def address_is_answered() -> Found:
    """Warn of a base address that the site itself would not answer."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    if not settings.ALLOWED_HOSTS or validate_host(host, settings.ALLOWED_HOSTS):
        return []
    return [
        checks.Warning(
            f"SENDA_BASE_URL names {host}, which is not among ALLOWED_HOSTS.",
            hint="Add it there, or mend the address: the QR codes of certificates lead to it.",
            id="programme.W005",
        )
    ]


@on_the_internet
def mail_goes_out() -> Found:
    """Warn that mail goes nowhere: nobody regains a password."""
    if not any(word in settings.EMAIL_BACKEND for word in NO_MAIL):
        return []
    return [
        checks.Warning(
            "Mail is not sent: it is written into files, or lost.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587.",
            id="programme.W006",
        )
    ]


@on_the_internet
def sender_is_somebody() -> Found:
    """Warn of a sender whom mail servers refuse."""
    if settings.DEFAULT_FROM_EMAIL.strip("<> ").rsplit("@", 1)[-1].rstrip(">") not in HERE:
        return []
    return [
        checks.Warning(
            "DEFAULT_FROM_EMAIL ends in «localhost»: mail servers refuse it.",
            hint="Write an address of the site's own domain, such as Senda <senda@example.org>.",
            id="programme.W007",
        )
    ]


@on_the_internet
def database_is_a_server() -> Found:
    """Warn of the embedded database: one writer at a time."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        checks.Warning(
            "The site runs on the embedded database, in which one request at a time writes.",
            hint="Set DATABASE_URL to a PostgreSQL database before many people come.",
            id="programme.W008",
        )
    ]


@on_the_internet
def proxies_are_counted() -> Found:
    """Warn that the proxy which ends TLS is counted as the reader: one classroom would shut out all others."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0 or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    return [
        checks.Warning(
            "TRUSTED_PROXIES is 0, but https ends at a proxy: limits count all readers as one.",
            hint="Set it to the number of proxies before the site, which is 1 as a rule.",
            id="programme.W009",
        )
    ]


@on_the_internet
def staff_show_a_second_factor() -> Found:
    """Warn of an admin that a password alone opens."""
    if settings.SENDA_STAFF_TOTP:
        return []
    return [
        checks.Warning(
            "SENDA_STAFF_TOTP is off: a password alone opens the admin.",
            hint="Take the variable out: production asks staff for a second factor.",
            id="programme.W010",
        )
    ]
