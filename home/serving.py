"""Finds the page of an address in one look-up, where Wagtail walks the tree level by level (two queries each)."""

from __future__ import annotations

import copy

from django.contrib import messages
from django.db.models import Exists, F, OuterRef
from django.db.models.lookups import StartsWith
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from accounts.middleware import person_of
from courses.models import CourseIndexPage, CoursePage, LessonPage, QuizPage
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
JOINED: dict[type[Page], tuple[str, ...]] = {CoursePage: ("course", "cover"), QuizPage: ("quiz",)}


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` as Wagtail does, hooks and all; only the look-up is ours."""
    page = found_page(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail's own memo
    try:
        return wagtail_serve(request, path)
    except Http404:
        if not _is_withdrawn_from(request, path):
            raise
    messages.info(
        request, _("This page is withdrawn for now. What you did is kept, and you can go on with the rest.")
    )
    return redirect("learning:home")


def _is_withdrawn_from(request: HttpRequest, path: str) -> bool:
    """Say whether an unpublished course or lesson stands here in which the reader is enrolled."""
    person = person_of(request)
    if person is None:
        return False
    withdrawn = Page.objects.filter(url_path__endswith=f"/{path.strip('/')}/", live=False)
    for key in withdrawn.values_list("translation_key", flat=True)[:3]:
        of_course = Enrolment.objects.of(person).standing().filter(course__key=key)
        if of_course.exists() or find_enrolment(person, key):
            return True
    return False


def found_page(path: str) -> Page | None:
    """Return the page at `path` as `find_page` does; a lesson and the catalogue are remembered.

    Each request is handed a page object of its own: what Wagtail or a view notes on it stays with the request.
    """
    name = f"page.{path}"
    page = recall(name)
    if page is None:
        page = find_page(path)
        if not isinstance(page, KEPT):
            return page
        remember(name, lambda: page)
    return copy.copy(page)


def find_page(path: str) -> Page | None:
    """Return the live page at `path` if nobody restricted its view; None leaves the look-up to Wagtail.

    With several sites, or when a restriction stands on the page or above it, the answer is None.
    """
    roots = {root.root_path for root in Site.get_site_root_paths()}
    sites = {root.site_id for root in Site.get_site_root_paths()}
    parts = [part for part in path.split("/") if part]
    if len(sites) != 1:
        return None
    base = min(roots, key=len)
    for model in LIKELY.get(len(parts), ()):
        page = _look_up(model, base + "".join(f"{part}/" for part in parts))
        if page is not None:
            return None if page.restricted or not page.live else _unrestricted(page)
    return None


def _look_up(model: type[Page], url_path: str) -> Page | None:
    above = PageViewRestriction.objects.filter(StartsWith(OuterRef("path"), F("page__path")))
    pages = model.objects.select_related("locale", *JOINED.get(model, ()))
    return pages.annotate(restricted=Exists(above)).filter(url_path=url_path, alias_of__isnull=True).first()


def _unrestricted(page: Page) -> Page:
    """Spare Wagtail the second look: the query that found the page saw that nothing restricts it."""
    page.get_view_restrictions = PageViewRestriction.objects.none  # type: ignore[method-assign]  # this object's alone
    return page
