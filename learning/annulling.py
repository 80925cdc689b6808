"""Annuls a completion that a correction took the ground from: one person proposes, a second one decides.

What is completed stays completed until then. Nothing is erased: the completion keeps its row and gets a second one,
the certificate is revoked by the same act, and what she did goes on in a new enrolment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from common import clock
from courses import versions
from learning import events
from learning.completion import Facts, RoomFacts, judge
from learning.facts import done_by_enrolment
from learning.models import (
    ActivityCompletion,
    AnnulmentProposal,
    Attendance,
    Completion,
    CompletionAnnulment,
    ContentOpening,
    Enrolment,
    EnrolmentState,
    ProposalState,
    WalkIn,
)
from learning.room import rooms_of
from learning.running import run_by, runs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


class Reason(StrEnum):
    """Why somebody does not decide on an annulment. The wording stands in `learning.words_of_room`."""

    NOT_YOURS = "not_yours"
    SAME_PERSON = "same_person"
    ANSWERED = "answered"


class Refused(Exception):
    """Nothing was decided; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def propose_where_due(
    *, enrolments: Iterable[int | None], by: Person, reason: str, at: dt.datetime | None = None
) -> list[AnnulmentProposal]:
    """Propose the annulment of those completions whose rule is no longer fulfilled; withdraw what is due no more.

    Sessions that were entered after the completion take nothing from her: they are looked at only where they make up
    for what was corrected.
    """
    rows = Completion.objects.filter(enrolment__in=list(enrolments), annulment__isnull=True)
    made = []
    for completion in rows.select_related("enrolment", "version"):
        open_one = completion.proposals.filter(state=ProposalState.OPEN).first()
        if _stands(completion):
            if open_one:
                open_one.delete()
        elif open_one is None:
            made.append(
                AnnulmentProposal.objects.create(
                    completion=completion, reason=reason, proposed_by=by, proposed_at=at or clock.now()
                )
            )
    return made


def _stands(completion: Completion) -> bool:
    return _fulfilled(completion, completion.recorded_at) or _fulfilled(completion, None)


def _fulfilled(completion: Completion, known_at: dt.datetime | None) -> bool:
    enrolment = completion.enrolment
    own = Enrolment.objects.filter(pk=enrolment.pk)
    room = rooms_of(own, known_at=known_at).get(enrolment.pk, RoomFacts())
    facts = Facts(done_by_enrolment(own)[enrolment.pk], room)
    manifest = versions.manifest_of(completion.version)
    modality = completion.rule.get("modality", enrolment.modality)
    return judge(manifest, modality=modality, reader=enrolment.reader, facts=facts).fulfilled


def refusal_of(proposal: AnnulmentProposal, by: Person) -> Reason | None:
    """Return why `by` does not decide on a proposal, or None."""
    enrolment = proposal.completion.enrolment
    if enrolment.cohort is None or not runs(by, enrolment.cohort):
        return Reason.NOT_YOURS
    if by.canonical_id in {proposal.proposed_by.canonical_id, enrolment.person.canonical_id}:
        return Reason.SAME_PERSON
    return None if proposal.state == ProposalState.OPEN else Reason.ANSWERED


def answer(
    *, proposal: AnnulmentProposal, agree: bool, by: Person, at: dt.datetime | None = None
) -> AnnulmentProposal:
    """Annul the completion, or let it stand. Raises Refused."""
    at = at or clock.now()
    with transaction.atomic():
        row = _rows().select_for_update(of=("self",)).get(pk=proposal.pk)
        if why := refusal_of(row, by):
            raise Refused(why)
        row.state = ProposalState.AGREED if agree else ProposalState.REFUSED
        row.answered_by, row.answered_at = by, at
        row.save(update_fields=["state", "answered_by", "answered_at"])
        if agree:
            _annul(row, by, at)
    return row


def _rows() -> QuerySet[AnnulmentProposal]:
    return AnnulmentProposal.objects.select_related(
        "completion__enrolment__cohort__institution", "completion__enrolment__person", "proposed_by"
    )


def _annul(proposal: AnnulmentProposal, by: Person, at: dt.datetime) -> None:
    completion = proposal.completion
    CompletionAnnulment.objects.create(
        completion=completion,
        reason=proposal.reason,
        annulled_at=at,
        annulled_by=proposal.proposed_by,
        agreed_by=by,
    )
    _go_on(completion.enrolment)
    transaction.on_commit(
        lambda: events.completion_annulled.send(sender=Completion, completion_id=completion.pk)
    )


def _go_on(former: Enrolment) -> None:
    """Open a new enrolment with what she did in the former one, unless she takes the course again already.

    The former keeps its own list of what was done beside the completion; the marks of the room go with her, so that
    what she attends from now on adds to them.
    """
    Enrolment.objects.filter(pk=former.pk).update(state=EnrolmentState.WITHDRAWN)
    person = former.person.canonical_id
    again = Enrolment.objects.active().filter(person__canonical_id=person, course=former.course_id)
    if again.exists():
        return
    done = list(ActivityCompletion.objects.filter(enrolment=former))
    new = Enrolment.objects.get(pk=former.pk)
    new.pk, new.key, new.state = None, Enrolment._meta.get_field("key").get_default(), EnrolmentState.ACTIVE
    new._state.adding = True
    new.save()
    for row in done:
        row.pk, row.enrolment, row._state.adding = None, new, True
    ActivityCompletion.objects.bulk_create(done)
    Attendance.objects.filter(enrolment=former).update(enrolment=new)
    WalkIn.objects.filter(enrolment=former).update(enrolment=new)
    ContentOpening.objects.filter(enrolment=former).update(enrolment=new)


def waiting_for(by: Person) -> QuerySet[AnnulmentProposal]:
    """Return the open proposals of the groups that `by` runs, the oldest first."""
    rows = _rows().select_related("completion__enrolment__course").filter(state=ProposalState.OPEN)
    here = run_by(by).order_by().values("pk")
    return rows.filter(completion__enrolment__cohort__in=here).order_by("proposed_at", "pk")
