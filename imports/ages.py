"""Reads how old somebody is, and whether she agreed: whoever is younger than 18, or said no, is not registered."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from accounts.models import AgeBand
from common.text import fold
from imports import days
from imports.meanings import NO, YES
from imports.reading import Cell
from imports.value_words import Trouble
from imports.values import NOTHING, Asked, Custom, Read, Refused, Result, plain, text

ADULT, YOUNGEST, OLDEST = 18, 14, 100
# What an age is written with besides its numbers: «34 años», «de 25 a 34», «60 y más», «menor de 18», «<18».
YEARS = re.compile(r"\b(?:anos?|anios?|a|years?|yrs?|yo|ans|de edad|cumplidos)\b\.?")
NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
UPWARDS = re.compile(
    r"\+|>|≥|\b(?:y mas|o mas|mas de|mayor(?:es)? de|and (?:over|more)|over|et plus|plus de)\b"
)
BELOW = re.compile(r"<|≤|\b(?:menor(?:es)? (?:de|a)|menos de|hasta|under|below|moins de)\b")
GROWN = frozenset(
    {"adulto", "adulta", "adultos", "mayor de edad", "mayor", "adult", "adulte", "majeur", "majeure"}
)
YOUNG = frozenset({"joven", "jovenes", "juventud", "young", "jeune", "jeunes"})
CONDITION = re.compile(r"\b(?:pero|excepto|salvo|solo|siempre que|but|except|mais|sauf)\b")
UNGROWN = frozenset(
    {
        *(
            "menor de edad",
            "menor",
            "nino",
            "nina",
            "nna",
            "adolescente",
            "ninez",
            "minor",
            "child",
            "teenager",
        ),
        *("mineur", "mineure", "enfant", "adolescent"),
    }
)


@dataclass(frozen=True)
class Age:
    """An age, or the ends of a band, in whole years."""

    low: int
    high: int

    @property
    def band(self) -> str:
        """Return the band of the profile that holds it, or nothing where it reaches over two."""
        for band in AgeBand:
            low, high = _ends(band.value)
            if low <= self.low and self.high <= high:
                return str(band.value)
        return ""

    def after(self, years: int) -> Age:
        """Return what it is so many years later: of a training of 2019 today."""
        return Age(self.low + years, self.high + years)


def _ends(band: str) -> tuple[int, int]:
    low, _dash, high = band.partition("-")
    return int(low.rstrip("+")), int(high) if high else OLDEST + 50


def read_age(cell: Cell, custom: Custom) -> Result:
    """Read an age or a band of ages. One that begins below 18 and ends above is asked about, once a sheet."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    word = fold(said).strip(". ")
    age = Age(ADULT - 1, ADULT + 11) if word in YOUNG else _age_of(word)
    if age is None:
        return NOTHING if word in GROWN else Refused(Trouble.AGE)
    if age.low >= ADULT or age.high < ADULT:
        return Read(age)
    answer = custom.ages.get(word)
    if answer == "adult":
        return Read(Age(ADULT, age.high))
    return (
        Refused(Trouble.UNDER_AGE)
        if answer == "minor"
        else Asked("age", Trouble.AGE_BAND, ("adult", "minor"))
    )


def _age_of(word: str) -> Age | None:
    if word in UNGROWN:
        return Age(0, ADULT - 1)
    found = [int(float(number.replace(",", "."))) for number in NUMBERS.findall(word)]
    rest = YEARS.sub(" ", NUMBERS.sub(" ", word))
    if len(found) == 1 and BELOW.search(word):
        return Age(0, found[0] if "hasta" in word or "≤" in word else found[0] - 1)
    if len(found) == 1 and UPWARDS.search(word):
        return Age(found[0], OLDEST)
    if re.sub(r"\b(?:a|de|entre|y|to|et|between|and)\b|[-–—/ ]", "", rest) or not 1 <= len(found) <= 2:
        return None
    low, high = found[0], found[-1]
    return Age(low, high) if low <= high <= OLDEST + 20 else None


def read_birth_year(cell: Cell, custom: Custom) -> Result:
    """Read the year of birth; of a whole date the year alone is kept, once it says whether she is of age."""
    said = plain(cell)
    if isinstance(said, Refused):
        return said
    if isinstance(said, dt.date):
        return _born(said.date() if isinstance(said, dt.datetime) else said, custom)
    words = text(said)
    if isinstance(words, Refused) or not words:
        return words if isinstance(words, Refused) else NOTHING
    if re.fullmatch(r"-?\d{1,4}", words):
        # Two digits may be a year or an age: 41 is no 1941.
        return _year(int(words), custom)
    if words.isdigit() and int(words) in days.SERIALS:
        return _born(days.EPOCH + dt.timedelta(days=int(words)), custom)
    first, second = days.both_ways(words)
    found = days.by_iso(words) or days.by_words(words) or first or second
    # Either order has the same year: nothing is asked of which nothing is kept.
    return _born(found, custom) if found else Refused(Trouble.BIRTH)


def _born(day: dt.date, custom: Custom) -> Result:
    """Whoever turns 18 this year may still be 17: the day says it, the year alone does not."""
    now = custom.now
    had_birthday = (now.month, now.day) >= (day.month, day.day)
    if now.year - day.year - (0 if had_birthday else 1) == ADULT - 1:
        return Refused(Trouble.UNDER_AGE)
    return _year(day.year, custom)


def _year(year: int, custom: Custom) -> Result:
    youngest, oldest = custom.now.year - YOUNGEST, custom.now.year - OLDEST
    if not oldest <= year <= youngest:
        return Refused(Trouble.BIRTH)
    return Refused(Trouble.UNDER_AGE) if year > custom.now.year - ADULT else Read(year)


def read_of_age(cell: Cell, custom: Custom) -> Result:
    """Read the answer to «¿Es mayor de edad?»."""
    return _agreed(cell, custom, "of_age", Trouble.UNDER_AGE)


def read_consent(cell: Cell, custom: Custom) -> Result:
    """Read whether she agreed to be registered: who did not is not."""
    return _agreed(cell, custom, "consent", Trouble.NO_CONSENT)


def read_child(cell: Cell, custom: Custom) -> Result:
    """Read a tick, or a yes, in a column of children."""
    said = text(cell)
    if isinstance(said, Refused):
        return said
    word = fold(said).strip(". ")
    return NOTHING if not word or word in NO or word.split()[0] in NO else Refused(Trouble.UNDER_AGE)


def _agreed(cell: Cell, custom: Custom, key: str, refusal: Trouble) -> Result:
    said = text(cell)
    if isinstance(said, Refused) or not said:
        # «n/a» and an empty cell say neither yes nor no.
        return said if isinstance(said, Refused) else NOTHING
    word = fold(said).strip(". ")
    # «Sí, pero sin foto» is somebody's condition: a person reads it.
    first = "" if CONDITION.search(word) else re.split(r"[ ,;.]", word)[0]
    meant = custom.agreed.get(f"{key}:{word}") or (
        "yes" if word in YES or first in YES else "no" if word in NO or first in NO else ""
    )
    if not meant:
        return Asked(key, Trouble.UNCLEAR_ANSWER, ("yes", "no"))
    return NOTHING if meant == "yes" else Refused(refusal)
