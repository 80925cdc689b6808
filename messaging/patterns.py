"""Texts to begin with, in each language, which whoever writes changes as she likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

if TYPE_CHECKING:
    from messaging.naming import Names


@dataclass(frozen=True)
class Pattern:
    """A text of some paragraphs, with a place for what the course is called."""

    key: str
    title: Promise
    subject: Promise
    body: tuple[Promise, ...]


PATTERNS = (
    Pattern(
        "welcome",
        _("Welcome"),
        _("We begin"),
        (
            _(
                "You are in the group now. Begin when you can: the course keeps your place, and you can stop "
                "whenever you like."
            ),
            _("If something does not work, tell me."),
        ),
    ),
    Pattern(
        "unfinished",
        _("To go on"),
        _("You can go on where you stopped"),
        (
            _(
                "What you did in «%(course)s» is kept. There is no hurry: go on where you stopped, a few minutes are "
                "enough."
            ),
            _("If something holds you up, tell me and we look at it together."),
        ),
    ),
    Pattern(
        "session",
        _("About a session"),
        _("Our next session"),
        (
            _("We meet soon: day, hour and place stand below."),
            _("If you cannot come, tell me. No reasons needed."),
        ),
    ),
    Pattern(
        "thanks",
        _("At the end"),
        _("Thank you"),
        (
            _(
                "Thank you for the time and care that you put into «%(course)s». Your certificate, once it is "
                "issued, stands in your record."
            ),
        ),
    ),
)


def worded(key: str, names: Names, language: str) -> tuple[str, str]:
    """Return subject and body of a pattern in a language; nothing for one that there is not."""
    found = next((pattern for pattern in PATTERNS if pattern.key == key), None)
    if found is None:
        return "", ""
    with override(language):
        said = {"course": names.course}
        return str(found.subject) % said, "\n\n".join(str(part) % said for part in found.body)
