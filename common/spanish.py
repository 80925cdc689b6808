"""Answers which words of a Spanish text count as the same word, so that «psicologico» finds «psicológicas».

A light analyser: words are folded (no capitals, no accents), stop words are left out, and the endings of
number and gender are cut, in the spirit of Jacques Savoy's light stemmer («Report on CLEF-2001 Experiments»,
2002); the rules here are our own.

«ñ» is a letter, not an accented n. A text that says «niña» is indexed under two forms, with and without it,
so that a phone without ñ finds it; who types the ñ asks for the ñ alone («año» does not find «ano»). The form
with ñ is written with «nn», from which the letter was born, since SQLite's tokenizer would fold a ñ away.

Limits: verbs are not conjugated («referir» does not find «refiere»), diminutives and adverbs in -mente stay
apart, and short words may meet («mesa» and «mes»). About one millisecond for 900 words.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüçý", "aaaaaaeeeeiiiiooooouuuucy")
_VOWELS = frozenset("aeiou")
_LONGEST = 40

STOP_WORDS = frozenset(
    """
    a ademas ahi al algo algun alguna algunas alguno algunos alli ante antes aquel aquella aquellas aquellos
    aqui asi aun aunque bajo bien cada casi como con contra cual cuales cualquier cuando cuanto de del desde
    donde dos durante e el ella ellas ello ellos en entonces entre era eran es esa esas ese eso esos esta
    estaba estan estar estas este esto estos estoy fue fueron ha haber habia hace hacen hacer hacia hago han
    hasta hay he i incluso la las le les lo los mas me mi mientras mis misma mismas mismo mismos mucha muchas
    mucho muchos muy nada ni no nos nosotras nosotros o os otra otras otro otros para pero poco por porque
    pues que quien quienes sea sean segun ser si sido siempre sin sino sobre solo son soy su sus tal tambien
    tampoco tan tanto te tener tengo ti tiene tienen toda todas todo todos tras tu tus u un una unas uno unos
    usted ustedes va vamos van vez voy y ya yo
    """.split()
)


def words(text: str) -> list[str]:
    """Return the words of `text` in order, in small letters and with their accents."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """Return the forms under which a small-lettered `word` is kept: none for a stop word, two with «ñ»."""
    plain = _fold(word.replace("ñ", "n"))
    if plain in STOP_WORDS and "ñ" not in word:
        return ()
    if "ñ" not in word:
        return (stem(plain),)
    return stem(_fold(word.replace("ñ", "nn"))), stem(plain)


def asked_form(word: str) -> str:
    """Return the one form that a small-lettered, typed `word` asks for; empty for a stop word."""
    kept = forms(word)
    return kept[0] if kept else ""


def analyse(text: str) -> list[str]:
    """Return the forms of all words of `text`, in order, ready for an index that only parts at spaces."""
    return [form for word in words(text) for form in forms(word)]


def asked(text: str) -> list[str]:
    """Return the forms that a typed `text` asks for, each once, in their order."""
    return list(dict.fromkeys(form for word in words(text) if (form := asked_form(word))))


def stem(word: str) -> str:
    """Return a folded `word` without the endings of number and gender: «organizaciones» → «organizacion»."""
    if not word.isascii() or not word.isalpha():
        return word
    word = _without_gender(_without_plural(_of_origin(word)))
    return f"{word[:-1]}c" if word.endswith("z") else word


def _fold(word: str) -> str:
    """Return `word` without accents; what the table does not know goes the long way."""
    word = word.translate(_ACCENTS)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    return word[:_LONGEST]


def _of_origin(word: str) -> str:
    """Bring «franceses», «francesa» to «frances»: without its accent that one looks like a plural."""
    for ending in ("eses", "esas", "esa"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return f"{word[: -len(ending)]}es"
    return word


def _without_plural(word: str) -> str:
    """Cut the s of a plural; «país», «crisis», «virus» end so in the singular."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word[-2] in "aeo" or word[-2] not in _VOWELS:
        return word[:-1]
    return word


def _without_gender(word: str) -> str:
    """Cut the last a, e or o, which carries gender or belongs to a plural: «mujere» → «mujer»."""
    return word[:-1] if len(word) >= 4 and word[-1] in "aeo" else word
