"""Gathers what the programme brings to a meeting with an institution: figures and dates, nobody's name.

What people learned is known to rooms above: one of them registers its figures here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from institutions import advising, small_cells
from institutions.counterparts import above, around
from institutions.models import Addendum, AdviceAction, AdviceRecord, Agreement, Institution
from institutions.terms import State

SEXES = ("woman", "man", "other", "unsaid")
MOST_ADVICE = 12
MOST_ACTIONS = 40


@dataclass(frozen=True)
class Trained:
    """How many people, each once, and how many minutes of courses they completed."""

    people: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Figures:
    """What the people of some institutions have completed."""

    whole: Trained = Trained()
    by_course: dict[str, Trained] = field(default_factory=dict)
    by_year: dict[int, Trained] = field(default_factory=dict)
    by_sex: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A row of a table; None where a figure would tell of somebody."""

    name: str
    people: int | None
    hours: int | None = None


@dataclass(frozen=True)
class Advice:
    """How much advice was given, and the latest of it."""

    times: int
    hours: Decimal
    people: int | None
    by_sex: dict[str, int | None]
    latest: Sequence[AdviceRecord]


@dataclass(frozen=True)
class OneAgreement:
    """An agreement with its state, its parties and what was added."""

    agreement: Agreement
    state: State
    end: dt.date | None
    parties: Sequence[str]
    addenda: Sequence[Addendum]


@dataclass(frozen=True)
class Dossier:
    """Everything that the printed sheet says."""

    on: dt.date
    institutions: Sequence[Institution]
    units: int
    agreements: Sequence[OneAgreement]
    people: int | None
    hours: int | None
    by_course: Sequence[Shown]
    by_year: Sequence[Shown]
    by_sex: dict[str, int | None]
    advice: Advice
    actions: Sequence[AdviceAction]
    actions_left_out: int


Source = Callable[[Collection[int]], Figures]
_source: list[Source] = []


def register_figures(source: Source) -> None:
    """Say who knows what the people of some institutions (primary keys) completed; called once, by an upper room."""
    _source[:] = [source]


def gather(
    institutions: Sequence[Institution], *, on: dt.date, countries: Collection[str] | None = None
) -> Dossier:
    """Return the dossier of some institutions, their units reckoned in, on a day.

    `countries` bounds what its reader sees (None: the whole programme). A partner of another country stands in a
    common agreement by its name; what else was agreed with it, advised there and learned there is its country's.
    """
    own = [row for row in institutions if countries is None or row.country_id in countries]
    own_keys = {row.pk for row in own}
    all_of_them = around(own_keys)
    if countries is not None:
        abroad = Institution.objects.filter(pk__in=all_of_them).exclude(country__in=countries)
        all_of_them -= set(abroad.values_list("pk", flat=True))
    figures = _source[0](all_of_them) if _source else Figures()
    actions = advising.pending(AdviceRecord.objects.filter(institution__in=all_of_them))
    few = figures.whole.people < small_cells.FEWEST
    return Dossier(
        on=on,
        institutions=own or institutions,
        units=len(all_of_them) - len(own_keys),
        agreements=_agreements({row.pk for row in institutions}, on, countries),
        people=None if few else figures.whole.people,
        hours=None if few else _hours(figures.whole),
        by_course=[] if few else _rows(figures.by_course),
        by_year=[] if few else _rows(dict(sorted(figures.by_year.items()))),
        by_sex=_shown(figures.by_sex),
        advice=_advice(all_of_them),
        actions=list(actions[:MOST_ACTIONS]),
        actions_left_out=max(0, actions.count() - MOST_ACTIONS),
    )


def _hours(trained: Trained) -> int:
    return round(trained.minutes / 60)


def _rows(figures: dict[str, Trained] | dict[int, Trained]) -> list[Shown]:
    """Return the rows of a table; hours tell how many people there were, and go where these go."""
    unseen = small_cells.hidden({str(key): trained.people for key, trained in figures.items()})
    return [
        Shown(str(key), None) if str(key) in unseen else Shown(str(key), trained.people, _hours(trained))
        for key, trained in figures.items()
    ]


def _shown(by_sex: dict[str, int]) -> dict[str, int | None]:
    whole = {sex: by_sex.get(sex, 0) for sex in SEXES}
    unseen = small_cells.hidden(whole)
    return {sex: None if sex in unseen else figure for sex, figure in whole.items()}


def _agreements(institutions: set[int], on: dt.date, countries: Collection[str] | None) -> list[OneAgreement]:
    """Return the agreements that concern them, the newest first; drafts too, since the meeting is about them."""
    rows = Agreement.objects.with_party(above(institutions)).with_terms(on)
    if countries is not None:
        rows = rows.in_countries(countries)
    rows = rows.prefetch_related("parties__institution", "addenda").order_by("-starts_on", "-pk")
    return [
        OneAgreement(
            agreement=row,
            state=State(row.state),
            end=row.end,
            parties=[party.institution.name for party in row.parties.all()],
            addenda=list(row.addenda.all()),
        )
        for row in rows
    ]


def _advice(institutions: set[int]) -> Advice:
    rows = AdviceRecord.objects.filter(institution__in=institutions)
    sums = rows.aggregate(
        times=Count("pk"),
        hours=Sum("hours"),
        woman=Sum("women"),
        man=Sum("men"),
        other=Sum("other"),
        unsaid=Sum("unsaid"),
    )
    by_sex = {sex: sums[sex] or 0 for sex in SEXES}
    people = sum(by_sex.values())
    return Advice(
        times=sums["times"],
        hours=sums["hours"] or Decimal(0),
        people=people if people >= small_cells.FEWEST else None,
        by_sex=_shown(by_sex),
        latest=list(rows.select_related("institution")[:MOST_ADVICE]),
    )
