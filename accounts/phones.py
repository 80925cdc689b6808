"""Answers which telephone number somebody meant, as E.164, whatever spaces and prefixes she typed."""

import re
from dataclasses import dataclass

_ORNAMENT = re.compile(r"[\s().\-–—/\u00a0\u200e\u200f\u202a-\u202e]+")
# Of a country whose plan is not known here: 8 to 15 digits, and not one of them typed until the field was full.
_GENERIC = re.compile(r"\+(?!(\d)\1+$)[1-9]\d{7,14}")
# Prefixes once dialled inside Mexico before the ten digits; people still write them on cards.
_MEXICAN_TRUNKS = ("044", "045", "01")


@dataclass(frozen=True)
class Plan:
    """How a country numbers its telephones: its prefix and how many digits follow."""

    prefix: str
    digits: int


PLANS = {"MX": Plan("52", 10), "GT": Plan("502", 8), "HN": Plan("504", 8), "SV": Plan("503", 8)}


class NotAPhone(ValueError):
    """What was typed is no telephone number of the country; `plan` is None where any number would have done."""

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__("not a telephone number")
        self.plan = plan


def looks_like_phone(text: str) -> bool:
    """Say whether `text` is made of digits and what people put between them."""
    bare = _bare(text)
    return bool(bare) and bare.lstrip("+").isdecimal() and bare.isascii()


def to_e164(text: str, country: str) -> str:
    """Return the number as E.164. National numbers take the prefix of `country` (ISO code).

    Raises NotAPhone with the country's plan, so that the message can say how many digits are expected.
    """
    bare, plan = _bare(text), PLANS.get(country)
    if not looks_like_phone(text):
        raise NotAPhone(plan)
    number = _international(bare) if bare.startswith("+") else _national(bare, plan)
    if number is None:
        raise NotAPhone(plan)
    return number


def readings(text: str) -> list[str]:
    """Return every number that `text` may mean when nobody said the country: at sign-in only one field is asked."""
    if not looks_like_phone(text):
        return []
    bare = _bare(text)
    if bare.startswith("+"):
        found = [_international(bare)]
    else:
        found = [_national(bare, plan) for plan in PLANS.values()]
    return list(dict.fromkeys(number for number in found if number))


def _bare(text: str) -> str:
    bare = _ORNAMENT.sub("", text)
    return f"+{bare[2:]}" if bare.startswith("00") else bare


def _international(bare: str) -> str | None:
    for plan in PLANS.values():
        if bare.startswith(f"+{plan.prefix}"):
            # What follows the prefix must be whole: «+502 5555 1» is no national number that begins with 502.
            rest = bare[1 + len(plan.prefix) :]
            return _fitting([rest, *_without_mobile_one(rest, plan)], plan)
    return bare if _GENERIC.fullmatch(bare) else None


def _national(bare: str, plan: Plan | None) -> str | None:
    return None if plan is None else _fitting(_spellings(bare, plan), plan)


def _fitting(spellings: list[str], plan: Plan) -> str | None:
    for digits in spellings:
        # 0 and 1 are dialled before a number, never its first digit, in any of the four countries.
        if len(digits) == plan.digits and digits[0] not in "01":
            return f"+{plan.prefix}{digits}"
    return None


def _spellings(bare: str, plan: Plan) -> list[str]:
    """Return `bare` with each prefix left out that people write before a national number."""
    found = [bare]
    if bare.startswith(plan.prefix):
        rest = bare[len(plan.prefix) :]
        found += [rest, *_without_mobile_one(rest, plan)]
    if plan.prefix == "52":
        found += [bare[len(trunk) :] for trunk in _MEXICAN_TRUNKS if bare.startswith(trunk)]
    return found


def _without_mobile_one(rest: str, plan: Plan) -> list[str]:
    # +52 1 was the mobile prefix until 2019 and lives on in address books.
    return [rest[1:]] if plan.prefix == "52" and rest.startswith("1") else []
