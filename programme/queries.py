"""What the screens of this room show: where to report abuse, and the support lines in full."""

from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Site

from programme.models import Identity
from programme.support import CountryLines, support_by_country


@dataclass(frozen=True)
class AbuseScreen:
    """Where and how somebody can report abuse by staff; every word comes from the site's settings."""

    organisation: str
    email: str
    phone: str
    dialled: str
    anonymous_url: str
    readers: str
    answer_time: str
    reachable: bool


@dataclass(frozen=True)
class LinesScreen:
    """The support lines of every country."""

    countries: tuple[CountryLines, ...]


def abuse_screen(*, site: Site | None) -> AbuseScreen:
    """Return the addresses for reports; without a setting, the screen says so honestly."""
    identity = Identity.for_site(site) if site else Identity()
    return AbuseScreen(
        organisation=identity.organisation or identity.site_name,
        email=identity.reports_email,
        phone=identity.abuse_phone,
        dialled="".join(char for char in identity.abuse_phone if char.isdigit() or char == "+"),
        anonymous_url=identity.abuse_anonymous_url,
        readers=identity.abuse_readers,
        answer_time=identity.abuse_answer_time,
        reachable=bool(identity.takes_reports or identity.abuse_anonymous_url),
    )


def lines_screen() -> LinesScreen:
    """Return every confirmed line, read afresh."""
    return LinesScreen(countries=support_by_country(today=timezone.localdate()))
