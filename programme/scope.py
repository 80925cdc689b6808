"""The rule of scope: whether something written for some countries and route stages concerns one reader. Pure.

Lessons, quizzes, blocks and questions all ask this one rule, so that the page, the path, the hours and the mark agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class OutOfScope(StrEnum):
    """Why something does not concern a reader."""

    COUNTRY_UNKNOWN = "country_unknown"
    OTHER_COUNTRY = "other_country"
    OTHER_ROUTE = "other_route"


@dataclass(frozen=True)
class Reader:
    """For whom the rule is evaluated: her country of work (ISO code, empty when nobody knows it) and the stages of
    the route at which her institution meets people (empty when nobody knows them), both as at enrolment.
    """

    country: str = ""
    routes: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return what parts this reader's cached pages from another's."""
        return f"{self.country or '-'}.{'+'.join(sorted(self.routes)) or '-'}"


@dataclass(frozen=True)
class Scope:
    """For whom something is written. Empty `countries` are all countries, empty `routes` are all stages."""

    countries: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, countries: Iterable[str] | None = (), routes: Iterable[str] | None = ()) -> Scope:
        """Return the scope that lists say, however they were stored."""
        return cls(frozenset(countries or ()), frozenset(routes or ()))

    def __bool__(self) -> bool:
        return bool(self.countries or self.routes)


def why_not(scope: Scope, reader: Reader) -> OutOfScope | None:
    """Return why something with this scope does not concern the reader, or None when it does.

    Example: a lesson for Guatemala and people in transit. Amina works in Guatemala at a shelter of transit: hers.
    Farid works in Guatemala and no institution of his is known: his too, since a stage that nobody knows excludes
    nobody. Chipo works in Mexico: not hers. Of somebody whose country is unknown nothing is assumed: the law of a
    country told to a person of another may do harm, so that she is told none.
    """
    if scope.countries and not reader.country:
        return OutOfScope.COUNTRY_UNKNOWN
    if scope.countries and reader.country not in scope.countries:
        return OutOfScope.OTHER_COUNTRY
    if scope.routes and reader.routes and not scope.routes & reader.routes:
        return OutOfScope.OTHER_ROUTE
    return None


def concerns(scope: Scope, reader: Reader) -> bool:
    """Say whether something with this scope concerns the reader."""
    return why_not(scope, reader) is None
