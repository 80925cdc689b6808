"""Prints what authors wrote: claims marked «por verificar» to editors only."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from wagtail.models import Page, TranslatableMixin
from wagtail.rich_text import RichText, expand_db_html

from common.languages import source_language
from common.text import has_unverified, without_unverified
from courses import rendered, unverified, whole_lesson
from courses.translated import code_of

register = template.Library()


def _names(context: template.Context) -> Iterator[tuple[str, Any]]:
    """Go through what a template knows by name."""
    return ((str(name), value) for name, value in context.flatten().items())


@register.simple_tag(takes_context=True)
def lesson_body(context: template.Context) -> SafeString:
    """Print the body of the context's lesson: kept where it is the same for everybody, the reader's own part live."""
    if "gaps" in context:
        return gap(context, whole_lesson.BODY)
    return rendered.body(context["page"], dict(_names(context)))


@register.simple_tag(takes_context=True)
def of_learner(context: template.Context, name: str) -> SafeString:
    """Print the learner's own way (`waypoints`, `steps`, `left`), or a gap for it where the page is kept."""
    if "gaps" in context:
        return gap(context, name)
    return mark_safe(whole_lesson.of_learner(name, context["study"], context.get("frame")))  # noqa: S308  as above


def gap(context: template.Context, name: str) -> SafeString:
    """Return the mark of a gap in what is rendered for keeping."""
    return SafeString(context["gaps"].leave(name))


@register.simple_tag(takes_context=True)
def lesson_foot(context: template.Context) -> SafeString:
    """Print the sources of the context's lesson and when it was reviewed."""
    if "gaps" in context:
        return gap(context, whole_lesson.FOOT)
    return rendered.foot(context["page"], dict(_names(context)))


@register.filter
def seen(value: object, editing: object = False) -> SafeString:
    """Print rich text (a `RichText` or the HTML of a `RichTextField`)."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    kept = unverified.show(source) if editing else unverified.hide(source)
    return mark_safe(expand_db_html(kept))  # noqa: S308  the source went through Wagtail's rich text filter


@register.filter
def seen_text(value: object, editing: object = False) -> str:
    """Print plain text; it is escaped as usual."""
    text = str(value or "")
    if not has_unverified(text):
        return text
    return unverified.Marked(text) if editing else without_unverified(text)


@register.filter
def language_of(page: Page | TranslatableMixin) -> str:
    """Return the language in which `page` (or a term) is written; the few locales are remembered."""
    return code_of(page.locale_id)


@register.simple_tag
def spanish_in(page: Page | None) -> SafeString:
    """Return the `lang` of what is never translated, such as a recording, where `page` is in another language."""
    source = source_language()
    if not page or language_of(page) == source:
        return SafeString("")
    return format_html(' lang="{}"', source)


@register.filter
def length_words(seconds: int | None) -> str:
    """Say how long a recording lasts, in words: «45 s», «2 min», «1 h 5 min»."""
    seconds = int(seconds or 0)
    if seconds < 60:
        return gettext("%(count)s s") % {"count": seconds}
    minutes = (seconds + 30) // 60
    if minutes < 60:
        return gettext("%(count)s min") % {"count": minutes}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


@register.filter
def weight(size: int | None) -> str:
    """Say how heavy a file is for a telephone's data, such as «480 KB»."""
    return filesizeformat(int(size or 0))


@register.filter
def skip_words(count: int) -> str:
    """Say how many parts a content note lets a reader jump over."""
    count = int(count or 1)
    return ngettext("Skip the next part", "Skip the next %(count)s parts", count) % {"count": count}
