"""Makes agreements and advice as tests need them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from accounts.models import User
from institutions.models import Addendum, AdviceAction, AdviceRecord, Agreement, AgreementParty, Institution
from tests.factories.accounts import UserFactory

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def day(days: int) -> dt.date:
    """Return the day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def agreement(
    *institutions: Institution, starts: int | None = -365, ends: int | None = None, **fields: Any
) -> Agreement:
    """Make a signed agreement; `signed_on=None` makes a draft."""
    start = None if starts is None else day(starts)
    signed = {"signed_on": min(start or day(0), day(-1))}
    made = Agreement.objects.create(
        kind="agreement",
        starts_on=start,
        ends_on=None if ends is None else day(ends),
        **{"title": "Convenio marco", **signed, **fields},
    )
    for institution in institutions:
        AgreementParty.objects.create(agreement=made, institution=institution)
    return made


def addendum(to: Agreement, *, signed: int = -10, new_end: int | None = None) -> Addendum:
    """Add to an agreement."""
    end = None if new_end is None else day(new_end)
    return Addendum.objects.create(agreement=to, signed_on=day(signed), text="Se prolonga.", new_ends_on=end)


def advised(institution: Institution, *, due: int = 10) -> AdviceAction:
    """Make advice with one thing that was agreed; return that."""
    record = AdviceRecord.objects.create(
        institution=institution, held_on=day(-30), kind="visit", hours=2, topics=["referral"], women=12
    )
    return AdviceAction.objects.create(record=record, text="Acordar la ruta", role="team", due_on=day(due))


def looks_after_agreements(name: str, *, language: str = "es", **fields: Any) -> User:
    """Make somebody of the programme who has the duty."""
    user = UserFactory(
        email=f"{name.lower()}@senda.example",
        is_staff=True,
        person__display_name=name,
        person__language=language,
        **fields,
    )
    group, _made = Group.objects.get_or_create(name="Agreements")
    rights = Permission.objects.filter(
        content_type__app_label="institutions", content_type__model__in=["agreement", "advicerecord"]
    )
    group.permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    user.groups.add(group)
    return User.objects.get(pk=user.pk)


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def docx(*, macros: bool = False) -> bytes:
    """Return the bytes of a small DOCX."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


def form_of(
    *institutions: Institution, addenda: list[dict[str, Any]] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return what the form of an agreement posts."""
    data: dict[str, Any] = {
        "title": "Convenio con el hospital",
        "kind": "agreement",
        "signed_on": day(-30),
        "starts_on": day(-20),
        "ends_on": day(700),
        "ended_on": "",
        "renews": "",
        "scope": "",
    }
    parties = [
        {"institution": one.pk, "role": "signatory", "ORDER": n} for n, one in enumerate(institutions, 1)
    ]
    return {
        k: "" if v is None else v
        for k, v in {
            **data,
            **formset("parties", parties),
            **formset("addenda", addenda or []),
            **changes,
        }.items()
    }


def formset(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as Django's formsets post them."""
    data: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": 0,
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{name}-{number}-{key}": value for key, value in {"id": "", "DELETE": "", **row}.items()}
    return data


def spanish(words):
    """Return how the screens of the programme, which are in Spanish by default, say this."""
    with translation.override("es"):
        said = translation.gettext(words)
    assert said != words
    return said
