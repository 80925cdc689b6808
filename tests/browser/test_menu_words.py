"""Bruno reads the whole words of the admin's menu, in each language of the site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CUT = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"


@pytest.mark.parametrize("language", ["es", "fr", "en"])
def test_no_word_of_the_menu_is_cut_off(open_page: Callable[..., Any], world: Any, language: str) -> None:
    with open_page("admin") as page:
        page.context.add_cookies([{"name": "senda_language", "value": language, "url": world.url}])
        page.goto("/admin/")
        labels = page.locator(".sidebar .menuitem-label")
        labels.first.wait_for()
        assert labels.count() > 5
        assert labels.evaluate_all(CUT) == []
