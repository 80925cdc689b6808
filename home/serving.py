"""Finds the page of an address in the reader's language in one look-up, where Wagtail walks the tree level by level."""

from __future__ import annotations

import copy

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import StartsWith
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from accounts.middleware import person_of
from common.languages import content_language, source_language
from courses.models import CourseIndexPage, CoursePage, LessonPage, QuizPage
from courses.translated import readable
from home.models import HomePage, InformationPage
from learning.models import Enrolment
from learning.queries import find_enrolment
from programme.remembered import recall, remember

# By the number of parts of the address; what is not found here goes Wagtail's way.
LIKELY: dict[int, tuple[type[Page], ...]] = {
    0: (HomePage,),
    1: (CourseIndexPage, InformationPage),
    2: (CoursePage, InformationPage),
    4: (LessonPage, QuizPage),
}
# Pages that stand for themselves; others carry records along that must be read at each request.
KEPT = (LessonPage, CourseIndexPage)
# A queryset, as Wagtail expects, that was evaluated: an empty one costs a compilation each time.
NO_RESTRICTION = PageViewRestriction.objects.none()
len(NO_RESTRICTION)
JOINED: dict[type[Page], tuple[str, ...]] = {CoursePage: ("course", "cover"), QuizPage: ("quiz",)}


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` as Wagtail does, hooks and all; the look-up and the choice of language are ours."""
    language = content_language()
    page = found_page(path, language=language)
    request._wagtail_route_for_request = (  # type: ignore[attr-defined]  # Wagtail's own memo
        RouteResult(page) if page else _routed(request, path, language)
    )
    try:
        return wagtail_serve(request, path)
    except Http404:
        if not _is_withdrawn_from(request, path):
            raise
    messages.info(
        request, _("This page is withdrawn for now. What you did is kept, and you can go on with the rest.")
    )
    return redirect("learning:home")


def _routed(request: HttpRequest, path: str, language: str) -> RouteResult | None:
    """Let Wagtail walk the tree of the sources, and show the translation of what stands there.

    Left alone it walks the tree of the interface's language, where an untranslated page is a 404.
    """
    with override(source_language()):
        route: RouteResult | None = Page.route_for_request(request, path)
    if route is None or language == source_language() or route.page.get_view_restrictions().exists():
        return route
    found = readable(type(route.page).objects.all(), [route.page.translation_key], language)
    return RouteResult(found.get(route.page.translation_key, route.page), (route.args, route.kwargs))


def _is_withdrawn_from(request: HttpRequest, path: str) -> bool:
    """Say whether an unpublished course or lesson stands here in which the reader is enrolled."""
    person = person_of(request)
    if person is None:
        return False
    # By the source: a translation that is still a draft withdraws nothing.
    sources = Page.objects.filter(locale__language_code=source_language())
    withdrawn = sources.filter(url_path__endswith=f"/{path.strip('/')}/", live=False)
    for key in withdrawn.values_list("translation_key", flat=True)[:3]:
        of_course = Enrolment.objects.of(person).standing().filter(course__key=key)
        if of_course.exists() or find_enrolment(person, key):
            return True
    return False


def found_page(path: str, *, language: str) -> Page | None:
    """Return the page at `path` as `find_page` does; a lesson and the catalogue are remembered.

    Each request is handed a page object of its own: what Wagtail or a view notes on it stays with the request.
    """
    name = f"page.{language}.{path}"
    page = recall(name)
    if page is None:
        page = find_page(path, language=language)
        if not isinstance(page, KEPT):
            return page
        remember(name, lambda: page)
    return copy.copy(page)


def find_page(path: str, *, language: str = "") -> Page | None:
    """Return the live page at `path`, in `language` if it is live there too, when nobody restricted its view.

    With several sites, or when a restriction stands on the page or above it, the answer is None, which leaves the
    look-up to Wagtail.
    """
    roots = {root.root_path for root in Site.get_site_root_paths()}
    sites = {root.site_id for root in Site.get_site_root_paths()}
    parts = [part for part in path.split("/") if part]
    if len(sites) != 1:
        return None
    below = "".join(f"{part}/" for part in parts)
    for model in LIKELY.get(len(parts), ()):
        pages = _look_up(model, {root + below for root in roots}, language or source_language())
        source = pages.get(source_language())
        if source is not None:
            shut = any(page.restricted for page in pages.values()) or not source.live
            return None if shut else _unrestricted(_best(pages, source, language))
    return None


def _look_up(model: type[Page], url_paths: set[str], language: str) -> dict[str, Page]:
    """Return the page at one of these paths by language: as it was written, and in `language`. One query."""
    above = PageViewRestriction.objects.filter(StartsWith(OuterRef("path"), F("page__path")))
    pages = model.objects.select_related("locale", *JOINED.get(model, ()))
    pages = pages.annotate(restricted=Exists(above)).filter(alias_of__isnull=True)
    here = Q(url_path__in=url_paths)
    if language != source_language():
        here = Q(translation_key__in=model.objects.filter(here).values("translation_key"))
    found = pages.filter(here, locale__language_code__in={source_language(), language})
    return {page.locale.language_code: page for page in found}


def _best(pages: dict[str, Page], source: Page, language: str) -> Page:
    translated = pages.get(language)
    return translated if translated is not None and translated.live else source


def _unrestricted(page: Page) -> Page:
    """Spare Wagtail the second look: the query that found the page saw that nothing restricts it."""
    page.get_view_restrictions = lambda: NO_RESTRICTION  # type: ignore[method-assign]  # this object's alone
    return page
