"""Writes how a group gets on as a file: names on screen, what each has done, attendance; neither sex nor age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import disclosures
from accounts.models import Act, Role
from common import clock
from common.tables import csv_response
from learning.matrix import Learner, Matrix, matrix_of
from learning.opened import PROGRESS
from learning.presence import CODES
from learning.queries.progress import activity_state, session_columns, share_of, titles_of, why_of, words_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import Person
    from learning.models import Cohort


class ProgressFileForm(forms.Form):
    """What the file is for: it is kept, and the people in it can read it."""

    reason = forms.CharField(
        label=gettext_lazy("What do you need this file for?"),
        help_text=gettext_lazy(
            "It is kept with your name, and the people in the file can read that it was made. Name nobody here."
        ),
        min_length=disclosures.REASON_LENGTH,
        max_length=disclosures.REASON_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Download"), css_class="block"))


def progress_file(request: HttpRequest, *, cohort: Cohort, by: Person, reason: str) -> HttpResponse:
    """Return the file, after what it is for and who stands in it was kept. Raises `disclosures.NoReason`."""
    matrix = matrix_of(cohort, at=clock.now(), today=timezone.localdate())
    titles = titles_of(request, matrix)
    disclosures.keep(
        by=by,
        act=Act.EXPORTED,
        what=PROGRESS,
        reason=reason,
        rows=len(matrix.learners),
        people=[one.enrolment.person_id for one in matrix.learners],
        role=Role.FACILITATOR,
    )
    rows = (list(_row(matrix, one, titles)) for one in matrix.learners)
    name = f"{PROGRESS}-{cohort.code}-{timezone.localdate():%Y-%m-%d}"
    response = csv_response(name=name, header=_header(matrix, titles), rows=rows)
    response["Cache-Control"] = "no-store"
    return response


def _header(matrix: Matrix, titles: dict[UUID, str]) -> list[str]:
    return [
        _("Name"),
        _("State"),
        _("Done"),
        _("Of"),
        _("Why she does not get on"),
        _("Attendance (%)"),
        *(titles.get(one.key, "") for one in matrix.activities),
        *(f"{one.day:%Y-%m-%d} {one.session.title}" for one in session_columns(matrix)),
    ]


def _row(matrix: Matrix, learner: Learner, titles: dict[UUID, str]) -> Iterator[object]:
    yield str(learner.enrolment.person)
    yield str(learner.enrolment.get_state_display())
    yield learner.so_far
    yield len(learner.asked.required)
    yield why_of(learner, titles)
    yield share_of(learner, matrix)
    for activity in matrix.activities:
        yield words_of(*activity_state(learner, activity.key))
    for session in matrix.sessions:
        noted = learner.marks.get(session.pk)
        yield CODES[noted.mark] if noted else ""
