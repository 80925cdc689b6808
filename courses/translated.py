"""Answers in which language a page is shown to a reader, in which others it can be read, and whether it is old.

One page has one address in all languages: that of its source, the Spanish page (docs/adr/0013).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import OuterRef, Subquery
from wagtail.models import Locale, Page
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import Translation

from common.languages import ASKED, Choice, choices, content_language, foreign, is_known, source_language
from courses.remembered import remember
from courses.translating import lacks
from programme.remembered import remember as remember_for_all
from programme.scope import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.query import PageQuerySet

logger = logging.getLogger(__name__)
SomePage = TypeVar("SomePage", bound=Page)


def plain_address(page: Page, request: HttpRequest | None = None, **how: Any) -> str:
    """Return the page's address without the language that `get_url` names: links in the site follow their reader."""
    return (page.get_url(request, **how) or "").partition("?")[0]


def readable(pages: PageQuerySet, keys: Iterable[UUID], language: str) -> dict[UUID, Any]:
    """Return one page for each key: its translation where both it and its source are live, else the source."""
    source = source_language()
    rows = pages.filter(
        translation_key__in=list(keys),
        alias_of__isnull=True,
        locale__language_code__in={source, language},
    ).select_related("locale")
    sources, translated = {}, {}
    for page in rows:
        if page.locale.language_code == source:
            sources[page.translation_key] = page
        elif page.live:
            translated[page.translation_key] = page
    return {key: translated.get(key, page) if page.live else page for key, page in sources.items()}


def source_of(page: SomePage) -> SomePage:
    """Return the page in the language of the sources; a page that has none is its own."""
    if page.locale.language_code == source_language():
        return page
    twins = type(page).objects.filter(translation_key=page.translation_key)
    return twins.filter(locale__language_code=source_language()).first() or page


@dataclass(frozen=True)
class Reading:
    """How a page stands among its languages.

    `foreign` is its language where that differs from the interface's; `missing` says that the reader wanted another
    one, and `stale` that the source was published after what this translation was made from.
    """

    language: str
    foreign: str
    choices: tuple[Choice, ...]
    missing: bool
    stale: bool
    source_url: str


@dataclass(frozen=True)
class _Twin:
    """A live page of the same key: when it was published, and when its source was last read for it."""

    published: dt.datetime | None
    read: dt.datetime | None


def reading_of(page: Page, request: HttpRequest) -> Reading:
    """Return how `page` stands among its languages; one query, then remembered."""
    twins = remember(
        f"twins.{page.translation_key}",
        lambda: _twins(page.translation_key),
        language="every",
        reader=Reader(),
        sight="words",
    )
    written, source = page.locale.language_code, source_language()
    name = f"address.{page.pk}.{request.get_host()}"
    path = remember_for_all(name, lambda: plain_address(page, request))
    return Reading(
        language=written,
        foreign=foreign(written),
        # A translation whose source is withdrawn is withdrawn with it.
        choices=choices(twins, current=written, path=path) if source in twins else (),
        missing=written == source and content_language() != source,
        stale=written != source and is_stale(twins.get(written), twins.get(source)),
        source_url=f"{path}?{ASKED}={source}",
    )


def is_stale(translation: _Twin | None, source: _Twin | None) -> bool:
    """Say whether the source was published again after the translation was, or after it was last read for it."""
    if translation is None or source is None or not source.published:
        return False
    made = [moment for moment in (translation.published, translation.read) if moment]
    return any(moment < source.published for moment in made)


def _twins(key: UUID) -> dict[str, _Twin]:
    read = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale"), enabled=True
    )
    rows = (
        Page.objects.live()
        .filter(translation_key=key, alias_of__isnull=True)
        .annotate(read=Subquery(read.values("source__last_updated_at")[:1]))
        .values_list("locale__language_code", "last_published_at", "read")
    )
    return {code: _Twin(published, read) for code, published, read in rows if is_known(code)}


def synchronised(*names: str) -> list[SynchronizedField]:
    """Return fields that a translation takes from its source each time, and that no translator may change."""
    return [SynchronizedField(name, overridable=False) for name in names]


class TranslatedPage:
    """A page whose translations have the address of their source, and go live when they are complete."""

    def publish(self, revision: Any, *args: Any, **how: Any) -> Any:
        """Publish, unless this is a translation that lacks something: it then stays the draft that it was.

        This is the last door, behind every way to publish; the editor's own doors say why before
        (`courses.staff.translating`). A scheduled publication comes back until nothing is missing.
        """
        missing = lacks(self)
        if missing:
            logger.warning("Page %s is not published in this language yet: %s", revision.object_id, missing)
            return None
        return super().publish(revision, *args, **how)  # type: ignore[misc]  # stands before Page among the bases

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Return Wagtail's parts; a translation's path is its source's, with «?contenido=» and its language."""
        parts = super().get_url_parts(request)  # type: ignore[misc]  # stands before Page among the bases
        if not parts or not parts[2]:
            return parts
        code = code_of(self.locale_id)  # type: ignore[attr-defined]  # Page's
        return parts if code == source_language() else (*parts[:2], f"{parts[2]}?{ASKED}={code}")


def code_of(locale_id: int) -> str:
    """Return a locale's language; the few locales are remembered."""
    codes = remember_for_all("locale-codes", lambda: dict(Locale.objects.values_list("pk", "language_code")))
    return codes.get(locale_id, source_language())
