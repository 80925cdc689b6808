"""The pages of this room: reports of abuse, support lines, the health of the site, what robots may read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site

from programme.health import health
from programme.queries import abuse_screen, lines_screen

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /cuenta/
Disallow: /aprender/
Disallow: /prueba/
Disallow: /constancia/
Disallow: /verificar/
Disallow: /avisar/
Disallow: /buscar/
Disallow: /archivos/
Disallow: /documentos/
"""


@require_safe
@cache_control(no_store=True)
def abuse(request: HttpRequest) -> HttpResponse:
    """Show where to report abuse by staff. Links only: there is nothing here that could be stored."""
    screen = abuse_screen(site=Site.find_for_request(request))
    response = render(request, "programme/abuse.html", {"screen": screen})
    # An anonymous form elsewhere must not learn from which page somebody came.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show every support line."""
    return render(request, "programme/lines.html", {"screen": lines_screen()})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say how each part is: 200 while pages can be served, 503 otherwise."""
    report = health()
    return JsonResponse(report.as_json(), status=200 if report.serves else 503)


@require_safe
@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Ask robots to leave alone what belongs to people."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
