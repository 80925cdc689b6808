"""Amina types quickly, without accents, in one number or the other; the analyser hears what she means."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import spanish


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("psicologico", "psicológicos"),
        ("psicológica", "psicologicas"),
        ("derecho", "derechos"),
        ("derechos", "derecho"),
        ("nino", "niños"),
        ("niña", "niñas"),
        ("organizacion", "organización"),
        ("organizacion", "organizaciones"),
        ("comunitario", "comunitarias"),
        ("mujer", "mujeres"),
        ("albergue", "albergues"),
        ("voz", "voces"),
        ("luz", "luces"),
        ("red", "redes"),
        ("pais", "países"),
        ("interes", "intereses"),
        ("francesa", "francés"),
        ("autobus", "autobuses"),
        ("ojo", "ojos"),
        ("ley", "leyes"),
        ("facilitadora", "facilitadores"),
        ("GUIA", "guías"),
        ("kit", "kits"),
        ("crisis", "crisis"),
    ],
)
def test_amina_types_one_form_and_means_the_other(typed, written):
    assert set(spanish.asked(typed)) <= set(spanish.analyse(written))


@pytest.mark.parametrize(("typed", "written"), [("año", "ano"), ("caña", "cana"), ("peña", "pena")])
def test_who_types_the_letter_ñ_means_it(typed, written):
    assert not set(spanish.asked(typed)) & set(spanish.analyse(written))
    assert set(spanish.asked(written)) <= set(spanish.analyse(typed))


def test_the_small_words_between_are_left_out():
    assert spanish.asked("¿Qué hago si llega una niña sola?") == ["lleg", "ninn", "sol"]
    assert spanish.analyse("la ley de los derechos") == ["ley", "derech"]


def test_codes_and_numbers_stay_as_they_are():
    assert spanish.asked("PAP-01") == ["pap", "01"]
    assert spanish.asked("800 911 2000") == ["800", "911", "2000"]


def test_an_accent_typed_in_two_strokes_is_the_same_accent():
    assert spanish.analyse(unicodedata.normalize("NFD", "niño psicológico")) == spanish.analyse(
        "niño psicológico"
    )


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_every_form_is_one_bare_word(text):
    for form in spanish.analyse(text):
        assert form
        assert len(form) <= spanish._LONGEST
        assert not any(char.isspace() for char in form)


@given(st.text(alphabet="abcdefghijlmnñopqrstuvzáéíóú ", max_size=120))
def test_whoever_types_the_text_itself_finds_it(text):
    assert set(spanish.asked(text)) <= set(spanish.analyse(text))


@given(st.text(alphabet="abcdefghijlmnñopqrstuvzáéíóú ", max_size=120))
def test_capitals_and_missing_accents_change_nothing(text):
    bare = text.upper().translate(str.maketrans("ÁÉÍÓÚÑ", "AEIOUN"))
    assert set(spanish.asked(bare)) <= set(spanish.analyse(text))


@given(st.from_regex(r"[bcdflmnprst][aeiou][bcdflmnprt][aeiou]?[dlnr]?[aeo]", fullmatch=True))
def test_a_noun_that_ends_in_a_vowel_meets_its_plural(noun):
    assert spanish.stem(noun) == spanish.stem(f"{noun}s")


def test_nine_hundred_words_take_about_a_millisecond():
    text = (
        "Acompañar a personas en movilidad exige escuchar, observar y organizar apoyos psicosociales. " * 75
    )
    spanish.analyse(text)
    began = time.perf_counter()
    spanish.analyse(text)
    assert time.perf_counter() - began < 0.02
