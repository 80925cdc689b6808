"""Finds in a short text what would tell who somebody is: contact data, document numbers, cases, names. Pure rules.

It cannot know every name. It catches what people write by habit, and the form says why it asks.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum


class Tells(StrEnum):
    """What a text tells that it must not."""

    EMAIL = "email"
    ADDRESS = "address"
    PHONE = "phone"
    DOCUMENT = "document"
    CASE = "case"
    NAME = "name"


_EMAIL = re.compile(r"[^\s@<>]+(?:@|\s?(?:\(at\)|\[at\]|\barroba\b)\s?)[^\s@<>]+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|(?:wa|t)\.me/|(?<!\w)@\w{3,}", re.IGNORECASE)
# CURP and RFC of Mexico, DUI of El Salvador; those of Guatemala and Honduras are runs of thirteen digits.
_DOCUMENT = re.compile(
    r"\b[A-ZÑ&]{4}\d{6}[HM][A-Z]{5}\w\d\b|\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b|\b\d{8}-\d\b", re.IGNORECASE
)
_DIGITS = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-–/]{0,2}\d)+")
_DATE = re.compile(
    r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}[/.\-]\d{1,2}[/.\-]\d{1,2}\b"
    r"|\b(?:19|20)\d{2}\s?[-–/]\s?(?:19|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b(?:\s?[-–]\s?\d{1,2}[:.]\d{2}\b)?"
)
_CASE = re.compile(
    r"\b(?:caso|casos|expediente|exp|folio|dossier|case|file)s?\b\.?\s*(?:n[.º°ºo]{0,3}|no\.?|n[uú]m(?:ero)?\.?|#)?\s*\d",
    re.IGNORECASE,
)
# One person by what she did or where she is: «la señora del cuarto 4 que…». Many («niñas que llegan») are no case.
_ONE = (
    r"(?:señora|señor|señorita|mujer|hombre|joven|muchach[oa]|chic[oa]|niñ[oa]|adolescente|beb[eé]|menor|paciente"
    r"|usuari[oa]|v[ií]ctima)"
)
_ONE_PERSON = re.compile(
    rf"\b(?:la|el|al|del|esta|este|esa|ese|aquella|aquel)\s+{_ONE}"
    r"\s+(?:que|quien|a quien|del? (?:la )?\w+ \d|de \d+ años)\b"
    rf"|\b(?:un|una)\s+{_ONE}\s+(?:de \d+ años|(?:que|quien)\s+(?:(?:se|nos|la|lo|le)\s+)?"
    r"(?:\w+(?:ó|aba|ía)|fue|tuvo|hizo|dijo|vino))\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñ'’]+"
_TITLED = re.compile(
    rf"\b(?:[Ss]r|[Ss]ra|[Ss]rta|[Dd]r|[Dd]ra|[Ll]ic|[Ll]cda|[Ll]cdo|[Ii]ng|[Mm]tra|[Mm]tro|[Dd]on|[Dd]oña|[Ss]eñor|[Ss]eñora"
    rf"|[Mm]r|[Mm]rs|[Mm]s|[Mm]me)\b\.?\s+{_CAPITAL}"
)
_CALLED = re.compile(
    rf"\b(?:se llama(?:n|ba)?|llamad[oa]s?|de nombre|named|called|s'appelle)\s+(?:«|\")?{_CAPITAL}"
)
# Whose: «la familia Quiej», «hija de Yamileth». Many, or an institution of families, are nobody.
_KIN = re.compile(
    rf"\b(?:[Ff]amilia|(?:hij[oa]|espos[oa]|herman[oa]|mamá|papá|tí[oa]|abuel[oa]|viud[oa]|niet[oa]) de)"
    rf"\s+(?!Guatemala|Honduras|México|El\b|San\b|Santa\b){_CAPITAL}"
)
_WORDS = re.compile(rf"(?<![\w]){_CAPITAL}(?:\s+(?:(?:de|del|la|las|los|y)\s+)*{_CAPITAL})+")
# The given names that people of the four countries bear most; a name is one of these and a surname after it.
_GIVEN = frozenset(
    """ada adriana alba alberto alejandra alejandro alfredo alicia alma amalia amanda amina ana andrea
    andres angel angela angelica antonia antonio araceli armando arturo aura beatriz berta blanca brenda
    bruno camila carla carlos carmen carolina catalina cecilia cesar claudia cristian cristina daniel
    daniela david delmy diana diego dora edgar edith eduardo edwin elena elias elizabeth elsa emilia
    emma enrique erick erika ernesto esteban estela esther eva evelyn farid fatima felipe fernanda
    fernando flor francisca francisco gabriel gabriela gerardo gilberto gladys gloria gonzalo graciela
    griselda guadalupe guillermo gustavo hector heidy henry hilda hugo ignacio ingrid irene iris irma
    isabel ismael ivan jaime javier jazmin jennifer jessica jesus joel johana jonathan jorge jose
    josefina josue juan juana julia julian julio karen karina karla katherine keila kevin laura leonardo
    leonor leticia lidia lilian liliana lorena lourdes lucas lucia luis luisa luz magdalena manuel
    manuela marco marcos margarita maria mariana maribel marina mario marisol marlen marta martha martin
    mateo maura mauricio mayra melissa mercedes miguel milagro miriam mirna monica nadia nancy natalia
    nelson noemi nora norma olga oralia orlando oscar pablo paola patricia paula pedro perla rafael
    ramon raquel raul rebeca reina ricardo rigoberto roberto rocio rodrigo rolando rosa rosario roxana
    ruben ruth salvador samuel sandra santiago santos sara saul sebastian sergio silvia sofia sonia
    susana suyapa tania teresa tomas valentina valeria vanessa veronica vicente victor victoria vilma
    virginia wendy william wilmer xiomara yadira yesenia yolanda zoila zulma""".split()
)


# Words of every day, months and places that are given names, too: alone they name nobody.
_ALSO_WORDS = frozenset(
    """ada alba alma angel aura blanca carmen estela flor gloria guadalupe iris jesus julio leon luz marco marcos
    mercedes milagro norma perla reina rocio rosa rosario salvador santiago santos tomas victoria""".split()
)
_ALONE = _GIVEN - _ALSO_WORDS
_ANY_WORD = re.compile(r"[^\W\d_]+")
_OF_PLACES = frozenset({"san", "santa", "santo", "el", "ciudad", "colonia", "puerto", "hospital", "centro"})


def tells(text: str) -> Tells | None:
    """Return the first thing in `text` that would tell who somebody is."""
    for what, found in _CHECKS.items():
        if found(text):
            return what
    return None


def _has_phone(text: str) -> bool:
    return _longest_number(text) >= 7


def _has_document(text: str) -> bool:
    # A telephone number of the region with its country has eleven or twelve digits, and says so by a «+».
    return bool(_DOCUMENT.search(text)) or _longest_number(re.sub(r"\+[\d\s().-]+", " ", text)) >= 13


def _longest_number(text: str) -> int:
    """Return how many digits stand together at most, dates and hours left out."""
    rest = _DATE.sub(" ", text)
    return max((sum(map(str.isdigit, match.group())) for match in _DIGITS.finditer(rest)), default=0)


def called(text: str) -> list[tuple[str, str]]:
    """Return each two words that stand side by side as a name does, «Quiej Tzoc»; what begins as a place does not."""
    found = []
    for match in _WORDS.finditer(text):
        words = [word for word in match.group().split() if word[0].isupper()]
        if words[0].lower() not in _OF_PLACES:
            found += list(itertools.pairwise(words))
    return found


def _has_name(text: str) -> bool:
    if _TITLED.search(text) or _CALLED.search(text) or _KIN.search(text):
        return True
    words = _ANY_WORD.findall(text)
    return _is_named(words) or any(_is_name(match.group().split()) for match in _WORDS.finditer(text))


def _is_named(words: list[str]) -> bool:
    """Say whether a given name stands there in whatever case, alone too: «caso de Juan», «hablar con maría lópez»."""
    return any(
        _plain(word) in _ALONE and not (place and words[place - 1].lower() in _OF_PLACES)
        for place, word in enumerate(words)
    )


def _is_name(words: list[str]) -> bool:
    """Say whether a surname follows a given name; «San José», «Santa Ana» are places."""
    for place, word in enumerate(words[:-1]):
        is_place = place > 0 and words[place - 1].lower() in _OF_PLACES
        if _plain(word) in _GIVEN and not is_place:
            return True
    return False


def _plain(word: str) -> str:
    split = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


_CHECKS: dict[Tells, Callable[[str], object]] = {
    Tells.EMAIL: _EMAIL.search,
    Tells.ADDRESS: _ADDRESS.search,
    Tells.CASE: lambda text: _CASE.search(text) or _ONE_PERSON.search(text),
    Tells.DOCUMENT: _has_document,
    Tells.PHONE: _has_phone,
    Tells.NAME: _has_name,
}
