"""Keeps Wagtail's widgets from writing inline scripts: they say what to start, and one file of ours starts it.

A widget is rendered without a request, so that no nonce can reach it; and what a dialogue fetches is put into a page
whose nonce is another. A `<template data-desk-start>` needs none: `static/js/desk-start.js` finds it, wherever and
whenever it comes into the page, and starts it if its name is on the list there.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

# `new ImageChooser("id_picture", {"modalUrl": …});` and `createTaskChooser("id_task");` are all that choosers say.
CALL = re.compile(r"(?:new )?(?P<name>[A-Za-z]+)\((?P<arguments>.*)\);", re.DOTALL)


def start_element(script: str) -> SafeString:
    """Return the element that says what a chooser's script said; raises ValueError for any other script."""
    call = CALL.fullmatch(script)
    if call is None:
        raise ValueError(f"Not the call of one function with plain data: {script!r}")
    arguments = json.loads(f"[{call['arguments']}]")
    return format_html(
        '<template data-desk-start="{}" data-desk-with="{}"></template>', call["name"], json.dumps(arguments)
    )


def render_chooser(
    widget: BaseChooser, name: str, value: Any, attrs: dict[str, str], renderer: Any = None
) -> SafeString:
    """Render a chooser as `BaseChooser.render` does, with an element in the place of its inline script."""
    value_data = widget.get_value_data(value)
    html = widget.render_html(name, value_data, attrs)
    return format_html("{}{}", html, start_element(widget.render_js_init(attrs["id"], name, value_data)))


def install() -> None:
    """Put our rendering in the place of Wagtail's, for its choosers and all that inherit from them."""
    BaseChooser.render = render_chooser
