"""Tells a person, once, what happened to her login while she was away, and how long to wait."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import consents, services
from accounts.models import Consent, SecretReset, User


def wait(minutes: int) -> str:
    """Return the words for «too many attempts» with the minutes to wait."""
    return ngettext(
        "Too many attempts. For everybody's safety, try again in %(minutes)d minute.",
        "Too many attempts. For everybody's safety, try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


def tell_at_sign_in(request: HttpRequest, user: User, *, first_time: bool) -> None:
    """Add the messages that a person must see at this sign-in."""
    for reset in services.take_unseen_resets(user=user):
        messages.warning(request, reset_words(reset))
    if consents.to_ask(user.person):
        messages.info(request, notice_words(user))
    if first_time and user.must_change_secret:
        messages.info(
            request,
            _(
                "Somebody else made your PIN. If you like, change it in your profile; this one goes on working."
            ),
        )


def notice_words(user: User) -> str:
    """Return what to do about the privacy notice: it changed since she read it, or she never did."""
    if Consent.objects.of(user.person).exists():
        return _(
            "The privacy notice has changed. Read it and decide again under «Who sees my data», in your profile."
        )
    return _(
        "Read the privacy notice and decide under «Who sees my data», in your profile, what may be done with your data."
    )


def reset_words(reset: SecretReset) -> str:
    """Return who reset a secret and when, and what to do if that was not agreed."""
    return _(
        "On %(date)s %(name)s gave you a new PIN. If you did not ask for it, change it now and tell the programme."
    ) % {"date": date_format(localtime(reset.reset_at), "DATETIME_FORMAT"), "name": reset.reset_by}
