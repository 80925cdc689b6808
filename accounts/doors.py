"""The questions about people that only upper rooms can answer: who facilitates, who employs, where she joins."""

from collections.abc import Callable
from typing import Any

from accounts.models import Person

Between = Callable[[Person, Person], bool]

_may_reset: list[Between] = []
_employs: list[Between] = []
_may_hand_out: list[Callable[[Person], bool]] = []
_join: list[Callable[..., None]] = []


def register_may_reset(answer: Between) -> Between:
    """Let an upper room say whether the first person facilitates a cohort of the second."""
    return _register(_may_reset, answer)


def register_employs(answer: Between) -> Between:
    """Let an upper room say whether the first person speaks for an institution in which the second works."""
    return _register(_employs, answer)


def register_may_hand_out(answer: Callable[[Person], bool]) -> Callable[[Person], bool]:
    """Let an upper room say whether a person hands out personal codes: who facilitates a cohort does."""
    return _register(_may_hand_out, answer)


def register_join(answer: Callable[..., None]) -> Callable[..., None]:
    """Let an upper room record where a new person works: called with `person`, `institution`, `by`."""
    return _register(_join, answer)


def may_reset(by: Person, person: Person) -> bool:
    """Say whether some upper room knows `by` as a facilitator of `person`."""
    return any(answer(by, person) for answer in _may_reset)


def employs(by: Person, person: Person) -> bool:
    """Say whether `by` speaks for an employer of `person`."""
    return any(answer(by, person) for answer in _employs)


def may_hand_out(person: Person) -> bool:
    """Say whether some upper room lets `person` hand out codes."""
    return any(answer(person) for answer in _may_hand_out)


def join(*, person: Person, institution: Any, by: Person) -> None:
    """Tell the upper rooms where a new person works."""
    for record in _join:
        record(person=person, institution=institution, by=by)


def _register(answers: list, answer: Any) -> Any:
    if answer not in answers:
        answers.append(answer)
    return answer
