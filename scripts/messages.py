"""Keeps the translations: collects the texts of code and templates, compiles them, says what is missing.

messages.py collect    code and templates → locale/*/LC_MESSAGES/django.po (needs GNU gettext)
messages.py compile    django.po → django.mo, where the catalogue is newer; needs nothing but polib
messages.py check      every text translated in es, en and fr, with the same placeholders
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "en", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def main() -> None:
    commands = {"collect": collect, "compile": compile_catalogues, "check": check}
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in commands:
        sys.exit(__doc__)
    os.chdir(ROOT)
    sys.exit(commands[name]())


def catalogues() -> Iterator[Path]:
    yield from sorted((ROOT / "locale").glob("**/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # Written beside and renamed: a site that is running never reads half a catalogue.
            draft = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
    return 0


def check() -> int:
    complaints = [complaint for source in catalogues() for complaint in complaints_about(source)]
    present = {source.parent.parent.name for source in catalogues()}
    complaints += [f"locale/{language}: no catalogue" for language in LANGUAGES if language not in present]
    print(*complaints, sep="\n")
    return 1 if complaints else 0


def complaints_about(source: Path) -> Iterator[str]:
    for entry in polib.pofile(str(source)):
        if entry.obsolete:
            continue
        where = f"{source.relative_to(ROOT)}:{entry.linenum}: «{entry.msgid[:60]}»"
        if entry.fuzzy:
            yield f"{where} is marked fuzzy"
        elif not entry.translated():
            # English texts are their own translation; Django falls back to them.
            if source.parent.parent.name != "en":
                yield f"{where} is not translated"
        elif wrong := misplaced(entry):
            yield f"{where} differs in its placeholders: {wrong}"


def misplaced(entry: polib.POEntry) -> str:
    """Placeholders that only one side has. A plural may leave its number out («one lesson»)."""
    known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    found = [set(PLACEHOLDER.findall(text)) for text in texts]
    unknown = set().union(*found) - known
    lost = set() if entry.msgid_plural else known - found[0]
    return ", ".join(sorted(unknown | lost))


def collect() -> int:
    need_gettext()
    languages = [option for language in LANGUAGES for option in ("--locale", language)]
    folders = ("node_modules", "var", ".venv", "tests", "benchmarks", "static", "staticfiles")
    ignored = [option for folder in folders for option in ("--ignore", f"{folder}/*")]
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        *languages,
        *ignored,
        "--no-wrap",
        "--add-location",
        "file",
    ]
    return subprocess.run(command, check=False).returncode or compile_catalogues()


def need_gettext() -> None:
    if shutil.which("xgettext"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "gettext"], check=False, stdout=subprocess.DEVNULL)
    if not shutil.which("xgettext"):
        sys.exit("Collecting texts needs GNU gettext. On Debian: sudo apt-get install gettext")


if __name__ == "__main__":
    main()
