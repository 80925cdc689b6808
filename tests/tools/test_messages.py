"""Are translations compiled where they changed, and gaps in them told?"""

import os

import polib
import pytest

from scripts import messages


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Writes `locale/<language>/LC_MESSAGES/django.po` with the entries given."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)

    def write(language, *entries):
        path = tmp_path / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        po = polib.POFile()
        po.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        po.extend(polib.POEntry(**entry) for entry in entries)
        po.save(str(path))
        return path

    return write


def test_a_newer_catalogue_is_compiled_and_an_unchanged_one_left_alone(catalogue):
    source = catalogue("es", {"msgid": "Leave", "msgstr": "Salir"})
    target = source.with_suffix(".mo")
    messages.compile_catalogues()
    assert polib.mofile(str(target)).find("Leave").msgstr == "Salir"
    os.utime(target, (2e9, 2e9))
    messages.compile_catalogues()
    assert target.stat().st_mtime == 2e9


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"msgid": "Leave", "msgstr": ""}, "not translated"),
        ({"msgid": "Leave", "msgstr": "Salir", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "Hello %(name)s", "msgstr": "Hola %(nombre)s"}, "%(name)s, %(nombre)s"),
        ({"msgid": "Hello %(name)s", "msgstr": "Hola"}, "%(name)s"),
        (
            {
                "msgid": "%(n)s day",
                "msgid_plural": "%(n)s days",
                "msgstr_plural": {0: "un día", 1: "%(d)s días"},
            },
            "%(d)s",
        ),
    ],
)
def test_what_a_reader_would_stumble_over_is_told(catalogue, entry, complaint):
    (found,) = messages.complaints_about(catalogue("es", entry))
    assert complaint in found


def test_a_plural_may_say_one_in_words(catalogue):
    days = {0: "un día", 1: "%(n)s días"}
    path = catalogue("es", {"msgid": "%(n)s day", "msgid_plural": "%(n)s days", "msgstr_plural": days})
    assert list(messages.complaints_about(path)) == []


def test_english_is_its_own_translation(catalogue):
    assert list(messages.complaints_about(catalogue("en", {"msgid": "Leave", "msgstr": ""}))) == []


def test_a_language_without_catalogue_is_told(catalogue, capsys):
    catalogue("es", {"msgid": "Leave", "msgstr": "Salir"})
    assert messages.check() == 1
    assert "locale/fr: no catalogue" in capsys.readouterr().out
