"""Prints an information page's body with the organisation's own name where its authors wrote a placeholder.

A notice names who answers for people's data. Its text is written once for every organisation that runs this
site, so that the name stands in the settings and the text says «{{organisation}}» or «{{site}}».
"""

import re
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_PLACEHOLDER = re.compile(r"\{\{\s*(organisation|site)\s*\}\}")


def filled(html: str, *, organisation: str, site: str) -> str:
    """Return `html` with its placeholders filled; a site without an organisation answers by its own name."""
    names = {"organisation": organisation or site, "site": site}
    return _PLACEHOLDER.sub(lambda found: escape(names[found[1]]), html)


@register.simple_tag(takes_context=True)
def filled_body(context: Context, body: Any) -> SafeString:
    """Render a StreamField's `body` with the blocks' own templates, and fill its placeholders."""
    frame = context["frame"]
    html = filled(body.render_as_block(context.flatten()), organisation=frame.organisation, site=frame.name)
    # Safe: the blocks' templates escaped what authors wrote, and the names were escaped above.
    return mark_safe(html)  # noqa: S308 -- every part was escaped above
