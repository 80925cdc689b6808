"""Keeps what stands around every page, ready to print: names, addresses, support lines, links to known pages.

It is built from some five queries, then held in the cache for a minute at most. A saved change is seen at
once by the process that saved it, and within the minute by every other one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from wagtail.models import Site

from programme.links import Link, page_links
from programme.models import Identity
from programme.support import CountryLines, support_by_country

SECONDS = 60
GENERATION = "programme.frame.generation"
ABOUT_ROLES = ("about", "help", "accessibility")
TRUST_ROLES = ("privacy",)


@dataclass(frozen=True)
class Language:
    """A language of the interface, named in itself."""

    code: str
    name: str


@dataclass(frozen=True)
class Logo:
    """The organisation's logo at the size in which the header shows it."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Frame:
    """What every page shows around its own content."""

    name: str
    organisation: str
    about: str
    logo: Logo | None
    palette: str
    quick_exit_url: str
    contact_email: str
    donate_url: str
    join_url: str
    subscribe_url: str
    links: Mapping[str, Link]
    about_links: tuple[Link, ...]
    trust_links: tuple[Link, ...]
    support: tuple[CountryLines, ...]
    languages: tuple[Language, ...]


def frame_for(request: HttpRequest) -> Frame:
    """Return the frame in the reader's language, from the cache when it is warm."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    # The host is part of the key: two sites of one installation have two identities.
    key = f"programme.frame.{cache.get(GENERATION, 0)}.{request.get_host()}.{language}"
    frame = cache.get(key)
    if frame is None:
        frame = build_frame(site=Site.find_for_request(request), language=language)
        cache.set(key, frame, SECONDS)
    return frame


def forget_frames() -> None:
    """Make the next page build its frame anew."""
    cache.set(GENERATION, timezone.now().timestamp(), None)


def build_frame(*, site: Site | None, language: str) -> Frame:
    """Read the frame from the database; a site without any setting has a neutral one."""
    identity = Identity.for_site(site) if site else Identity()
    links = page_links(site, language) if site else {}
    return Frame(
        name=identity.site_name,
        organisation=identity.organisation,
        about=identity.about,
        logo=_logo(identity),
        palette=identity.palette,
        quick_exit_url=identity.quick_exit_url,
        contact_email=identity.contact_email,
        donate_url=identity.donate_url,
        join_url=identity.join_url,
        subscribe_url=identity.subscribe_url,
        links=links,
        about_links=tuple(links[role] for role in ABOUT_ROLES if role in links),
        trust_links=tuple(links[role] for role in TRUST_ROLES if role in links),
        support=support_by_country(today=timezone.localdate()),
        languages=tuple(
            Language(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ),
    )


def _logo(identity: Identity) -> Logo | None:
    if identity.logo is None:
        return None
    rendition = identity.logo.get_rendition("max-320x64|preserve-svg")
    return Logo(url=rendition.url, width=rendition.width, height=rendition.height)
