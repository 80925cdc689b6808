"""Two of the staff merge the same people at the same moment: one of them is told, and nobody ends in a circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts import merging
from accounts.merging import MergeRefused, Reason, merge, undo
from accounts.models import Person, PersonMerge
from tests.factories.accounts import PersonFactory
from tests.learning.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Let each act run in a thread of its own, all at the same moment; return results or errors, by kind."""
    waiting = list(acts)

    def next_one() -> Any:
        act = waiting.pop()
        return act()

    return sorted(at_once(next_one, times=len(acts)), key=lambda each: type(each).__name__)


def test_each_into_the_other_leaves_one_merge() -> None:
    a, b = PersonFactory.create_batch(2)
    refused, made = together(
        lambda: merge(duplicate=a, into=b, by=None), lambda: merge(duplicate=b, into=a, by=None)
    )
    assert isinstance(refused, MergeRefused)
    assert refused.reason == Reason.CIRCLE
    assert PersonMerge.objects.get() == made
    assert merging.astray() == {}


def test_the_same_merge_twice_is_made_once() -> None:
    a, b = PersonFactory.create_batch(2)
    refused, _made = together(*[lambda: merge(duplicate=a, into=b, by=None)] * 2)
    assert refused.reason == Reason.ALREADY_ONE
    assert PersonMerge.objects.count() == 1


def test_two_links_of_one_chain_end_at_its_end() -> None:
    a, b, c, d = PersonFactory.create_batch(4)
    merge(duplicate=c, into=b, by=None)
    answers = together(
        lambda: merge(duplicate=a, into=c, by=None), lambda: merge(duplicate=b, into=d, by=None)
    )
    assert not [each for each in answers if isinstance(each, Exception)]
    assert set(Person.objects.values_list("canonical", flat=True)) == {d.pk}
    assert merging.astray() == {}


def test_an_undo_and_a_merge_of_the_same_people_leave_what_the_rows_say() -> None:
    a, b, c = PersonFactory.create_batch(3)
    row = merge(duplicate=a, into=b, by=None)
    together(lambda: undo(merge=row, by=None), lambda: merge(duplicate=b, into=c, by=None))
    assert merging.astray() == {}
    assert Person.objects.get(pk=a.pk).canonical_id == a.pk
    assert Person.objects.get(pk=b.pk).canonical_id == c.pk
