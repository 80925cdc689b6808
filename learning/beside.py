"""The door by which rooms above put what they offer beside a group, somebody in it, and her sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learning.models import Cohort, Enrolment


@dataclass(frozen=True)
class Link:
    """An address and what stands on it."""

    url: str
    words: str


@dataclass(frozen=True)
class Beside:
    """What an upper room offers. `person` leads to where one person of a group is written to."""

    group: Callable[[Cohort], list[Link]]
    person: Callable[[Enrolment], str]
    sessions: Callable[[Enrolment], list[Link]]


_offers: list[Beside] = []
_groups: list[Callable[[Cohort], list[Link]]] = []


def register(offer: Beside) -> None:
    """Put an offer at the door; called once, when the upper room is ready."""
    _offers[:] = [offer]


def register_group(links: Callable[[Cohort], list[Link]]) -> None:
    """Let one more upper room offer something beside a group alone."""
    if links not in _groups:
        _groups.append(links)


def group_links(cohort: Cohort) -> list[Link]:
    """Return what can be done with a group besides."""
    found = _offers[0].group(cohort) if _offers else []
    return [*found, *(link for links in _groups for link in links(cohort))]


def write_address(enrolment: Enrolment) -> str:
    """Return where somebody of a group is written to; nothing while nobody offers it."""
    return _offers[0].person(enrolment) if _offers else ""


def session_links(enrolment: Enrolment) -> list[Link]:
    """Return what a learner can do with the sessions of her group."""
    return _offers[0].sessions(enrolment) if _offers else []
