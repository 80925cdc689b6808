"""What each duty may do in the admin, and at which addresses: every room says it of its own screens.

Whoever is in the admin by a duty alone finds there the addresses that a room opened to it, and nothing else: a screen
that is new, Wagtail's own included, is closed to duties until somebody has thought of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from accounts.models import DutyKind

ADMIN = "wagtailadmin.access_admin"
# The admin's own frame: its front page, one's own account, the way out, its pictograms and words.
FRAME = (
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    # Both lead on to the site's own pages.
    "admin/login/",
    "admin/password_reset/*",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
)
# What is sent there changes nothing of anybody else's.
OWN_POSTS = ("wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_dismissibles")


@dataclass
class _Rights:
    permissions: set[str] = field(default_factory=lambda: {ADMIN})
    addresses: set[str] = field(default_factory=lambda: set(FRAME))
    posts: set[str] = field(default_factory=lambda: set(OWN_POSTS))


_rights: dict[str, _Rights] = {kind: _Rights() for kind in DutyKind.values}


def allow(
    *kinds: DutyKind,
    permissions: Iterable[str] = (),
    addresses: Iterable[str] = (),
    posts: Iterable[str] = (),
) -> None:
    """Let duties have `permissions`, come to `addresses` and send forms to `posts`: names of URLs, with * and ?."""
    for kind in kinds:
        rights = _rights[kind]
        rights.permissions.update(permissions)
        rights.addresses.update(addresses, posts)
        rights.posts.update(posts)


def permissions_of(kinds: Iterable[str]) -> frozenset[str]:
    """Return the permissions of some kinds of duty together."""
    return frozenset().union(*(_rights[kind].permissions for kind in kinds))


def may_come(kinds: Iterable[str], address: str) -> bool:
    """Say whether some duty among `kinds` leads to the address of this name."""
    return any(_matches(_rights[kind].addresses, address) for kind in kinds)


def may_send(kinds: Iterable[str], address: str) -> bool:
    """Say whether some duty among `kinds` may send a form to the address of this name."""
    return any(_matches(_rights[kind].posts, address) for kind in kinds)


def _matches(patterns: set[str], address: str) -> bool:
    return any(fnmatchcase(address, pattern) for pattern in patterns)
