"""Answers searches with a page that works by an address alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import person_of
from common.languages import content_language
from learning.later import later_for
from search.pages import closed_to
from search.queries import results_screen


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the words of the address."""
    person = person_of(request)
    beyond = later_for(person) if person else frozenset()
    screen = results_screen(
        asked=request.GET, language=content_language(), closed=closed_to(person), beyond=beyond
    )
    return render(request, "search/results.html", {"screen": screen})
