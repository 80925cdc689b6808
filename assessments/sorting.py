"""Sorts several questions of the bank at once: their tags, objective and level. What learners read is not touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.models import Question
from assessments.services import frozen_together

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Sorted:
    """What several questions are given; empty leaves each as it is."""

    add: Sequence[str] = ()
    take: Sequence[str] = ()
    objective: str = ""
    level: str = ""


def sort_questions(
    *, questions: Iterable[Question], given: Sorted, by: User, publishers: frozenset[int]
) -> list[Question]:
    """Give each question its tags, objective and level; return those that somebody else keeps locked, untouched.

    What is published with nothing waiting stays so, for those whose keys are in `publishers`; of the others the change
    waits in the draft. All of it is one version of each quiz.
    """
    locked = []
    with frozen_together():
        for question in questions:
            if _is_locked(question, by):
                locked.append(question)
            else:
                _sort(question, given, by, publish=question.pk in publishers)
    return locked


def _is_locked(question: Question, by: User) -> bool:
    lock = question.get_lock()
    return bool(lock and lock.for_user(by))


@transaction.atomic
def _sort(question: Question, given: Sorted, by: User, *, publish: bool) -> None:
    stood = question.live and not question.has_unpublished_changes
    # With nothing waiting this is the question itself.
    draft = question.get_latest_revision_as_object()
    before = draft.objective, draft.level
    draft.objective = given.objective or draft.objective
    draft.level = given.level or draft.level
    names = {tag.name.casefold(): tag.name for tag in question.tags.all()}
    question.tags.remove(*(names[name.casefold()] for name in given.take if name.casefold() in names))
    question.tags.add(*(name for name in given.add if name.casefold() not in names))
    if before == (draft.objective, draft.level) and not (stood and publish):
        return
    # Of tags alone too: what a quiz draws by them may have changed.
    revision = draft.save_revision(user=by, log_action=True)
    if stood and publish:
        revision.publish(user=by)
