"""Keeps what stands around every page, ready to print: names, addresses, support lines, links to known pages.

It is built from some five queries, then remembered (`programme.remembered`).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from wagtail.models import Site

from programme.links import Link, page_links
from programme.models import Identity
from programme.remembered import remember
from programme.support import CountryLines, support_by_country

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
    # What was rendered of it already (`programme.templatetags.kept`); it goes when the frame goes.
    pieces: dict[Hashable, SafeString] = field(default_factory=dict, compare=False, repr=False)


def frame_for(request: HttpRequest) -> Frame:
    """Return the frame in the reader's language."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    # The host is part of the key: two sites of one installation have two identities.
    # The day is part of it too: with time support lines become old.
    name = f"frame.{request.get_host()}.{language}.{timezone.localdate()}"
    return remember(name, lambda: build_frame(site=Site.find_for_request(request), language=language))


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
