"""The sizes of the words: whatever a person is called, the sheet has room for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import fitting
from certificates.fitting import ROOM, WIDTH, Sheet, Words
from common.sheets import faces

letters = st.sampled_from(sorted(character for character in faces.drawable() if character.isalpha()))
names = st.lists(st.text(letters, min_size=1, max_size=24), min_size=1, max_size=14).map(" ".join)
lines = st.lists(names.map(lambda text: text[:120]), max_size=12)


def sheet(
    name: str, title: str = "Primeros auxilios psicológicos", objectives: tuple[str, ...] = ()
) -> Sheet:
    sans = tuple(Words.of(text, faces.SANS) for text in objectives)
    fact = Words.of("6 horas · del 3 al 28 de agosto de 2026", faces.SANS)
    return Sheet(
        kind=Words.of("Constancia de aprobación", faces.SERIF),
        holder=Words.of(name, faces.SERIF),
        statement=fact,
        course=Words.of(title, faces.SERIF_BOLD),
        facts=(fact, fact),
        details=fact,
        objectives=sans,
    )


@given(names, names.map(lambda text: text[:140]), lines)
def test_any_name_title_and_twelve_objectives_fit(name, title, objectives):
    plan = fitting.sizes(sheet(name[:140], title, tuple(objectives)))
    assert plan["top"] + plan["height"] <= ROOM
    assert plan["name"] * Words.of(name[:140], faces.SERIF).longest <= WIDTH
    assert plan["list"] >= 1.5


@pytest.mark.parametrize("length", [30, 60, 140])
def test_one_endless_word_shrinks_until_it_stays_on_the_sheet(length):
    plan = fitting.sizes(sheet("M" * length, "W" * length))
    assert plan["name"] * faces.width("M" * length, faces.SERIF) <= WIDTH
    assert plan["course"] * faces.width("W" * length, faces.SERIF_BOLD) <= WIDTH


def test_a_short_name_is_large_and_a_long_one_smaller():
    short = fitting.sizes(sheet("Amina Xol"))["name"]
    middle = fitting.sizes(sheet("María Guadalupe de los Ángeles Xicoténcatl-Hernández y Ordóñez"))["name"]
    assert short > middle > 9


def test_a_name_of_two_lines_is_balanced():
    words = Words.of("María Guadalupe de los Ángeles Xicoténcatl-Hernández y Ordóñez", faces.SERIF)
    narrow = words.balanced(12.0, WIDTH)
    assert words.lines(12.0, narrow) == words.lines(12.0, WIDTH) == 2
    assert narrow < WIDTH


def test_a_surname_is_not_broken_at_its_hyphen():
    assert len(Words.of("Xicoténcatl-Hernández y Ordóñez", faces.SANS).pieces) == 3


def test_nothing_takes_one_line_and_no_width():
    words = Words.of("", faces.SANS)
    assert words.longest == 0
    assert words.lines(4, WIDTH) == 1
    assert words.largest(4, WIDTH) == 4


@pytest.mark.parametrize("face", faces.CAP_HEIGHT)
def test_the_fonts_cover_what_the_region_writes(face):
    known = faces.advances(face)
    assert all(character in known for character in "áéíóúüñÑ¿¡«»—–’ʼ‘ëïäöḧẍɨʉŋ·…€°ªº")
    assert 0.2 < known["i"] < known["M"] < 1.1


def test_an_unknown_character_counts_as_a_wide_one():
    assert faces.width("王", faces.SANS) == 1
