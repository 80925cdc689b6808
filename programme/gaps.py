"""Keeps a text that was rendered once for many, with gaps for what is one reader's own.

While it is rendered nothing of any reader is at hand: where something of hers will stand, a mark is printed. So what
a template forgets to leave open prints nothing of anybody, rather than of the first who came.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

# The gap in which the token of a form stands.
TOKEN = "token"  # noqa: S105  the name of a gap


def token_of(request: HttpRequest) -> str:
    """Return the token of this answer's forms: masked anew for each answer, as it must be, and not for each form."""
    token: str | None = getattr(request, "_token_of_forms", None)
    if token is None:
        token = request._token_of_forms = get_token(request)  # type: ignore[attr-defined]  # ours
    return token


@dataclass(frozen=True)
class Rendered:
    """Texts with gaps between them: each text is followed by the gap of its place, but for the last."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]

    def filled(self, own: Callable[[str], str]) -> SafeString:
        """Return the whole text, with what `own` answers to the name of each gap; it answers HTML."""
        pieces = [""] * (len(self.texts) + len(self.gaps))
        pieces[::2] = self.texts
        pieces[1::2] = map(own, self.gaps)
        return mark_safe("".join(pieces))  # noqa: S308  rendered by templates that escape


class Gaps:
    """Stands in the context while something is rendered for keeping."""

    def __init__(self) -> None:
        # Nothing that an author writes can look like the mark.
        self.secret = secrets.token_hex(16)

    def leave(self, name: str) -> SafeString:
        """Return the mark of a gap; escaping leaves it as it is."""
        return mark_safe(f"{self.secret}[{name}]")  # noqa: S308  our own secret and a name

    def split(self, text: str) -> Rendered:
        """Return `text` parted at the marks."""
        pieces = re.split(rf"{self.secret}\[([^\]]*)\]", text)
        return Rendered(tuple(pieces[::2]), tuple(pieces[1::2]))
