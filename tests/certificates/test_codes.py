"""The human code: whoever types it from paper, hurried, on a phone, is understood or told what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import codes
from certificates.codes import ALPHABET, CodeProblem

data = st.text(alphabet=ALPHABET, min_size=codes.RANDOM_LENGTH, max_size=codes.RANDOM_LENGTH)
whole = data.map(lambda text: text + codes.check_character(text))
place = st.integers(0, codes.LENGTH - 1)


def test_a_new_code_is_wellformed_grouped_and_never_the_same():
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.is_wellformed(code) and codes.normalise(code) == code for code in made)
    assert all([len(group) for group in code.split("-")] == [4] * 5 for code in made)


def test_a_code_cannot_be_guessed():
    assert len(ALPHABET) ** codes.RANDOM_LENGTH >= 2**80


def test_no_character_is_mistaken_for_another():
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


@given(whole)
def test_lower_case_spaces_and_lookalikes_are_forgiven(code):
    typed = code.lower().replace("0", "o").replace("1", "l")
    spaced = "  " + " ".join(typed[start : start + 5] for start in range(0, 20, 5)) + "\n"
    assert codes.normalise(spaced) == codes.grouped(code)
    assert codes.normalise(code.replace("1", "i")) == codes.grouped(code)
    assert codes.is_wellformed(spaced)


@given(whole, place, st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code, at, wrong):
    typed = code[:at] + wrong + code[at + 1 :]
    assert codes.problem(typed) == (None if typed == code else CodeProblem.WRONG_CHECK)


@given(whole, place, place)
def test_every_exchange_of_two_characters_is_noticed(code, one, other):
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    typed = "".join(characters)
    assert codes.problem(typed) == (None if typed == code else CodeProblem.WRONG_CHECK)


@given(st.text(max_size=80))
def test_whatever_is_typed_gets_an_answer_and_reading_it_twice_changes_nothing(text):
    once = codes.normalise(text)
    assert codes.normalise(once) == once
    assert codes.problem(text) == codes.problem(once)
    assert codes.is_wellformed(text) == (codes.problem(text) is None)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", CodeProblem.EMPTY),
        (" - - ", CodeProblem.EMPTY),
        ("4F7K-29QX", CodeProblem.TOO_SHORT),
        ("4F7K-29QX-M3TD-8WVA-PH6C-9", CodeProblem.TOO_LONG),
        ("4F7K-29QX-M3TD-8WVA-PHñC", CodeProblem.UNKNOWN_CHARACTER),
        ("4F7K-29QX-U3TD", CodeProblem.UNKNOWN_CHARACTER),
        ("' OR 1=1", CodeProblem.UNKNOWN_CHARACTER),
    ],
)
def test_a_mistyped_code_says_what_is_wrong(typed, reason):
    assert codes.problem(typed) is reason
    assert not codes.is_wellformed(typed)


def test_the_unknown_characters_are_named_once():
    assert codes.unknown_characters("ñ4F7K u29ñ!") == "ñU!"


def test_a_pasted_address_is_understood():
    code = codes.new_code()
    assert codes.normalise(f"https://senda.example/es/v/{code.lower()}/?utm=x#top") == code


@pytest.mark.parametrize("dash", ["‐", "‑", "–", "—", "−", "_", ".", "\u00a0", "\u200b"])
def test_dashes_that_a_phone_makes_are_dashes(dash):
    code = codes.new_code()
    assert codes.normalise(code.replace("-", dash)) == code


def test_wide_characters_of_an_asian_keyboard_are_read():
    code = codes.new_code()
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert codes.normalise(wide) == code
