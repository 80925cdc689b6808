"""Lets Wagtail's site have the address of SENDA_BASE_URL: mails lead to pages by it, and nobody writes it twice."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def follow_base_url(**kwargs: Any) -> None:
    """Give the default site the host and port of the setting; called after each `migrate` and by the starter."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    where = {"hostname": address.hostname or "localhost", "port": address.port or PORTS[address.scheme]}
    site = Site.objects.filter(is_default_site=True).exclude(**where).first()
    if site is None or Site.objects.filter(**where).exists():
        return
    # Without signals: at the very first `migrate` the table of the cache that they empty is not there yet.
    Site.objects.filter(pk=site.pk).update(**where)
    Site.clear_site_root_paths_cache()
