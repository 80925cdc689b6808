"""Tells a person by e-mail, in her language, that her second factor was taken away, and by whom."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

if TYPE_CHECKING:
    from accounts.models import SecondFactorReset

logger = logging.getLogger(__name__)


def tell(reset: SecondFactorReset) -> None:
    """Send the mail; a login without e-mail is told at its next sign-in alone, by being asked to begin anew."""
    if not reset.user.email:
        return
    with translation.override(reset.user.person.language):
        context = {
            "by": str(reset.reset_by or ""),
            "date": date_format(localtime(reset.reset_at), "DATETIME_FORMAT"),
        }
        mail = get_adapter().render_mail("emails/account/second_factor_reset", reset.user.email, context)
    try:
        mail.send()
    except OSError:  # a mail server that does not answer must not undo what was done
        logger.exception("The mail on a second factor that was reset could not be sent")
