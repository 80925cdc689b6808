"""What the front door shows: one function a screen, as many queries with 3 courses as with 300."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from common.languages import content_language, foreign, source_language
from common.text import without_unverified
from courses.catalogue import Book, catalogue
from courses.models import CourseIndexPage
from courses.translated import plain_address, readable, source_of
from home.landing import Landing, landing_for
from home.models import Audience, HomePage, InformationKind, InformationPage

SHELF = 6


@dataclass(frozen=True)
class HomeScreen:
    """The first page. `lang` is the language of what trainers wrote, empty where it is the reader's own."""

    title: str
    lead: str
    lang: str
    books: tuple[Book, ...]
    more: int
    catalogue_url: str
    landing: Landing | None


@dataclass(frozen=True)
class Crumb:
    """A page above this one."""

    title: str
    url: str
    lang: str


@dataclass(frozen=True)
class Leaf:
    """A page below this one."""

    title: str
    summary: str
    url: str
    lang: str


@dataclass(frozen=True)
class Shelf:
    """The pages written for one kind of person."""

    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class InformationScreen:
    """An information page: where it stands, what it says in short, and what is below it."""

    title: str
    summary: str
    lang: str
    crumbs: tuple[Crumb, ...]
    shelves: tuple[Shelf, ...]


def home_screen(*, page: HomePage, request: HttpRequest, editing: bool = False) -> HomeScreen:
    """Return what the home page shows: the first courses of the catalogue, and the reader's own doors."""
    index = CourseIndexPage.objects.live().child_of(source_of(page)).first()
    courses = catalogue(page=index, query={}) if index else None
    return HomeScreen(
        title=_seen(page.title, editing),
        lead=_seen(page.lead, editing),
        lang=foreign(page.locale.language_code),
        books=courses.books[:SHELF] if courses else (),
        more=max(courses.total - SHELF, 0) if courses else 0,
        catalogue_url=plain_address(index, request) if index else "",
        landing=landing_for(request),
    )


def information_screen(
    *, page: InformationPage, request: HttpRequest, editing: bool = False
) -> InformationScreen:
    """Return an information page; help pages are listed below it by the kind of person for whom they are."""
    below = InformationPage.objects.child_of(source_of(page)).live().public().order_by("path")
    return InformationScreen(
        title=_seen(page.title, editing),
        summary=_seen(page.summary, editing),
        lang=foreign(page.locale.language_code),
        crumbs=_crumbs(page, request),
        shelves=_shelves(_readable(below), page, request),
    )


def _seen(text: str, editing: bool) -> str:
    return text if editing else without_unverified(text)


def _readable(pages: PageQuerySet) -> list[InformationPage]:
    """Return the pages in their order, each in the reader's language or else as it was written."""
    written = list(pages.select_related("locale"))
    if content_language() == source_language():
        return written
    keys = [page.translation_key for page in written]
    found = readable(InformationPage.objects.all(), keys, content_language())
    return [found.get(page.translation_key, page) for page in written]


def _crumbs(page: Page, request: HttpRequest) -> tuple[Crumb, ...]:
    above = page.get_ancestors().filter(depth__gte=2).live()
    return tuple(
        Crumb(
            without_unverified(one.title),
            plain_address(one, request) or "/",
            foreign(one.locale.language_code),
        )
        for one in above.select_related("locale")
    )


def _shelves(
    pages: list[InformationPage], parent: InformationPage, request: HttpRequest
) -> tuple[Shelf, ...]:
    if parent.kind != InformationKind.HELP:
        return (Shelf("", _leaves(pages, request)),) if pages else ()
    order = list(Audience.values)
    pages.sort(key=lambda page: order.index(page.audience))
    return tuple(
        Shelf(str(Audience(audience).label), _leaves(list(group), request))
        for audience, group in groupby(pages, key=lambda page: page.audience)
    )


def _leaves(pages: list[InformationPage], request: HttpRequest) -> tuple[Leaf, ...]:
    return tuple(
        Leaf(
            without_unverified(page.title),
            without_unverified(page.summary),
            plain_address(page, request),
            foreign(page.locale.language_code),
        )
        for page in pages
    )
