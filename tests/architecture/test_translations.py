"""Does everybody read every text in her own language, with the same names and numbers in it?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation.template import templatize

from scripts.messages import LANGUAGES, ROOT, complaints_about

CODE = ("accounts", "assessments", "certificates", "common", "courses", "home", "institutions", "learning")
CODE += ("imports", "lms", "media_library", "messaging", "programme", "search")
CALLS = re.compile(r"^(_|n?p?gettext(_lazy|_noop)?)$")
WITH_CONTEXT = re.compile(r"^n?pgettext")
IN_TEMPLATE = re.compile(r"\b(n?p?gettext)\(")
LITERAL = re.compile(r"\s*,?\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")

Key = tuple[str | None, str]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(source(language)))


def source(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def entries(language: str) -> list[polib.POEntry]:
    return [entry for entry in catalogue(language) if not entry.obsolete]


def said_in_code() -> Iterator[tuple[Key, str]]:
    for path in (path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (key := key_of(node)):
                yield key, f"{path.relative_to(ROOT)}:{node.lineno}"


def key_of(call: ast.Call) -> Key | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if not CALLS.match(name):
        return None
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return key_from(name, words)


def key_from(name: str, words: list[str]) -> Key | None:
    if WITH_CONTEXT.match(name):
        return (words[0], words[1]) if len(words) > 1 else None
    return (None, words[0]) if words else None


def said_in_templates() -> Iterator[tuple[Key, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            for key in keys_of(templatize(path.read_text(), origin=str(path))):
                yield key, str(path.relative_to(ROOT))


def keys_of(code: str) -> Iterator[Key]:
    """Return the texts of a template that Django has written as calls of gettext, in which the rest is noise."""
    for call in IN_TEMPLATE.finditer(code):
        place, words = call.end(), []
        while literal := LITERAL.match(code, place):
            words.append(ast.literal_eval(literal[1]))
            place = literal.end()
        if key := key_from(call[1], words):
            yield key


@pytest.mark.parametrize("language", LANGUAGES)
def test_amina_finds_no_gap_no_guess_and_no_lost_name(language):
    assert list(complaints_about(source(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_lesson_and_two_lessons_both_have_words(language):
    forms = int(re.search(r"nplurals=(\d)", catalogue(language).metadata["Plural-Forms"])[1])
    short = [
        entry.msgid
        for entry in entries(language)
        if entry.msgid_plural and [bool(entry.msgstr_plural.get(n)) for n in range(forms)] != [True] * forms
    ]
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_bruno_wrote_in_code_is_in_the_catalogue(language):
    known = {(entry.msgctxt, entry.msgid) for entry in entries(language)}
    missing = {f"{where}: {key[1]}" for key, where in said_in_code() if key not in known}
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_bruno_wrote_in_templates_is_in_the_catalogue(language):
    known = {(entry.msgctxt, entry.msgid) for entry in entries(language)}
    missing = {f"{where}: {key[1]}" for key, where in said_in_templates() if key not in known}
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_word_wins_over_those_of_the_libraries(language):
    """«Search» is «Buscar» here; Wagtail, which knows the same text, says «Búsqueda»."""
    with translation.override(language):
        lost = [entry.msgid for entry in entries(language) if said(entry) != meant(entry)]
    assert lost == []


def said(entry: polib.POEntry) -> str:
    if entry.msgid_plural:
        return translation.ngettext(entry.msgid, entry.msgid_plural, 2)
    return (
        translation.pgettext(entry.msgctxt, entry.msgid)
        if entry.msgctxt
        else translation.gettext(entry.msgid)
    )


def meant(entry: polib.POEntry) -> str:
    return entry.msgstr_plural[max(entry.msgstr_plural)] if entry.msgid_plural else entry.msgstr


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Search", "Buscar"),
        ("Sign in", "Entrar"),
        ("Sign out", "Salir"),
        ("Enrol me", "Inscribirme"),
        ("I finished this lesson", "Terminé esta lección"),
        ("Start the quiz", "Empezar la prueba"),
        ("Save and go on", "Guardar y seguir"),
        ("Hand in the quiz", "Entregar la prueba"),
        ("Download the certificate", "Descargar la constancia"),
        ("Certificate of achievement", "Constancia de aprobación"),
        ("Certificate of participation", "Constancia de participación"),
        ("Quick exit", "Salir rápido"),
        ("Support lines", "Líneas de apoyo"),
        ("Report abuse by staff", "Avisar de un abuso del personal"),
    ],
)
def test_amina_reads_the_words_that_the_help_pages_use(english, spanish):
    with translation.override("es"):
        assert translation.gettext(english) == spanish


def test_french_says_vous() -> None:
    """Somebody who reads «tu» and «vous» on one page does not know to whom either speaks."""
    familiar = re.compile(r"\b(?:tu|toi|tes|te|ta)\b|\bt[’'](?=\w)", re.IGNORECASE)
    said = [
        words
        for entry in catalogue("fr")
        if not entry.obsolete
        for words in (entry.msgstr, *entry.msgstr_plural.values())
        if familiar.search(words)
    ]
    assert said == []
