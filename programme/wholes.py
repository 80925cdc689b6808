"""Answers with whole pages that were rendered before, for those who are shown the same; their own stands in gaps.

A page is kept under all that its template is handed: the frame, the page, the languages and a `shown`, which compares
by what it holds. What is not in the name of a kept page cannot be in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.languages import content_language
from programme.frame import Frame, frame_for
from programme.gaps import TOKEN, Gaps, token_of
from programme.remembered import remember

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class AnyRequest:
    """What a kept page may know of a request: where it stands, and whether somebody is signed in.

    Nothing was asked by the address, and the session holds nothing.
    """

    path: str
    person: bool
    GET: Mapping[str, Any] = field(default_factory=dict, compare=False)
    session: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def get_full_path(self) -> str:
        """Return the address; one with a query is never kept."""
        return self.path


def may_be_kept(request: HttpRequest) -> bool:
    """Say whether an answer is like any other of its kind.

    It is not where the address asks something, somebody is told something, the phone is shared, or an editor looks.
    """
    if request.META.get("QUERY_STRING") or request.method != "GET" or getattr(request, "is_preview", False):
        return False
    session = request.session
    return not (
        session.get("shared_phone") or session.get("works_in_the_admin") or len(get_messages(request))
    )


def answer(
    request: HttpRequest,
    page: Page,
    template: str,
    *,
    shown: Hashable,
    words: Callable[[], Mapping[str, Any]],
    own: Callable[[str], str] = str,
) -> HttpResponse:
    """Return `page` as `template` shows it with `words`, which may say nothing but what follows from `shown`.

    No request is at hand to the template, whatever the words hold under that name.

    `own` answers what stands in the gaps that the template leaves, in HTML; the tokens of forms are filled in here.
    """
    place = AnyRequest(request.path, bool(getattr(request, "person", None)))
    host, language = request.get_host(), get_language() or ""
    name = (template, page.pk, place, host, language, content_language(), timezone.localdate(), shown)
    kept = remember(name, lambda: _rendered(page, template, frame_for(request), place, words()))
    return HttpResponse(kept.filled(lambda gap: token_of(request) if gap == TOKEN else own(gap)))


def _rendered(page: Page, template: str, frame: Frame, place: AnyRequest, words: Mapping[str, Any]) -> Any:
    gaps = Gaps()
    known = {"page": page, "self": page, "frame": frame, "request": place, "csrf_token": gaps.leave(TOKEN)}
    text: SafeString = get_template(template).template.render(_context({**words, **known, "gaps": gaps}))  # type: ignore[attr-defined]  # Django's own engine
    return gaps.split(text)


def _context(words: Mapping[str, Any]) -> Any:
    from django.template import Context

    return Context(dict(words))
