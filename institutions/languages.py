"""The closed list of languages in which an institution can attend somebody, by their ISO 639 codes.

Where a language has many codes, one for each of its varieties, one of them stands for all.
Languages of the four countries are called as their speakers call them in Spanish, in every language of the interface:
nobody translates «K'iche'». The list is for choosing, and claims nothing about how many speak what.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

COMMON: dict[str, Any] = {
    "es": _("Spanish"),
    "en": _("English"),
    "fr": _("French"),
    "pt": _("Portuguese"),
    "ht": _("Haitian Creole"),
    "ar": _("Arabic"),
    "zh": _("Chinese"),
    "ru": _("Russian"),
}
SIGNED: dict[str, Any] = {
    "mfs": _("Mexican Sign Language"),
    "gsm": _("Guatemalan Sign Language"),
    "hds": _("Honduran Sign Language"),
    "esn": _("Salvadoran Sign Language"),
}
INDIGENOUS: dict[str, Any] = {
    "acr": "Achi",
    "knj": "Akateko",
    "agu": "Awakateko",
    "ctu": "Ch'ol",
    "caa": "Ch'orti'",
    "cac": "Chuj",
    "cab": "Garífuna",
    "itz": "Itza'",
    "ixl": "Ixil",
    "jac": "Popti'",
    "cak": "Kaqchikel",
    "quc": "K'iche'",
    "len": "Lenca",
    "mam": "Mam",
    "yua": "Maya",
    "maq": "Mazateco",
    "miq": "Misquito",
    "mix": "Mixteco",
    "mop": "Mopan",
    "nah": "Náhuatl",
    "ppl": "Náhuat",
    "oto": "Otomí",
    "pay": "Pech",
    "poc": "Poqomam",
    "poh": "Poqomchi'",
    "pua": "Purépecha",
    "kjb": "Q'anjob'al",
    "kek": "Q'eqchi'",
    "tar": "Rarámuri",
    "quv": "Sakapulteko",
    "qum": "Sipakapense",
    "yan": "Tawahka",
    "hus": "Tének",
    "ttc": "Tektiteko",
    "toj": "Tojol-ab'al",
    "jic": "Tolupán",
    "top": "Totonaco",
    "tzh": "Tseltal",
    "tzo": "Tsotsil",
    "tzj": "Tz'utujil",
    "usp": "Uspanteko",
    "xin": "Xinka",
    "zap": "Zapoteco",
    "zoq": "Zoque",
}
NAMES: dict[str, Any] = {**COMMON, **SIGNED, **INDIGENOUS}
CHOICES = [
    (_("Widely spoken"), list(COMMON.items())),
    (_("Indigenous and Garífuna"), sorted(INDIGENOUS.items(), key=lambda pair: pair[1])),
    (_("Signed"), list(SIGNED.items())),
]


def names_of(codes: Iterable[str]) -> list[str]:
    """Return languages by name, in the order of the list; a code that left the list is shown as it is."""
    chosen = set(codes)
    return [str(name) for code, name in NAMES.items() if code in chosen] + sorted(chosen - set(NAMES))
