"""Where people go from the front page: on with the course, to their groups, to the editors' side."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import SHARED_PHONE
from accounts.models import User
from common.languages import foreign
from learning.queries import facilitated, mine


@dataclass(frozen=True)
class Going:
    """The course in which somebody stopped: `done` of `of` required activities; `lang` is the title's."""

    title: str
    lang: str
    url: str
    done: int
    of: int


@dataclass(frozen=True)
class Door:
    """A link to where somebody's own work starts."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class Landing:
    """What the front page says to somebody who is signed in."""

    going: Going | None
    doors: tuple[Door, ...]


def landing_for(request: HttpRequest) -> Landing | None:
    """Return the landing of whoever is signed in; None for everybody else."""
    user = request.user
    if not user.is_authenticated:
        return None
    return Landing(going=_going(request, user), doors=_doors(user))


def _going(request: HttpRequest, user: User) -> Going | None:
    entry = next(iter(mine(request, user.person).in_progress), None)
    if entry is None or not entry.words.url:
        return None
    # Somebody else may look at a shared phone: a sensitive course goes by its neutral name there.
    title = entry.words.neutral if request.session.get(SHARED_PHONE) else entry.words.title
    return Going(
        title=title,
        lang=foreign(entry.words.language),
        url=entry.words.url,
        done=entry.done,
        of=entry.of,
    )


def _doors(user: User) -> tuple[Door, ...]:
    doors = [
        Door(_("My courses"), _("Continue where you stopped."), reverse("learning:home")),
        Door(
            _("My record"),
            _("Your hours, your certificates, a copy of your data."),
            reverse("learning:record"),
        ),
    ]
    if facilitated(user.person):
        doors.append(Door(_("My groups"), _("Who is learning with you."), reverse("learning:cohorts")))
    if user.has_perm("wagtailadmin.access_admin"):
        doors.append(
            Door(
                _("Editors' side"),
                _("Write courses, look after support lines."),
                reverse("wagtailadmin_home"),
            )
        )
    return tuple(doors)
