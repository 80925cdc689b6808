"""Answers searches with a page that works by an address alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.languages import content_language
from search.queries import results_screen


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the words of the address."""
    screen = results_screen(asked=request.GET, language=content_language())
    return render(request, "search/results.html", {"screen": screen})
