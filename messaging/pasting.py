"""A text that is pasted into a chat of the group: course, session, link, and nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses import versions
from messaging import calendars
from messaging.frames import site
from messaging.naming import names_of

if TYPE_CHECKING:
    from learning.models import Cohort, Session


def text_for(cohort: Cohort, session: Session | None, *, language: str, time_zone: str) -> str:
    """Return the text in one language. Of a sensitive course it tells neither title nor address of a page.

    What the facilitator wrote as a title may hold a name: whoever sends it reads it first.
    """
    with override(language):
        words = versions.course_words(cohort.course, language=language)
        names = names_of(cohort, cohort.course, words)
        lines = [f"*{names.course}*"]
        if not names.sensitive:
            lines.append(names.group)
        if session:
            lines += _session(calendars.told(session, names, time_zone=time_zone), sensitive=names.sensitive)
        hidden = names.sensitive or not words.url
        lines.append(
            _("Go on here: %(link)s") % {"link": site(reverse("learning:home") if hidden else words.url)}
        )
        return "\n".join(lines)


def _session(about: calendars.Told, *, sensitive: bool) -> list[str]:
    day = f"{about.day}, {about.hours}"
    lines = [] if sensitive else [about.title]
    lines.append(_("Cancelled: %(when)s") % {"when": day} if about.cancelled else day)
    if about.place and not about.cancelled:
        lines.append(_("Place: %(place)s") % {"place": about.place})
    return lines
