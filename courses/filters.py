"""How the catalogue is narrowed: one filter a question, each course answering with the values that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TOPIC, COUNTRY, LEVEL, HOURS = "tema", "pais", "nivel", "horas"
FILTERS = (TOPIC, COUNTRY, LEVEL, HOURS)
HOUR_STEPS = (2, 4, 6)
MORE_HOURS = "mas"

# What one course answers to each filter, such as {"tema": {"referencia"}, "horas": {"4", "6"}}.
Answers = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Choice:
    """A value that a visitor may choose, and how many courses she would then see."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """A filter of the form: its name in the address, its question, and what may be chosen."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a text and, by filter, the chosen value. Empty is not asked."""

    text: str = ""
    chosen: Mapping[str, str] = ()  # type: ignore[assignment]

    def admits(self, answers: Answers, *, but: str = "") -> bool:
        """Say whether a course passes all filters, the one called `but` left aside."""
        return all(value in answers[name] for name, value in self.chosen.items() if name != but)

    def address(self, *, without: str = "", page: int = 1) -> str:
        """Return the query string that asks the same, without one filter, or for another page."""
        kept = {"q": self.text, **self.chosen, "pagina": str(page) if page > 1 else ""}
        return f"?{urlencode({name: value for name, value in kept.items() if value and name != without})}"


def hour_answers(minutes: int) -> frozenset[str]:
    """Return the steps of hours within which a course of `minutes` stays; none when its length is unknown."""
    if not minutes:
        return frozenset()
    within = frozenset(str(step) for step in HOUR_STEPS if minutes <= step * 60)
    return within or frozenset({MORE_HOURS})


def hour_labels() -> dict[str, str]:
    """Return the choices of the filter of hours."""
    within = {str(step): _("Up to %(hours)d h") % {"hours": step} for step in HOUR_STEPS}
    return {**within, MORE_HOURS: _("More than %(hours)d h") % {"hours": HOUR_STEPS[-1]}}


def length_words(minutes: int) -> str:
    """Return a length as people say it: «45 min», «6 hours», «5 h 30 min»; empty when it is unknown."""
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return ""
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def form_filter(
    name: str, label: str, every: str, labels: Mapping[str, str], *, asked: Asked, courses: Iterable[Answers]
) -> Filter:
    """Return a filter of the form with how many courses each choice would leave, given the other filters."""
    courses = list(courses)
    offered = frozenset(value for answers in courses for value in answers[name])
    left = [answers[name] for answers in courses if asked.admits(answers, but=name)]
    chosen = asked.chosen.get(name, "")
    return Filter(
        name,
        label,
        every,
        tuple(
            Choice(value, words, sum(value in answer for answer in left), value == chosen)
            for value, words in labels.items()
            if value in offered or value == chosen
        ),
    )
