"""Whom something concerns: one pure rule for lessons, blocks and questions. No database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.scope import OutOfScope, Reader, Scope, concerns, why_not

AMINA = Reader("MX", frozenset({"destination"}))
CHIPO = Reader("GT", frozenset({"transit", "return"}))
FARID = Reader("GT")
NOBODY_KNOWS = Reader()


@pytest.mark.parametrize(
    ("scope", "reader", "reason"),
    [
        (Scope.of(), NOBODY_KNOWS, None),
        (Scope.of(["MX", "GT"]), AMINA, None),
        (Scope.of(["GT"]), AMINA, OutOfScope.OTHER_COUNTRY),
        (Scope.of(["GT"]), NOBODY_KNOWS, OutOfScope.COUNTRY_UNKNOWN),
        (Scope.of([], ["transit"]), CHIPO, None),
        (Scope.of([], ["transit"]), AMINA, OutOfScope.OTHER_ROUTE),
        (Scope.of([], ["transit"]), FARID, None),
        (Scope.of([], ["transit"]), NOBODY_KNOWS, None),
        (Scope.of(["GT"], ["transit"]), CHIPO, None),
        (Scope.of(["GT"], ["origin"]), CHIPO, OutOfScope.OTHER_ROUTE),
        (Scope.of(["MX"], ["transit"]), CHIPO, OutOfScope.OTHER_COUNTRY),
    ],
)
def test_each_answer_has_its_reason(scope: Scope, reader: Reader, reason: OutOfScope | None) -> None:
    assert why_not(scope, reader) == reason


codes = st.frozensets(st.sampled_from(["MX", "GT", "HN", "SV"]))
stages = st.frozensets(st.sampled_from(["origin", "transit", "destination", "return"]))
scopes = st.builds(Scope, codes, stages)
readers = st.builds(Reader, st.sampled_from(["", "MX", "GT", "HN", "SV"]), stages)


@given(scope=scopes, reader=readers)
def test_naming_one_more_country_never_takes_anything_away(scope: Scope, reader: Reader) -> None:
    if scope.countries and concerns(scope, reader):
        assert concerns(Scope(scope.countries | {"HN"}, scope.routes), reader)


@given(scope=scopes, routes=stages)
def test_who_works_nowhere_known_is_never_told_the_law_of_a_country(
    scope: Scope, routes: frozenset[str]
) -> None:
    assert concerns(scope, Reader("", routes)) <= (not scope.countries)


@given(first=readers, second=readers)
def test_two_kinds_of_readers_never_share_a_name_in_a_cache(first: Reader, second: Reader) -> None:
    assert (first.name == second.name) == (first == second)
