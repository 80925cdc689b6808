"""Bends allauth to this house: one count of guesses, mails that may fail, texts under `templates/emails/account/`."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import guesses, limits, notices
from accounts.models import User
from accounts.pins import is_pin
from common.languages import interface_language, is_known

logger = logging.getLogger(__name__)
JUST_NOW_SECONDS = 5 * 60


class TooManyGuesses(ValidationError):
    """The form's error when an account has been guessed at too often; carries when to try again."""

    def __init__(self, refusal: limits.TooMany) -> None:
        super().__init__(notices.wait(refusal.minutes), code="too_many_guesses")
        self.refusal = refusal


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks, each answered by one of our modules."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The e-mail, telephone or code and the password or PIN do not match."
        ),
        "email_password_mismatch": _("The e-mail, telephone or code and the password or PIN do not match."),
        "enter_current_password": _("This is not your current password or PIN."),
        "incorrect_password": _("This is not your current password or PIN."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the guess before the secret is looked at: parallel guesses cannot slip through."""
        named = credentials.get("identifier") or credentials.get("username") or credentials.get("email") or ""
        try:
            self._login_failed_rl_usage = guesses.spend_on_text(named)
        except limits.TooMany as refusal:
            raise TooManyGuesses(refusal) from None

    def _rollback_login_failed_rl_usage(self) -> None:
        self._login_failed_rl_usage.refund()

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and tell what happened to the account meanwhile."""
        first_time = user.last_login is None
        super().login(request, user)
        notices.tell_at_sign_in(request, user, first_time=first_time)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody for the password twice in five minutes: signing in is as good as saying it again."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < JUST_NOW_SECONDS for record in records)

    def set_password(self, user: User, password: str) -> None:
        """Keep the new secret; from now on it is the person's own."""
        user.set_password(password)
        user.has_pin = is_pin(password)
        user.must_change_secret = False
        user.save(update_fields=["password", "has_pin", "must_change_secret"])
        guesses.forget(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the profile."""
        return reverse("accounts:profile")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a mail; a mail server that does not answer never stops anybody from learning."""
        prefix = template_prefix.replace("account/email/", "emails/account/", 1)
        try:
            with override(_language_of(email)):
                super().send_mail(prefix, email, context)
        except OSError:  # smtplib's errors and timeouts are all of this kind
            logger.exception("A mail of the kind %s could not be sent", prefix)


def _language_of(email: str) -> str:
    """Return the language of whose mail it is, who may not be who asked for it; a stranger's is that of the page."""
    reader = User.objects.filter(email__iexact=email).select_related("person").first()
    return reader.person.language if reader and is_known(reader.person.language) else interface_language()
