"""Whatever a sheet says: each line ends in one place, nobody is lost or doubled, and the same again changes nothing."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person, User
from imports.models import Import, ImportState
from imports.undoing import undo_import
from institutions.models import Membership
from learning.models import Cohort, Enrolment
from tests.imports.sheets import brought

pytestmark = pytest.mark.django_db

HEAD = "No.;Nombre completo;Sexo;Correo;Teléfono;Institución;Año de nacimiento;País"


def mostly(good: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Nine lines of ten are as they should be: else no line of a sheet would ever be taken."""
    return st.integers(0, 9).flatmap(lambda die: st.sampled_from(odd if die == 9 else good))


ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=';"\n\r\x00'), max_size=12)
NAMES = mostly(
    [
        "Rosa Pérez Tun",
        "PÉREZ TUN, ROSA",
        "Julio Caal Xol",
        "Ana Gil Paz",
        "Amina",
        "Ñu Ñáñez Och",
        "Luz Mar Sol",
    ],
    ["", "X", "rosa perez", "Hospital", "12"],
)
LINE = st.tuples(
    st.sampled_from(["", "1", "12"]),
    st.integers(0, 19).flatmap(lambda die: ANY_TEXT if die == 19 else NAMES),
    mostly(["", "mujer", "hombre"], ["F", "M", "H", "x", "120 %"]),
    mostly(
        ["", "", "rosa@example.org", "JULIO@example.org", "amina@senda.example", "luz@example.org"], ["no es"]
    ),
    mostly(["", "", "+52 961 555 0142", "961 555 0143"], ["12", "-1"]),
    mostly(["", "Hospital de Amina", "HOSPITAL DE AMINA"], ["Clínica de nadie"]),
    mostly(["", "1985", "1990"], ["85", "2015", "1899", "-3"]),
    mostly(["MX", "México"], ["", "Marte"]),
)
NO_PERSON = st.sampled_from([";TOTAL;12;;;;;", ";;;;;;;", ";Firma del responsable;;;;;;", HEAD])


def kept() -> dict[str, Counter]:
    """Return who is here, by what tells her apart, and where she works and learns."""
    return {
        "people": Counter(Person.objects.values_list("pk", flat=True)),
        "logins": Counter(User.objects.values_list("email", "phone", "person_id")),
        "members": Counter(Membership.objects.values_list("person_id", "institution_id")),
        "enrolled": Counter(Enrolment.objects.values_list("person_id", "cohort_id")),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(LINE, min_size=1, max_size=9), foot=st.lists(NO_PERSON, max_size=2), grouped=st.booleans()
)
def test_nobody_is_lost_doubled_or_made_of_nothing(
    cohort: Cohort, hospital: Any, amina: Any, lines: list[tuple[str, ...]], foot: list[str], grouped: bool
) -> None:
    written = [";".join(line) for line in lines]
    more = {"cohort": cohort.code} if grouped else {}
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        sheet = Path(folder) / "lista.csv"
        sheet.write_text("\n".join([HEAD, *written, *foot]), encoding="utf-8")
        before = kept()
        try:
            report = brought(sheet, apply=True, **more)
        except CommandError:
            # Without any line that may be a person the file is refused as a whole.
            assert kept() == before
            transaction.set_rollback(True)
            return
        after = kept()
        batch = Import.objects.latest("pk")
        rows = list(batch.rows.all())
        assert len(rows) <= len(lines)
        assert {row.number for row in rows} | {left["row"] for left in batch.left_of("rows")} <= set(
            range(1, len(written) + len(foot) + 2)
        )
        for name, those in before.items():
            assert not those - after[name], f"somebody lost: {name}"
            assert max(after[name].values(), default=1) == 1, f"somebody doubled: {name}"
        new = sum((after["people"] - before["people"]).values())
        assert new <= report.get("accepted", 0)
        # No address and no number is in two people's hands.
        for field in ("email", "phone"):
            said = Counter(value for value in User.objects.values_list(field, flat=True) if value)
            assert max(said.values(), default=1) == 1
        again = brought(sheet, apply=True, **more)
        assert kept() == after, again
        for one in Import.objects.filter(state=ImportState.APPLIED).order_by("-pk"):
            undo_import(batch=one, by=None)
        assert kept() == before
        transaction.set_rollback(True)
