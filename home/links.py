"""Where the pages stand to which every page links: the catalogue, and information pages with a role."""

from collections.abc import Iterable

from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from common.text import without_unverified
from courses.models import CourseIndexPage
from courses.translated import plain_address
from home.models import InformationPage
from programme.links import COURSES, Link


def find_links(site: Site, language: str) -> dict[str, Link]:
    """Return the open pages by role, in `language` or else in the language in which they were written."""
    named = [(page.role, page) for page in _open_pages(InformationPage, site).exclude(role="")]
    named += [(COURSES, page) for page in _open_pages(CourseIndexPage, site)]
    return _by_role(named, site, language)


def _open_pages(model: type[Page], site: Site) -> PageQuerySet:
    # Translations stand in a tree beside the site's root: being below the root does not tell a site's pages.
    return model.objects.live().public().select_related("locale").order_by("path")


def _by_role(named: Iterable[tuple[str, Page]], site: Site, language: str) -> dict[str, Link]:
    found: dict[str, Link] = {}
    for role, page in named:
        url = plain_address(page, current_site=site)
        if url and (role not in found or page.locale.language_code == language):
            found[role] = Link(url=url, title=without_unverified(page.title), lang=page.locale.language_code)
    return found
