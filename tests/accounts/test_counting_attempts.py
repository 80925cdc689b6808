"""Attempts are counted where every process sees them, exactly for an account, roughly for an address."""

import pytest
import time_machine
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from accounts import limits, phones
from accounts.identifiers import fingerprint, plain_code
from accounts.managers import CODE_ALPHABET, new_code

FEW = limits.Limit("few", 3, 60)


def test_the_fourth_of_three_is_refused_and_told_when_to_return() -> None:
    with time_machine.travel("2026-11-02T20:00:00Z", tick=False) as clock:
        for _attempt in range(3):
            limits.spend(FEW, "amina")
            clock.shift(10)
        with pytest.raises(limits.TooMany) as refusal:
            limits.spend(FEW, "amina")
        assert refusal.value.minutes == 1
        clock.shift(31)
        limits.spend(FEW, "amina")
        limits.spend(FEW, "farid")


def test_what_is_given_back_can_be_spent_again() -> None:
    first = limits.spend(FEW, "amina")
    first.refund()
    for _attempt in range(9):
        again = limits.spend(FEW, "amina")
        assert again.slots == first.slots
        again.refund()


def test_a_form_is_acted_on_once_for_each_key() -> None:
    assert [limits.once("form", "a"), limits.once("form", "a"), limits.once("form", "b")] == [
        True,
        False,
        True,
    ]


def test_allauths_counts_stand_in_the_shared_cache_and_nothing_else_does(settings: object) -> None:
    from accounts.caches import LocalExceptLimits

    cache = LocalExceptLimits("of-a-test", {})
    cache.set("allauth:rl:x", 1, 60)
    cache.set("wagtail_site_root_paths", 2, 60)
    assert caches["shared"].get("allauth:rl:x") == cache.get("allauth:rl:x") == 1
    assert caches["shared"].get("wagtail_site_root_paths") is None
    assert cache.get("wagtail_site_root_paths") == 2
    assert (cache.add("allauth:rl:x", 5), cache.add("allauth:rl:y", 5), cache.add("z", 1)) == (
        False,
        True,
        True,
    )
    cache.delete("allauth:rl:x")
    cache.delete("z")
    assert (cache.get("allauth:rl:x", 0), cache.get("z", 0)) == (0, 0)


@given(st.sampled_from(sorted(phones.PLANS)), st.data())
def test_however_a_number_is_written_it_is_one_number(code: str, data: st.DataObject) -> None:
    plan = phones.PLANS[code]
    digits = data.draw(st.text("23456789", min_size=plan.digits, max_size=plan.digits))
    gap = data.draw(st.sampled_from(["", " ", "-", ".", " - "]))
    spaced = gap.join(digits[start : start + 4] for start in range(0, len(digits), 4))
    kept = f"+{plan.prefix}{digits}"
    for typed in (
        spaced,
        f"+{plan.prefix} {spaced}",
        f"00{plan.prefix}{spaced}",
        f"(+{plan.prefix}) {spaced}",
    ):
        assert phones.to_e164(typed, code) == kept
        assert kept in phones.readings(typed)
        assert fingerprint(typed) == fingerprint(kept)


@given(st.text(max_size=40), st.sampled_from(["MX", "GT", "", "FR"]))
def test_anything_typed_is_a_number_or_refused(typed: str, code: str) -> None:
    phones.readings(typed)
    try:
        number = phones.to_e164(typed, code)
    except phones.NotAPhone:
        return
    assert number.startswith("+")
    assert number[1:].isdecimal()
    assert 8 <= len(number) - 1 <= 15


@pytest.mark.parametrize(
    "typed",
    ["+999999999999999", "00 999 999 999 999 999", "+1234567", "+0123456789", "+5255123456789", "+50255551"],
)
@pytest.mark.parametrize("code", ["MX", "FR"])
def test_what_no_telephone_has_is_no_number(typed: str, code: str) -> None:
    with pytest.raises(phones.NotAPhone):
        phones.to_e164(typed, code)
    assert phones.readings(typed) == []


def test_no_number_begins_with_what_is_dialled_before_it() -> None:
    for typed in ("0123456789", "+521123456789", "+52 044 5512 3456"):
        with pytest.raises(phones.NotAPhone):
            phones.to_e164(typed, "MX")


@pytest.mark.parametrize("typed", ["+33612345678", "+1 202 555 0143", "+506 8888 8888"])
def test_a_number_of_another_country_is_welcome(typed: str) -> None:
    assert phones.to_e164(typed, "MX") == "+" + "".join(filter(str.isdecimal, typed))


def test_a_code_is_never_taken_for_a_number() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(code[0].isalpha() and set(code) <= set(CODE_ALPHABET) for code in codes)
    assert plain_code(" abcd–efgh. ") == "ABCDEFGH"
