"""What this room gives and forgets of a person when asked under the privacy laws."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import own_acts, privacy
from accounts.managers import new_code
from accounts.models import Consent, DataRequest, Person, PersonMerge, SecretReset, User
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
    "reset_at": _("Date"),
    "birth_year": _("Year of birth"),
    "changes": _("What was corrected"),
    "field": _("What"),
    "old": _("Before"),
    "new": _("Afterwards"),
    "renewed_at": _("Given anew under a later notice on"),
    "requests": _("What you asked for under the privacy laws"),
    "kind": _("What was asked"),
    "about": _("What it is about"),
    "wish": _("In your words"),
    "state": _("State"),
    "asked_at": _("Asked on"),
    "due_on": _("To be answered by"),
    "closed_at": _("Answered on"),
    "answer": _("Answer"),
    "other_accounts": _("Other accounts of yours that were joined with this one"),
    "opened_by": _("Account made by"),
    "retention_warning": _("Warned on that an unused account loses its name"),
    "groups": _("Groups of staff"),
    "joined": _("Joined with another account"),
    "joined_at": _("Date"),
    "undone_at": _("Undone on"),
    "acts": _("What you did for others, in numbers"),
}
COVERS = {
    "accounts.Person.canonical",
    "accounts.User.person",
    "accounts.User.handed_out_by",
    "accounts.Consent.person",
    "accounts.DataRequest.person",
    "accounts.Erasure.person",
    "accounts.RetentionWarning.person",
    "accounts.PersonMerge.duplicate",
    "accounts.PersonMerge.into",
    "accounts.SecretReset.user",
    "accounts.SecondFactorReset.user",
    "accounts.User_groups.user",
    "account.EmailAddress.user",
}
KEPT = (
    _(
        "An anonymous count: country, sex or gender and age band, so that figures already reported go on holding."
    ),
    _("That an account was erased, and on which day, under a number that does not tell who you are."),
)
# What is erased; `folded_name` is what searching by name reads.
EMPTIED = {
    "certificate_name": "",
    "display_name": "",
    "folded_name": "",
    "birth_year": None,
    "position": "",
    "content_language": "",
    "adult_confirmed_at": None,
}


def export(person: Person) -> dict[str, Any]:
    """Return what is kept here, of the accounts that were joined with hers too."""
    others = Person.objects.filter(canonical_id=person.canonical_id).exclude(pk=person.pk)
    return _account(person) | {
        "requests": [_request(row) for row in DataRequest.objects.of(person).order_by("asked_at")],
        "other_accounts": [_account(other) for other in others.order_by("pk")],
        "joined": [_merge(row) for row in _merges(person)],
        "acts": own_acts.counted(person),
    }


def _account(person: Person) -> dict[str, Any]:
    user = User.objects.filter(person=person).first()
    return {
        "certificate_name": person.certificate_name,
        "display_name": person.display_name,
        "country": str(person.country or ""),
        "sex": person.get_sex_display(),
        "age": person.get_age_band_display(),
        "birth_year": person.birth_year,
        "position": person.get_position_display(),
        "language": str(dict(settings.LANGUAGES).get(person.language, person.language)),
        "content_language": str(dict(settings.LANGUAGES).get(person.content_language, "")),
        "adult_confirmed_at": person.adult_confirmed_at,
        "created_at": person.created_at,
        "sign_in": _sign_in(user),
        "consents": [_consent(row) for row in person.consents.order_by("given_at")],
        "pin_resets": _resets(user),
        "second_factor_resets": _factor_resets(user),
        "retention_warning": getattr(getattr(person, "retention_warning", None), "warned_at", None),
    }


def _request(row: DataRequest) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "about": row.get_about_display(),
        "wish": row.wish,
        "changes": row.changes,
        "state": row.get_state_display(),
        "asked_at": row.asked_at,
        "due_on": row.due_on,
        "closed_at": row.closed_at,
        "answer": row.answer,
    }


def _merges(person: Person) -> Any:
    hers = Q(duplicate__canonical_id=person.canonical_id) | Q(into__canonical_id=person.canonical_id)
    return PersonMerge.objects.filter(hers).order_by("merged_at")


def _merge(row: PersonMerge) -> dict[str, Any]:
    return {"joined_at": row.merged_at, "undone_at": row.undone_at}


def _sign_in(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {
        "personal_code": user.readable_code if user.handed_out_at else "",
        "email": user.email,
        "phone": user.phone,
        "opened_by": str(user.handed_out_by or ""),
        "groups": [str(group) for group in user.groups.order_by("name")],
        "last_sign_in": user.last_login,
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.get_purpose_display(),
        "notice_version": row.notice_version,
        "given_at": row.given_at,
        "withdrawn_at": row.withdrawn_at,
        "renewed_at": row.renewed_at,
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
    fields = {each.name for each in Person._meta.concrete_fields}
    emptied: dict[str, Any] = {name: value for name, value in EMPTIED.items() if name in fields}
    Person.objects.filter(pk=person.pk).update(**emptied, erased_at=moment)
    Consent.objects.filter(person=person).in_force().update(withdrawn_at=moment)
    DataRequest.objects.filter(person=person).update(wish="", answer="", changes=[])
    PersonMerge.objects.filter(Q(duplicate=person) | Q(into=person)).update(reason="", undo_reason="")
    user = User.objects.filter(person=person).first()
    if user is not None:
        _erase_login(user)


def _erase_login(user: User) -> None:
    """Leave a row that nobody can sign in with: pages and histories point at it."""
    EmailAddress.objects.filter(user=user).delete()
    SecretReset.objects.filter(user=user).delete()
    user.second_factor_resets.all().delete()
    user.email, user.phone, user.username = "", "", new_code()
    user.is_active = user.is_staff = user.is_superuser = False
    user.has_pin = user.must_change_secret = user.phone_verified = False
    user.handed_out_by = user.handed_out_at = user.last_login = None
    user.set_unusable_password()
    user.save()


def register() -> None:
    """Add this room's part."""
    privacy.note_acts(own_acts.ACTS)
    privacy.register(
        "accounts",
        export,
        erase,
        title=_("Your account"),
        labels=LABELS,
        covers=COVERS,
        kept=KEPT,
    )
