"""Answers the editor of translations when the text that somebody translates was taken over anew meanwhile.

Synchronising writes every segment of a source afresh. An editor that was open before then saves to a segment that is
gone; left alone it says «Server error» in English, and nobody knows what was kept.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views.edit_translation import edit_override, edit_string_translation


def save_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Save one text as wagtail-localize does, or say that it is not there any more."""
    if _is_gone(request, StringSegment, translation_id, string_segment_id):
        return say_gone(request)
    return edit_string_translation(request, translation_id, string_segment_id)


def save_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    """Do the same for what a translation has instead of the source's: a picture, an address."""
    if _is_gone(request, OverridableSegment, translation_id, overridable_segment_id):
        return say_gone(request)
    return edit_override(request, translation_id, overridable_segment_id)


def _is_gone(
    request: HttpRequest, kind: type[StringSegment | OverridableSegment], translation_id: int, segment_id: int
) -> bool:
    translation = get_object_or_404(Translation, pk=translation_id)
    there = kind.objects.filter(pk=segment_id, source=translation.source_id)
    return request.method == "PUT" and not there.exists()


@api_view(["PUT"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def say_gone(request: Request) -> Response:
    """Say beside the text, which stays on the screen, what happened and what to do.

    The editor knows one answer that it shows in the words of the server: a translation that was saved with an error.
    """
    told = _(
        "Not saved: the source was taken over anew while you wrote. Copy this text, reload the page and paste it "
        "there. What you saved before is kept."
    )
    return Response({"data": request.POST.get("value", ""), "error": told, "last_translated_by": None})
