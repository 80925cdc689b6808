"""Two of the staff at the same moment: no circle of parents is closed, and one institution is merged away once."""

from __future__ import annotations

import pytest

from institutions import counterparts, merging
from institutions.lineage import has_circle
from institutions.models import Institution, InstitutionMerge
from tests.factories.learning import institution
from tests.learning.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_close_no_circle_of_parents() -> None:
    one, other = institution("Uno"), institution("Otro")
    turns = iter([(one.pk, other.pk), (other.pk, one.pk)])

    def place() -> None:
        child, parent = next(turns)
        counterparts.place_under(
            institution=Institution.objects.get(pk=child), parent=Institution.objects.get(pk=parent)
        )

    answers = at_once(place)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused"]
    assert not has_circle(counterparts.parents())


def test_two_merges_at_once_let_one_pass() -> None:
    one, other, third = institution("Uno"), institution("Otro"), institution("Tercero")
    turns = iter([(one.pk, other.pk), (one.pk, third.pk)])

    def merge() -> None:
        duplicate, into = (Institution.objects.get(pk=pk) for pk in next(turns))
        merging.merge(duplicate=duplicate, into=into, by=None)

    answers = at_once(merge)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused"]
    row = InstitutionMerge.objects.get()
    assert Institution.objects.get(pk=one.pk).canonical_id == row.into_id


def test_two_merges_into_each_other_let_one_pass() -> None:
    one, other = institution("Uno"), institution("Otro")
    turns = iter([(one.pk, other.pk), (other.pk, one.pk)])

    def merge() -> None:
        duplicate, into = (Institution.objects.get(pk=pk) for pk in next(turns))
        merging.merge(duplicate=duplicate, into=into, by=None)

    answers = at_once(merge)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused"]
    assert InstitutionMerge.objects.count() == 1
