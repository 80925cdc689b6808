"""Keeps that somebody looked at a screen with people on it: which screen, how narrowed, how many. One insert a look.

A view says it after it knows what it shows and before it answers: nobody sees what could not be kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accounts import disclosures
from accounts.models import Act, Disclosure, Person
from common.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

NARROWED_AT_MOST = 200
# What is asked by these is a word of a closed list, or a number of ours. Anything else may be a name, a telephone or
# an e-mail that somebody typed, which must not be kept beside the people whom it names: of it only the key is kept.
PLAIN = frozenset(
    {"country", "state", "kind", "type", "role", "act", "p", "membership", "position", "completed"}
)

# What an address may be asked by has this form. The rest goes: a name put there by hand, a byte that no database takes.
OURS = re.compile(r"[A-Za-z0-9_.:-]{1,40}").fullmatch


def kept_list(
    request: HttpRequest,
    what: str,
    *,
    rows: int,
    role: str = "",
    institution_id: int | None = None,
    group_id: int | None = None,
) -> None:
    """Keep one look at a list of `rows` people; a list of nobody is not kept."""
    if not rows:
        return
    user: User = request.user  # type: ignore[assignment]  # views of people stand behind sign-in
    Disclosure.objects.create(
        at=now(),
        by_id=user.person_id,
        role=role or disclosures.role_of_login(user),
        act=Act.VIEWED,
        what=what,
        rows=rows,
        narrowed=narrowed(request),
        institution_id=institution_id,
        group_id=group_id,
    )


def kept_person(request: HttpRequest, what: str, person: Person, role: str = "") -> None:
    """Keep a look at one person's things, once a day; at one's own, never."""
    user: User = request.user  # type: ignore[assignment]  # views of people stand behind sign-in
    disclosures.seen(by=user.person, what=what, of=person, role=role or disclosures.role_of_login(user))


def narrowed(request: HttpRequest) -> str:
    """Return by what a list was searched and filtered, without the words that somebody typed."""
    said = [
        f"{key}={','.join(filter(OURS, values))}" if key in PLAIN else key
        for key, values in sorted(request.GET.lists())
        if any(values) and OURS(key) and key != "export"
    ]
    return "&".join(said)[:NARROWED_AT_MOST]
