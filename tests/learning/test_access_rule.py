"""The rule of access: who may enrol and who may open an activity, and the reason why not. No database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.access import ActivityFacts, EnrolFacts, Refusal, may_enrol, may_open

AMINA = ActivityFacts(signed_in=True, editor=False, enrolled=True, left=False, course_live=True)
COMES = EnrolFacts(in_progress=False, course_live=True, released=True, country="MX")


def test_amina_opens_her_lesson() -> None:
    assert may_open(AMINA) is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"signed_in": False}, Refusal.SIGNED_OUT),
        ({"course_live": False}, Refusal.COURSE_WITHDRAWN),
        ({"left": True}, Refusal.LEFT_COURSE),
        ({"enrolled": False}, Refusal.NOT_ENROLLED),
        ({"enrolled": False, "in_course": True}, Refusal.NOT_PART_YET),
        ({"asked": False, "own_only": True}, Refusal.NOT_HERS),
        ({"signed_in": False, "own_only": True}, Refusal.NOT_HERS),
        ({"enrolled": False, "own_only": True}, Refusal.NOT_HERS),
    ],
)
def test_each_reason_is_given(changed: dict[str, bool], refusal: Refusal) -> None:
    assert may_open(replace(AMINA, **changed)) == refusal


activity_facts = st.builds(ActivityFacts, *[st.booleans()] * 7)


@given(facts=activity_facts)
def test_an_editor_opens_whatever_is_live(facts: ActivityFacts) -> None:
    assert may_open(replace(facts, editor=True)) is None


@given(facts=activity_facts)
def test_nobody_learns_anything_of_a_course_before_signing_in(facts: ActivityFacts) -> None:
    refusal = may_open(replace(facts, editor=False, signed_in=False))
    assert refusal == (Refusal.NOT_HERS if facts.own_only else Refusal.SIGNED_OUT)


@given(facts=activity_facts)
def test_who_is_let_in_has_every_right_to_it(facts: ActivityFacts) -> None:
    if may_open(facts) is None and not facts.editor:
        assert replace(facts, editor=False, asked=True, own_only=False) == AMINA
        assert facts.asked or not facts.own_only


def test_amina_may_enrol_and_take_a_completed_course_again() -> None:
    assert may_enrol(COMES) is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"in_progress": True}, Refusal.ALREADY_ENROLLED),
        ({"course_live": False}, Refusal.COURSE_WITHDRAWN),
        ({"released": False}, Refusal.NOT_RELEASED),
        ({"country": ""}, Refusal.COUNTRY_UNKNOWN),
        ({"course_countries": frozenset({"GT", "HN"})}, Refusal.NOT_FOR_COUNTRY),
    ],
)
def test_each_reason_not_to_enrol_is_given(changed: dict[str, Any], refusal: Refusal) -> None:
    assert may_enrol(replace(COMES, **changed)) == refusal


@given(country=st.sampled_from(["MX", "GT"]), more=st.frozensets(st.sampled_from(["HN", "SV"])))
def test_a_course_for_her_country_is_for_her_whatever_others_it_names(
    country: str, more: frozenset[str]
) -> None:
    assert may_enrol(replace(COMES, country=country, course_countries=more | {country})) is None


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_has_words(refusal: Refusal) -> None:
    from learning.words import REFUSALS

    assert str(REFUSALS[refusal])
