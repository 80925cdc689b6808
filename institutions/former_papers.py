"""Keeps files of agreements that others replaced, and deletes all of an agreement's with the agreement itself.

What two parties signed is a document of record: a better scan, or a text put right, does not undo that somebody acted
by the earlier one. A file that should never have come here is deleted for good by who may delete agreements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete

from accounts.models import Person
from common import clock
from institutions.models import Agreement, FormerPaper
from institutions.models.agreement import private_storage

Papers = dict[str, dt.date | None]


def papers_of(pk: int | None) -> Papers:
    """Return the files of an agreement and its addenda as the database has them, each with its addendum's date."""
    found: Papers = {}
    for row in Agreement.objects.filter(pk=pk).exclude(paper=""):
        found[row.paper.name] = None
    for signed_on, name in Agreement.objects.filter(pk=pk).values_list(
        "addenda__signed_on", "addenda__paper"
    ):
        if name:
            found[name] = signed_on
    return found


def keep_replaced(
    *, agreement: Agreement, before: Papers, by: Person | None, at: dt.datetime | None = None
) -> int:
    """Keep what stood there before and does not any more; returns how many files."""
    now = papers_of(agreement.pk)
    gone = [
        FormerPaper(
            agreement=agreement, addendum_of=of, paper=name, replaced_at=at or clock.now(), replaced_by=by
        )
        for name, of in before.items()
        if name not in now
    ]
    return len(FormerPaper.objects.bulk_create(gone))


def forget(*, paper: FormerPaper) -> None:
    """Delete one for good: a file that came here by mistake."""
    with transaction.atomic():
        name = str(paper.paper.name)
        paper.delete()
        _delete_files([name])


def _delete_files(names: Iterable[str]) -> None:
    """Delete files once the rows are gone for certain."""
    storage = private_storage()
    for name in names:
        transaction.on_commit(lambda name=name: storage.delete(name))  # type: ignore[misc]  # bound now


def papers_go_with_it(sender: type, instance: Agreement, **kwargs: Any) -> None:
    """Let no file of an agreement outlive it: nobody could find it any more, nor erase it."""
    former = instance.former_papers.values_list("paper", flat=True)
    _delete_files([*papers_of(instance.pk), *former])


def register() -> None:
    """Hear of agreements that are deleted, whichever way."""
    pre_delete.connect(papers_go_with_it, sender=Agreement)
