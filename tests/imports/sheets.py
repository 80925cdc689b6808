"""Sheets as staff bring them, and the command that reads them, for the tests of imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

PEOPLE = "Nombre;Sexo;Correo;Telefono;Institucion;Pais\n"


def csv_of(folder: Path, *lines: str, head: str = PEOPLE, name: str = "lista.csv") -> Path:
    path = folder / name
    path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def brought(
    path: Path, *, kind: str = "people", mapping: dict[str, Any] | None = None, **options: Any
) -> dict:
    """Run the command and return its report."""
    report = path.with_suffix(".report.json")
    if mapping is not None:
        said = path.with_suffix(".mapping.json")
        said.write_text(json.dumps(mapping), encoding="utf-8")
        options["mapping"] = str(said)
    call_command("import_sheet", str(path), kind=kind, report=str(report), **options)
    return json.loads(report.read_text(encoding="utf-8"))


def answers(report: dict, choose: Any) -> dict[str, str]:
    """Answer each question of a report: `choose(note)` returns the choice."""
    return {note["question"]: choose(note) for note in report["asked"]}
