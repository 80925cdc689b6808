"""Finds the product's own help for who writes courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Site

from programme.links import page_links

if TYPE_CHECKING:
    from django.http import HttpRequest


def help_url(request: HttpRequest) -> str:
    """Return the address of the help for who writes courses, where there is such a page."""
    site = Site.find_for_request(request)
    # The named pages alone: the frame around them reads support lines, which the admin never shows.
    links = page_links(site, (get_language() or settings.LANGUAGE_CODE)[:2]) if site else {}
    help_page = links.get("help-trainer") or links.get("help")
    return help_page.url if help_page else ""
