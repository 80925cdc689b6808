"""Reads days as people write them: real dates, Excel's numbers, «12 de marzo de 2026», 12/03/26."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from common.text import fold

MONTHS = {
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "ene": 1, "feb": 2, "mar": 3, "abr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dic": 12, "jan": 1, "apr": 4, "aug": 8, "dec": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})")
WORDS = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})[ \-/.]*(?:de |of )?([a-z]+)\.?(?:[ \-/.,]*(?:de |del |of )?(\d{4}|\d{2}))?"
)
WEEKDAYS = frozenset(
    word
    for words in (
        "lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom",
        "lu ma mi ju vi sa do l m x j v s d",
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun",
        "lundi mardi mercredi jeudi vendredi samedi dimanche mer ven dim",
    )
    for word in words.split()
)
LONE_DAY = re.compile(r"(?:([a-z]+)[.,]* ?)?(\d{1,2})?")
MONTH = re.compile(r"([a-z]+)\.?(?:[ \-/.,]*(?:de |del |of )?(\d{4}|\d{2}))?")
# A whole day within other words; what stands before it may make it the end of several days.
WITHIN = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})"
    r"|\d{1,2}[ \-/.]*(?:de |of )?[a-z]{3,10}\.?(?:[ \-/.,]*(?:de |del |of )?(?:\d{4}))?)\b"
)
FROM_ANOTHER = re.compile(r"\d *(?:al?|y|e|to|and|et|au|[-–,]) *$")
BETWEEN = re.compile(
    r" (?:al|a|hasta el|to|au|-|–) (?=\d)|(?<=\d) ?[-–] ?(?=\d{1,2} (?:de |of )?[a-z]{3})| (?:y|e|and|et) (?=\d)"
)
COUNTED = re.compile(r"\d{1,2}(?:(?:, ?| y | e )\d{1,2})*")
# Excel counts days from here, its leap year of 1900 allowed for.
EPOCH = dt.date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
DMY, MDY = "dmy", "mdy"


def whole_year(short: int, *, today: dt.date | None = None) -> int:
    """Return the year that two digits mean: of this century up to next year, else of the last one."""
    this = (today or localdate()).year
    return short if short >= 100 else 2000 + short if 2000 + short <= this + 1 else 1900 + short


def made(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None for one that no calendar has."""
    try:
        return dt.date(whole_year(year), month, day)
    except ValueError:
        return None


def by_words(text: str, *, year: int | None = None) -> dt.date | None:
    """Return the day of «12 de marzo de 2026» or «12-mar»; without a year in the text, `year` or none."""
    found = WORDS.fullmatch(fold(" ".join(text.split())))
    month = MONTHS.get(found[2]) if found else None
    if not found or not month or not (found[3] or year):
        return None
    return made(int(found[3]) if found[3] else int(year or 0), month, int(found[1]))


def by_iso(text: str) -> dt.date | None:
    """Return the day of 2026-03-12, a time after it left out."""
    found = ISO.fullmatch(text.strip())
    return made(int(found[1]), int(found[2]), int(found[3])) if found else None


@dataclass(frozen=True)
class Span:
    """The first and the last day of something."""

    first: dt.date
    last: dt.date


def span_of(text: str) -> Span | None:
    """Return the days of «12 al 14 de marzo de 2024», «30 de marzo al 2 de abril de 2024», «13/03/2024 - 14/03/2024».

    Days that are counted («12, 13 y 15 de marzo») go from the first to the last. None where either end may be two days.
    """
    words = re.sub(r"^(?:del|de|from|du) ", "", fold(" ".join(text.split())))
    ends = [part for part in BETWEEN.split(words, maxsplit=1) if part]
    if len(ends) != 2:
        return None
    last = by_iso(ends[1]) or by_words(ends[1])
    if last is None:
        return _one_way(both_ways(ends[0]), both_ways(ends[1]))
    first_day = re.match(r"\d{1,2}\b", ends[0])
    if COUNTED.fullmatch(ends[0]) and first_day:
        first = made(last.year, last.month, int(first_day[0]))
    else:
        first = by_iso(ends[0]) or by_words(ends[0], year=last.year)
    return Span(first, last) if first and first < last else None


def _one_way(starts: tuple[dt.date | None, ...], ends: tuple[dt.date | None, ...]) -> Span | None:
    """Return what two days in numbers mean where just one order of day and month gives a first and a last one."""
    found = [
        Span(first, last) for first, last in zip(starts, ends, strict=True) if first and last and first < last
    ]
    return found[0] if len(found) == 1 else None


def both_ways(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return what 03/04/26 means with the day first, and with the month first."""
    found = NUMBERS.fullmatch(text.strip())
    if not found:
        return None, None
    one, two, year = (int(part) for part in found.groups())
    return made(year, two, one), made(year, one, two)


def day_of_header(title: str, *, today: dt.date | None = None) -> dt.date | None:
    """Return the day that a header names; without a year, the last such day that is not far ahead."""
    text = title.strip()
    if found := by_iso(text) or by_words(text):
        return found
    first, second = both_ways(text)
    if first or second:
        return first or second
    return _of_last_year(lambda year: by_words(text, year=year), today)


def _of_last_year(found_in: Callable[[int], dt.date | None], today: dt.date | None) -> dt.date | None:
    """Return a day without a year: the last such day that is not far ahead."""
    now = today or localdate()
    for year in (now.year, now.year - 1):
        if (found := found_in(year)) and found <= now + dt.timedelta(days=60):
            return found
    return None


def is_lone_day(title: str) -> bool:
    """Say whether a header is a day without its month: «18», «Lun 18», «Lunes»."""
    words = fold(" ".join(title.split()))
    found = LONE_DAY.fullmatch(words)
    if not found or not words or (found[1] and found[1] not in WEEKDAYS):
        return False
    return 1 <= int(found[2]) <= 31 if found[2] else len(words) > 1


def day_under(month: str, title: str, *, today: dt.date | None = None) -> dt.date | None:
    """Return the day that «18» is below «NOVIEMBRE 2026»; None where either says no such thing.

    >>> day_under("NOVIEMBRE 2026", "Mié 18")
    datetime.date(2026, 11, 18)
    """
    said = MONTH.fullmatch(fold(" ".join(month.split())))
    number = MONTHS.get(said[1]) if said else None
    found = LONE_DAY.fullmatch(fold(" ".join(title.split()))) if is_lone_day(title) else None
    if not said or not number or not found or not found[2]:
        return None
    day = int(found[2])
    if said[2]:
        return made(int(said[2]), number, day)
    return _of_last_year(lambda year: made(year, number, day), today)


def month_in(texts: Iterable[str]) -> str:
    """Return the month that a sheet's name and title speak of, «noviembre 2026»; nothing where they name several."""
    found = set()
    for text in texts:
        words = fold(" ".join(text.split()))
        for month, year in re.findall(r"\b([a-z]{3,10})\b\.?(?:[ \-/.,]*(?:de |del |of )?(\d{4})\b)?", words):
            if month in MONTHS and (len(month) > 3 or year):
                found.add((MONTHS[month], year, month))
    years = {year for _number, year, _word in found if year}
    if len({number for number, _year, _word in found}) != 1 or len(years) > 1:
        return ""
    return f"{next(iter(found))[2]} {next(iter(years), '')}".strip()


def day_in(texts: Iterable[str], *, today: dt.date | None = None) -> dt.date | None:
    """Return the one day that a sheet's name and title speak of; None where they speak of none, or of several."""
    found = set()
    for text in texts:
        words = fold(" ".join(text.split()))
        for said in WITHIN.finditer(words):
            if FROM_ANOTHER.search(words[: said.start()]):
                return None
            found.add(day_of_header(said[0], today=today))
    found.discard(None)
    return found.pop() if len(found) == 1 else None
