"""Corrects, with the answer to a request, what its person cannot change herself; what it was stays beside.

Old and new stand in the request and nowhere else: an erasure empties them with her words, and so does their time.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import asking, events, profile_parts
from accounts.fields import BirthYearField
from accounts.models import DataRequest, Person

About = DataRequest.About
OWN = {About.BIRTH_YEAR: "birth_year", About.CERTIFICATE_NAME: "certificate_name"}
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def fields_for(request: DataRequest) -> dict[str, forms.Field]:
    """Return the fields of what a request asks to correct, with what stands there, or the year that it names."""
    if request.kind != DataRequest.Kind.CORRECTION or request.state != DataRequest.State.OPEN:
        return {}
    person = request.person
    if request.about == About.BIRTH_YEAR:
        named = A_YEAR.search(request.wish)
        return {"birth_year": BirthYearField(initial=named[0] if named else person.birth_year)}
    if request.about == About.CERTIFICATE_NAME:
        name = forms.CharField(
            label=_("Name on the certificate"),
            max_length=160,
            required=False,
            initial=person.certificate_name,
            help_text=_(
                "A certificate that was issued keeps its name until it is replaced, in the register."
            ),
        )
        return {"certificate_name": name}
    if request.about == About.MEMBERSHIP:
        return {
            f"{part.name}_{part.choice}": part.named_fields(person)[f"{part.name}_{part.choice}"]
            for part in profile_parts.parts()
            if part.choice
        }
    return {}


def answer(
    *,
    request: DataRequest,
    done: bool,
    words: str,
    by: Person,
    values: dict[str, Any],
    at: dt.datetime | None = None,
) -> DataRequest:
    """Answer a request and, where it is done, correct what `values` names. Raises AnswerRefused."""
    before = {name: _shown(field.initial) for name, field in _standing(request).items()}
    with transaction.atomic():
        answered = asking.answer(request=request, done=done, words=words, by=by, at=at)
        if not done:
            return answered
        changes = [
            {"field": name, "old": before[name], "new": _shown(value)}
            for name, value in values.items()
            if name in before and before[name] != _shown(value)
        ]
        _correct(request.person, {change["field"]: values[change["field"]] for change in changes})
        answered.changes = changes
        answered.save(update_fields=["changes"])
    return answered


def _standing(request: DataRequest) -> dict[str, forms.Field]:
    """Return the fields with what stands there, whatever the request names. Asked before it is closed."""
    fields = fields_for(request)
    if "birth_year" in fields:
        fields["birth_year"].initial = request.person.birth_year
    return fields


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _correct(person: Person, values: dict[str, Any]) -> None:
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    own = [name for name in OWN.values() if name in values]
    for name in own:
        setattr(locked, name, values[name])
    if own:
        locked.save(update_fields=own)
    for part in profile_parts.parts():
        if answers := part.own(values):
            part.save(person=locked, answers=answers)
    if values:
        transaction.on_commit(lambda: events.profile_saved.send(sender=Person, person_id=locked.pk))
