"""Walks the site's own URL conf, so that no address is forgotten by the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from django.urls import URLResolver, get_resolver

# Wagtail's and wagtail-localize's own screens of the admin. The table has the main ones; all of them are tried as
# visitor and as learner. A namespace that is not here is ours, and each of its screens has a row.
WAGTAILS = (
    "wagtailadmin*",
    "wagtail_localize*",
    "wagtail_bulk_action",
    "wagtailsettings:*",
    "wagtailembeds:*",
    "wagtailsnippets:*",
    "wagtailsnippetchoosers_*",
    "wagtaildocs*",
    "wagtailimages*",
    "wagtaillocales:*",
    "wagtailsites:*",
    "wagtailusers_groups:*",
)
# Of our own viewsets: parts of a screen that has a row, shown under the same permission.
PARTS = ("*_results", "*:preview_on_*", "*:revisions_*", "*:lock", "*:unlock")
# Pages are named by their kind in the table.
PAGES = ("serve_page", "wagtail_serve")


@dataclass(frozen=True)
class Address:
    """A pattern of the URL conf: its full name ('' for one without) and its route."""

    name: str
    route: str

    @property
    def admin(self) -> bool:
        """Say whether it stands below the admin."""
        return self.route.startswith("admin/")


def addresses(resolver: Any = None, names: tuple[str, ...] = (), route: str = "") -> Iterator[Address]:
    """Return every pattern that the site answers."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, (*names, pattern.namespace) if pattern.namespace else names, here)
        else:
            yield Address(":".join((*names, pattern.name)) if pattern.name else "", here)


def site_names() -> list[str]:
    """Return the names outside of the admin."""
    return _once(a.name for a in addresses() if a.name and not a.admin and a.name not in PAGES)


def desk_names() -> list[str]:
    """Return the names of our own screens in the admin."""
    theirs = (*WAGTAILS, *PARTS)
    names = (a.name for a in addresses() if a.name and a.admin)
    return _once(name for name in names if not any(fnmatch(name, pattern) for pattern in theirs))


def _once(names: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(names))


SAMPLES = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


def sample_path(route: str) -> str:
    """Return some path that a route of the admin matches: the door is asked before anything is looked up."""
    path = re.sub(r"\((?:\?P<\w+>)?(?:live|earliest)[^)]*\)", "live", route)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|\(\\d\+\)", "1", path)
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found.group(1) or "", "x"), path)
    return "/" + path.replace("^", "").replace("$", "").replace(r"\.", ".").replace(".*/", "x/")
