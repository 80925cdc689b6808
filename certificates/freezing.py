"""Freezes every word of a certificate in every language of the site, from what holds on the day of issue."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.queries import details_of
from certificates.content import CertificateContent, Picture, Signatory
from common.templatetags.minutes import as_hours
from courses import versions
from programme.models import Identity

if TYPE_CHECKING:
    from learning.models import Completion


def freeze(
    *, completion: Completion, code: str, issued_on: dt.date, valid_until: dt.date | None
) -> dict[str, str]:
    """Return the JSON text of the certificate's content by language code."""
    identity = Identity.objects.select_related("logo").order_by("site__is_default_site").last() or Identity()
    frozen = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            content = _content(completion, identity, code=code, issued_on=issued_on, valid_until=valid_until)
            frozen[language] = replace(content, language=language).to_json()
    return frozen


def _content(
    completion: Completion, identity: Identity, *, code: str, issued_on: dt.date, valid_until: dt.date | None
) -> CertificateContent:
    enrolment = completion.enrolment
    words = versions.course_words(enrolment.course, language=translation.get_language()[:2])
    passed = any(a.quiz and a.required for a in versions.manifest_of(completion.version))
    address = settings.WAGTAILADMIN_BASE_URL + reverse("certificates:verify_code", kwargs={"code": code})
    return CertificateContent(
        language="es",
        kind=_("Certificate of achievement") if passed else _("Certificate of participation"),
        platform=settings.WAGTAIL_SITE_NAME,
        organisation=identity.organisation,
        holder=details_of(enrolment.person).certificate_name,
        statement=_statement(passed),
        course_title=words.title,
        course_code=words.code,
        version=_("version %(number)s") % {"number": completion.version.number},
        hours=as_hours(completion.minutes),
        modality=enrolment.get_modality_display(),
        completed=_("completed on %(day)s") % {"day": date_format(completion.achieved_on)},
        issued=date_format(issued_on),
        place=identity.place,
        validity=_("valid until %(day)s") % {"day": date_format(valid_until)} if valid_until else "",
        objectives_title=_("Who holds it can") if words.objectives else "",
        objectives=words.objectives,
        code=code,
        verify_url=address,
        verify_label=_("Verify it at"),
        verify_address=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc + reverse("certificates:verify"),
        qr_alt=_("QR code that opens the page on which this certificate is verified"),
        signatories=_signatories(identity),
        logos=_logos(identity),
    )


def _statement(passed: bool) -> str:
    if passed:
        return _("did the lessons and passed the assessment of the course")
    return _("did the lessons of the course")


def _signatories(identity: Identity) -> tuple[Signatory, ...]:
    pairs = (
        (identity.signatory_1_name, identity.signatory_1_role),
        (identity.signatory_2_name, identity.signatory_2_role),
    )
    return tuple(Signatory(name=name, role=role) for name, role in pairs if name)


def _logos(identity: Identity) -> tuple[Picture, ...]:
    if identity.logo is None:
        return ()
    path = identity.logo.file.name
    return (Picture.of(read_picture(path), path=path, alt=identity.organisation),)


def read_picture(path: str) -> bytes:
    """Return the bytes of a stored picture; raises OSError where there is none."""
    with default_storage.open(path) as stored:
        return stored.read()
