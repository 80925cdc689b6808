"""Which doors the front page opens for the person who is signed in: her courses, her people, the editors' side."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Door:
    """A link to where somebody's own work starts."""

    title: str
    words: str
    url: str


def doors_for(user: User) -> tuple[Door, ...]:
    """Return the doors of `user`, the most used first. Everybody who is signed in can learn."""
    doors = [
        Door(_("My courses"), _("Continue where you stopped."), reverse("learning:home")),
        Door(_("My record"), _("Your hours, your certificates, a copy of your data."), reverse("learning:record")),
    ]
    if user.has_perm("wagtailadmin.access_admin"):
        doors.append(
            Door(_("Editors' side"), _("Write courses, look after people and lines."), reverse("wagtailadmin_home"))
        )
    return tuple(doors)
