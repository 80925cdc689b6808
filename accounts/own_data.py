"""What this room gives and forgets of a person when asked under the privacy laws."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import privacy
from accounts.managers import new_code
from accounts.models import Consent, Person, SecretReset, User
from common.clock import now

LABELS = {
    "certificate_name": _("Name on the certificate"),
    "display_name": _("Name on screen"),
    "country": _("Country where you work"),
    "sex": _("Sex or gender"),
    "age": _("Age"),
    "position": _("What you do"),
    "language": _("Language of the site"),
    "content_language": _("Language of the courses"),
    "adult_confirmed_at": _("Said to be 18 or older on"),
    "created_at": _("Account opened on"),
    "sign_in": _("Ways to sign in"),
    "personal_code": _("Personal code"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "last_sign_in": _("Last sign-in"),
    "consents": _("What you agreed to"),
    "purpose": _("Purpose"),
    "notice_version": _("Version of the notice"),
    "given_at": _("Given on"),
    "withdrawn_at": _("Taken back on"),
    "pin_resets": _("New PINs given by somebody"),
    "second_factor_resets": _("Second steps taken away by an administrator"),
    "reset_by": _("By"),
    "reset_at": _("On"),
}


def export(person: Person) -> dict[str, Any]:
    """Return what is kept here."""
    user = User.objects.filter(person=person).first()
    return {
        "certificate_name": person.certificate_name,
        "display_name": person.display_name,
        "country": str(person.country or ""),
        "sex": person.get_sex_display(),
        "age": person.get_age_band_display(),
        "position": person.get_position_display(),
        "language": str(dict(settings.LANGUAGES).get(person.language, person.language)),
        "content_language": str(dict(settings.LANGUAGES).get(person.content_language, "")),
        "adult_confirmed_at": person.adult_confirmed_at,
        "created_at": person.created_at,
        "sign_in": _sign_in(user),
        "consents": [_consent(row) for row in person.consents.order_by("given_at")],
        "pin_resets": _resets(user),
        "second_factor_resets": _factor_resets(user),
    }


def _sign_in(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {
        "personal_code": user.readable_code if user.handed_out_at else "",
        "email": user.email,
        "phone": user.phone,
        "last_sign_in": user.last_login,
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.get_purpose_display(),
        "notice_version": row.notice_version,
        "given_at": row.given_at,
        "withdrawn_at": row.withdrawn_at,
    }


def _resets(user: User | None) -> list[dict[str, Any]]:
    rows = (
        SecretReset.objects.filter(user=user).select_related("reset_by").order_by("reset_at") if user else []
    )
    return [{"reset_by": str(row.reset_by), "reset_at": row.reset_at} for row in rows]


def _factor_resets(user: User | None) -> list[dict[str, Any]]:
    if user is None:
        return []
    rows = user.second_factor_resets.select_related("reset_by").order_by("reset_at")
    return [{"reset_by": str(row.reset_by or ""), "reset_at": row.reset_at} for row in rows]


def erase(person: Person) -> None:
    """Forget who she is; her key stays, so that past counts do not change."""
    moment = now()
    Person.objects.filter(pk=person.pk).update(
        certificate_name="", display_name="", birth_year=None, erased_at=moment
    )
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=moment)
    user = User.objects.filter(person=person).first()
    if user is None:
        return
    EmailAddress.objects.filter(user=user).delete()
    user.email, user.phone, user.username, user.is_active = "", "", new_code(), False
    user.set_unusable_password()
    user.save(update_fields=["email", "phone", "username", "is_active", "password"])


def register() -> None:
    """Add this room's part."""
    privacy.register("accounts", export, erase, title=_("Your account"), labels=LABELS)
