"""Lets Wagtail write to everybody in her own language.

Whoever chose none in Wagtail's own settings would read the mail in the language of whoever caused it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin import mail
from wagtail.admin.views.pages import edit
from wagtail.users.models import UserProfile

from accounts.models import User


def install() -> None:
    """Put the language of each reader before what Wagtail does: to workflows, and to comments."""
    mail.EmailNotificationMixin.send_emails = _each_spoken_to(
        mail.EmailNotificationMixin.send_emails, place=3
    )
    mail.send_notification = edit.send_notification = _each_spoken_to(mail.send_notification, place=0)


def _each_spoken_to(send: Callable[..., Any], *, place: int) -> Callable[..., Any]:
    def sent(*args: Any, **kwargs: Any) -> Any:
        return send(*args[:place], in_their_language(args[place]), *args[place + 1 :], **kwargs)

    return sent


def in_their_language(readers: Iterable[User]) -> list[User]:
    """Return the readers as Wagtail is to write to them; what they chose there goes first. Nothing is saved."""
    found = list(readers)
    for reader in found:
        profile = UserProfile.get_for_user(reader)
        profile.preferred_language = profile.preferred_language or reader.person.language
        # Sets what Wagtail asks next, without another question to the database.
        reader.wagtail_userprofile = profile  # type: ignore[attr-defined]  # as Wagtail names it
    return found
