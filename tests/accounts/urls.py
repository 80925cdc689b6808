"""The site's addresses with a stand-in for the learner's landing page, so that these tests need no course."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from lms.urls import handler429
from lms.urls import urlpatterns as site

__all__ = ["handler429"]


@login_required
def landing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Mis cursos · {request.user}")


@login_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("guardado")


room = [path("", landing, name="home"), path("registro/", landing, name="record")]
urlpatterns = [
    path("aprender/respuesta/", answer, name="answer"),
    path("aprender/", include((room, "learning"))),
    *site,
]
