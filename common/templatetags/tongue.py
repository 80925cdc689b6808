"""Marks words that are not in the language of the text around them, for whoever hears the page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.languages import foreign

register = template.Library()


@register.filter
def in_language(text: str, code: str) -> str | SafeString:
    """Return `text` marked as being in the language `code`, where that is another than the interface's."""
    return format_html('<span lang="{}">{}</span>', code, text) if text and code and foreign(code) else text
