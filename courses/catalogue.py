"""What the catalogue shows: the open courses, narrowed by the filters and the words of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Subquery, Value, prefetch_related_objects
from django.utils.translation import gettext as _

from common.languages import content_language, foreign, interface_language, source_language
from common.text import without_unverified
from courses import filters
from courses.filters import Answers, Asked, Chip, Filter
from courses.indexing import asked_forms, tidy, weight, within_reach
from courses.manifest import SELF_PACED, Manifest
from courses.models import CourseVersion, Topic
from courses.models.choices import Level
from courses.models.pages import CourseIndexPage, CoursePage
from courses.translated import plain_address, readable, source_of
from media_library.models import PictureRendition
from programme.countries import names
from programme.models import Country
from programme.remembered import remember
from programme.scope import Reader

PAGE_SIZE = 24
SIZE = "max-640x400"
COVER = f"{SIZE}|format-webp|preserve-svg"
_KEPT_MANIFESTS = 2_000
_manifests: dict[tuple[int, str], Manifest] = {}


@dataclass(frozen=True)
class Cover:
    """A course's cover at the size of a shelf."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Book:
    """A course as a row of the catalogue or on a shelf (`components/book.html`). `pending`: nobody can enrol yet."""

    title: str
    url: str
    summary: str
    who: str
    hours: str
    level: str
    sensitive: bool
    cover: Cover | None
    lang: str = ""
    pending: bool = False


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The catalogue's page. `found` counts all pages; `notices` say kindly what was not as asked.

    Two of them are never equal: a remembered one stands for itself where its rendering is kept.
    """

    introduction: str
    lang: str
    text: str
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    total: int
    found: int
    books: tuple[Book, ...]
    page: int
    pages: int
    previous_url: str
    next_url: str
    clear_url: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Shelved:
    """An open course with what it answers to the filters; `said` is its page in the reader's language, or the same."""

    page: Any
    said: Any
    minutes: int
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class _Shelf:
    """All open courses, in the order of the tree, those without a version last, and words for the values they have."""

    courses: tuple[_Shelved, ...]
    labels: Mapping[str, Mapping[str, str]]


def catalogue(*, page: CourseIndexPage, query: Mapping[str, str]) -> Catalogue:
    """Return the courses that answer `q`, `tema`, `pais`, `nivel`, `horas` and `pagina` of an address.

    What filters alone ask is remembered: of their values there are so many and no more, of words no end.
    """
    country = query.get(filters.COUNTRY, "")
    country = country if country in names() else ""
    place = f"{page.pk}.{interface_language()}.{content_language()}"
    shelf = remember(f"shelf.{place}.{country}", lambda: _shelf(source_of(page), country=country))
    asked, unknown = _asked(query, shelf)
    wanted = min(_number(query.get("pagina", "")), len(shelf.courses) + 1)
    if asked.text:
        return _catalogue(page, shelf, asked, wanted=wanted, unknown=unknown)
    return remember(
        f"catalogue.{place}.{sorted(asked.chosen.items())}.{unknown}.{wanted}",
        lambda: _catalogue(page, shelf, asked, wanted=wanted, unknown=unknown),
    )


def _catalogue(
    page: CourseIndexPage, shelf: _Shelf, asked: Asked, *, wanted: int, unknown: bool
) -> Catalogue:
    found, loosened = _narrowed(shelf, asked)
    pages = max(-(-len(found) // PAGE_SIZE), 1)
    number = min(max(wanted, 1), pages)
    return Catalogue(
        introduction=without_unverified(page.introduction),
        lang=foreign(page.locale.language_code),
        text=asked.text,
        filters=_form(shelf, asked),
        chips=_chips(shelf, asked),
        total=len(shelf.courses),
        found=len(found),
        books=_books(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        page=number,
        pages=pages,
        previous_url=asked.address(page=number - 1) if number > 1 else "",
        next_url=asked.address(page=number + 1) if number < pages else "",
        clear_url=plain_address(page),
        notices=_notices(unknown=unknown, loosened=loosened, beyond=wanted > pages),
    )


def minutes_of(versions: Mapping[Any, tuple[int, str]], *, country: str) -> dict[Any, int]:
    """Return the minutes at one's own pace for `country` of versions, given as (primary key, fingerprint).

    A version never changes, so that its manifest is read once in a process: one query for all that are new.
    """
    missing = [pk for pk, fingerprint in versions.values() if (pk, fingerprint) not in _manifests]
    if len(_manifests) + len(missing) > _KEPT_MANIFESTS:
        _manifests.clear()
        missing = [pk for pk, _fingerprint in versions.values()]
    for version in CourseVersion.objects.filter(pk__in=missing) if missing else ():
        _manifests[version.pk, version.fingerprint] = Manifest.from_json(version.manifest)
    return {
        name: _manifests[version].minutes(modality=SELF_PACED, reader=Reader(country))
        for name, version in versions.items()
        if version in _manifests
    }


def _shelf(index: CourseIndexPage, *, country: str) -> _Shelf:
    """Read all open courses below `index`: two queries, three in another language, however many there are."""
    pages = sorted(_open_courses(index), key=lambda page: page.version_id is None)
    words = _words()
    versions = {page.pk: (page.version_id, page.fingerprint) for page in pages if page.version_id}
    codes = words.labels[filters.COUNTRY]
    said = _said(pages)
    minutes = minutes_of(versions, country=country if country in codes else "")
    courses = tuple(
        _Shelved(
            page,
            said.get(page.translation_key, page),
            minutes.get(page.pk, 0),
            {
                filters.TOPIC: words.of(page, filters.TOPIC),
                filters.COUNTRY: words.of(page, filters.COUNTRY) or frozenset(codes),
                filters.LEVEL: frozenset({page.level}),
                filters.HOURS: filters.hour_answers(minutes.get(page.pk, 0)),
            },
        )
        for page in pages
    )
    levels = {value: str(label) for value, label in Level.choices}
    return _Shelf(courses, {**words.labels, filters.LEVEL: levels, filters.HOURS: filters.hour_labels()})


def _said(pages: list[Any]) -> dict[Any, Any]:
    if content_language() == source_language():
        return {}
    keys = [page.translation_key for page in pages]
    return readable(CoursePage.objects.defer("content_note", "credits"), keys, content_language())


def _open_courses(index: CourseIndexPage) -> Any:
    newest = CourseVersion.objects.filter(course=OuterRef("course")).order_by("-number")
    return (
        within_reach(CoursePage.objects.child_of(index))
        .select_related("cover", "locale")
        .defer("content_note", "credits")
        .annotate(
            version_id=Subquery(newest.values("pk")[:1]),
            fingerprint=Subquery(newest.values("fingerprint")[:1]),
        )
        .order_by("path")
    )


@dataclass(frozen=True)
class _Words:
    """The topics and countries: their labels in the reader's language, and which course has which."""

    labels: dict[str, dict[str, str]]
    pairs: dict[tuple[int, str], set[str]]

    def of(self, page: CoursePage, name: str) -> frozenset[str]:
        """Return the values that `page` has for the filter called `name`."""
        return frozenset(self.pairs.get((page.pk, name), ()))


def _words() -> _Words:
    """Read topics and countries with the courses that have them, in one query for both."""
    label = f"name_{interface_language()}"
    columns = ("name", "value", "label", "place", "coursepage")
    topics = Topic.objects.order_by().annotate(
        name=Value(filters.TOPIC), place=Value(0), value=F("slug"), label=F(label)
    )
    countries = (
        Country.objects.filter(in_programme=True)
        .order_by()
        .annotate(name=Value(filters.COUNTRY), place=F("position"), value=F("code"), label=F(label))
    )
    rows = topics.values_list(*columns).union(countries.values_list(*columns), all=True)
    words = _Words({filters.TOPIC: {}, filters.COUNTRY: {}}, {})
    for name, value, said, _place, page in sorted(rows, key=lambda row: (row[3], row[2])):
        words.labels[name][value] = said or value
        words.pairs.setdefault((page, name), set()).add(value)
    return words


def _asked(query: Mapping[str, str], shelf: _Shelf) -> tuple[Asked, bool]:
    """Return what the address asks, and whether it asks for a value that nobody offers."""
    wanted = {name: query.get(name, "") for name in filters.FILTERS}
    chosen = {name: value for name, value in wanted.items() if value in shelf.labels[name]}
    unknown = any(value and name not in chosen for name, value in wanted.items())
    return Asked(text=tidy(query.get("q", "")), chosen=chosen), unknown


def _narrowed(shelf: _Shelf, asked: Asked) -> tuple[list[_Shelved], bool]:
    """Return the courses that pass, the best answer first, and whether the words had to be loosened."""
    passing = [course for course in shelf.courses if asked.admits(course.answers)]
    if not asked.text:
        return passing, False
    found = _answering(passing, asked.text, any_word=False)
    if found or " " not in asked.text:
        return found, False
    found = _answering(passing, asked.text, any_word=True)
    return found, bool(found)


def _answering(courses: list[_Shelved], text: str, *, any_word: bool) -> list[_Shelved]:
    """Return the courses that answer `text`, the heaviest first. All are at hand: no index is asked."""
    readings = asked_forms(text, language=content_language())
    weights = {
        course.page.pk: weight(
            course.said, readings, language=course.said.locale.language_code, any_word=any_word
        )
        for course in courses
    }
    found = [course for course in courses if weights[course.page.pk]]
    return sorted(found, key=lambda course: -weights[course.page.pk])


def _form(shelf: _Shelf, asked: Asked) -> tuple[Filter, ...]:
    words = {
        filters.TOPIC: (_("Topic"), _("All topics")),
        filters.COUNTRY: (_("Country"), _("All countries")),
        filters.LEVEL: (_("Level"), _("All levels")),
        filters.HOURS: (_("Length"), _("No limit")),
    }
    answers = [course.answers for course in shelf.courses]
    return tuple(
        filters.form_filter(name, *words[name], shelf.labels[name], asked=asked, courses=answers)
        for name in filters.FILTERS
    )


def _chips(shelf: _Shelf, asked: Asked) -> tuple[Chip, ...]:
    text = (Chip(f"«{asked.text}»", asked.address(without="q")),) if asked.text else ()
    chosen = (
        Chip(shelf.labels[name][value], asked.address(without=name)) for name, value in asked.chosen.items()
    )
    return (*text, *chosen)


def _books(courses: list[_Shelved]) -> tuple[Book, ...]:
    covers = [course.page.cover for course in courses if course.page.cover_id]
    # Wagtail keeps a drawing and a photograph under different names of the same size.
    made = PictureRendition.objects.filter(filter_spec__startswith=SIZE)
    prefetch_related_objects(covers, Prefetch("renditions", queryset=made, to_attr="prefetched_renditions"))
    return tuple(_book(course.page, course.said, course.minutes) for course in courses)


def _book(page: Any, said: CoursePage, minutes: int) -> Book:
    cover = page.cover.get_rendition(COVER) if page.cover else None
    return Book(
        title=without_unverified(said.title),
        url=plain_address(page),
        summary=without_unverified(said.summary),
        who=without_unverified(next((str(who.value) for who in said.audience), "")),
        hours=filters.length_words(minutes),
        level=page.get_level_display(),
        sensitive=page.sensitive,
        cover=Cover(cover.url, cover.width, cover.height) if cover else None,
        lang=foreign(said.locale.language_code),
        pending=page.version_id is None,
    )


def _notices(*, unknown: bool, loosened: bool, beyond: bool) -> tuple[str, ...]:
    said = {
        _("We do not know one of the filters of that address; we left it out."): unknown,
        _("No course has all these words; these have some of them."): loosened,
        _("There are not so many pages; this is the last one."): beyond,
    }
    return tuple(words for words, holds in said.items() if holds)


def _number(typed: str) -> int:
    """Return the number of a page as typed; the first for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1
