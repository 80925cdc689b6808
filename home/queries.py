"""What the front door shows: one function a screen, the same number of queries with three courses or three hundred."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from wagtail.models import Page

from common.text import without_unverified
from courses import versions
from courses.manifest import SELF_PACED
from courses.models import CourseIndexPage, CoursePage, CourseVersion
from home.landing import Landing, landing_for
from home.models import Audience, HomePage, InformationKind, InformationPage
from media_library.models import Picture

SHELF = 6
COVER = "max-640x400|format-webp|preserve-svg"


@dataclass(frozen=True)
class Cover:
    """A course's cover at the size of a shelf."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Book:
    """A course on the shelf."""

    title: str
    url: str
    summary: str
    who: str
    hours: str
    cover: Cover | None


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


@dataclass(frozen=True)
class Leaf:
    """A page below this one."""

    title: str
    summary: str
    url: str


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
    """Return what the home page shows to this reader."""
    courses = CoursePage.objects.live().public().filter(locale_id=page.locale_id).order_by("path")
    first = list(courses[:SHELF])
    catalogue = CourseIndexPage.objects.live().child_of(page).first()
    covers = _covers([course.cover_id for course in first])
    minutes = _minutes([course.course_id for course in first])
    return HomeScreen(
        title=_seen(page.title, editing),
        lead=_seen(page.lead, editing),
        lang=_foreign(page),
        books=tuple(_book(course, covers, minutes, request, editing) for course in first),
        more=courses.count() - len(first),
        catalogue_url=catalogue.get_url(request) if catalogue else "",
        landing=landing_for(request),
    )


def information_screen(*, page: InformationPage, request: HttpRequest, editing: bool = False) -> InformationScreen:
    """Return an information page; help pages are listed below it by the kind of person for whom they are."""
    below = InformationPage.objects.child_of(page).live().public().order_by("path")
    return InformationScreen(
        title=_seen(page.title, editing),
        summary=_seen(page.summary, editing),
        lang=_foreign(page),
        crumbs=_crumbs(page, request),
        shelves=_shelves(list(below), page, request),
    )


def say_minutes(minutes: int) -> str:
    """Return a length in words, in half hours from an hour on; nothing for a length that nobody has said."""
    if minutes <= 0:
        return ""
    if minutes < 60:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    halves = (minutes + 15) // 30
    number = number_format(halves / 2, decimal_pos=halves % 2)
    return ngettext("%(number)s hour", "%(number)s hours", 1 if halves == 2 else 2) % {"number": number}


def _seen(text: str, editing: bool) -> str:
    return text if editing else without_unverified(text)


def _foreign(page: Page) -> str:
    written = page.locale.language_code
    return "" if written == (get_language() or "")[:2] else written


def _book(
    course: CoursePage, covers: dict[int, Cover], minutes: dict[int, int], request: HttpRequest, editing: bool
) -> Book:
    return Book(
        title=_seen(course.title, editing),
        url=course.get_url(request) or "",
        summary=_seen(course.summary, editing),
        who=_seen(next((str(who.value) for who in course.audience), ""), editing),
        hours=say_minutes(minutes.get(course.course_id, 0)),
        cover=covers.get(course.cover_id),
    )


def _minutes(ids: list[int | None]) -> dict[int, int]:
    """Return how long each course takes at one's own pace, by its newest release: one query."""
    newest = {row.course_id: row for row in CourseVersion.objects.filter(course__in=ids).defer("manifest").order_by("number")}
    return {
        course: versions.manifest_of(row).minutes(modality=SELF_PACED, country="") for course, row in newest.items()
    }


def _covers(ids: list[int | None]) -> dict[int, Cover]:
    """Return the covers by picture; renditions that exist already are read in one query."""
    pictures = Picture.objects.filter(pk__in=[pk for pk in ids if pk]).prefetch_renditions(COVER)
    made = {picture.pk: picture.get_rendition(COVER) for picture in pictures}
    return {pk: Cover(url=made.url, width=made.width, height=made.height) for pk, made in made.items()}


def _crumbs(page: Page, request: HttpRequest) -> tuple[Crumb, ...]:
    above = page.get_ancestors().filter(depth__gte=2).live()
    return tuple(Crumb(without_unverified(one.title), one.get_url(request) or "/") for one in above)


def _shelves(pages: list[InformationPage], parent: InformationPage, request: HttpRequest) -> tuple[Shelf, ...]:
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
        Leaf(without_unverified(page.title), without_unverified(page.summary), page.get_url(request) or "")
        for page in pages
    )
