"""The demo's sheets, in every state that an import comes to rest in, each as somebody's Excel really leaves it."""

from __future__ import annotations

from django.core.files.base import ContentFile

from accounts.models import Person
from courses.models import Course
from home.starter.files import key_of
from imports import applying, staging, undoing
from imports.models import Import, ImportKind
from learning import cohorts
from learning.models import Cohort, Modality

KEY = "demo/group/list"

# Columns waiting to be said: two of them have headers that tell nothing.
NEW_HEADERS = """\
Jornada de octubre;;;;
Participante;M/F;Dato 1;Dato 2;Dónde trabaja
Ernestina Cux Ajú;F;ernestina.cux@senda.example;;Salud La Ceiba
Anastasio Tiul;M;;;Salud La Ceiba
"""

# «H» and «M» ask; a name without anything else may be somebody who is here; the foot of the sheet is no person.
QUESTIONS = """\
Nombre completo;Sexo;Correo;Institución;País
Leticia Coy;M;;Salud La Ceiba;Guatemala
EULOGIO POP CAAL ;H;eulogio.pop@senda.example;Posada del Camino;Guatemala
Brígida Yat;M;brigida.yat@senda.example;Salud La Ceiba;Guatemala
;M;sin.nombre@senda.example;Salud La Ceiba;Guatemala
TOTAL;3;;;
Firma del responsable;;;;
"""

# Two are taken, one has no name and one a telephone that is none: the file of rejected lines holds both.
TAKEN = """\
Nombre;Sexo;Teléfono;Correo;País
Rigoberta Chub Cac;mujer;;rigoberta.chub@senda.example;Guatemala
Hermelindo Xol;hombre;;hermelindo.xol@senda.example;Guatemala
;mujer;;sin.nombre@senda.example;Guatemala
Macario Tut;hombre;12;;Guatemala
"""

# The wrong sheet: brought, applied, and taken back as one.
WRONG = """\
Nombre;Sexo;Correo;País
Hoja equivocada;mujer;equivocada@senda.example;Guatemala
"""

# What the programme had in a sheet of its own before Senda: two trainings of somebody who is here.
BEFORE = """\
Nombre;Correo;País;Curso;Fecha;Horas;Calificación (sobre 10)
Amina Xol Caal;amina@senda.example;México;Escucha activa en albergues;12 al 13 de marzo de 2024;12;9.5
Amina Xol Caal;amina@senda.example;México;Rutas de atención en la frontera;2023-09-05;6;
"""

NO_SHEET = b"PK\x03\x04 cut on the way"


def load_imports(course: Course, facilitator: Person, coordinator: Person) -> None:
    """Bring the sheets once, into a group of their own; what is answered afterwards stays as it is."""
    if Cohort.objects.filter(key=key_of(KEY)).exists():
        return
    group = Cohort.objects.create(
        key=key_of(KEY),
        code="DEMO-LISTA",
        name="Jornada con lista de papel (demostración)",
        course=course,
        opened_by=facilitator,
        modality=Modality.SELF_PACED,
        country_id="GT",
    )
    cohorts.set_facilitators(cohort=group, people=[facilitator])
    _bring("octubre.csv", NEW_HEADERS.encode(), group, facilitator)
    staging.dry_run(batch=_bring("preguntas.csv", QUESTIONS.encode(), group, facilitator))
    _applied("jornada.csv", TAKEN, group, facilitator)
    wrong = _applied("equivocada.csv", WRONG, group, facilitator)
    undoing.undo_import(batch=wrong, by=facilitator)
    _bring("cortada.xlsx", NO_SHEET, group, facilitator)
    _applied("antes-de-senda.csv", BEFORE, None, coordinator, kind=ImportKind.HISTORIC)


def _bring(
    name: str, content: bytes, group: Cohort | None, by: Person, *, kind: ImportKind = ImportKind.PEOPLE
) -> Import:
    return staging.stage(kind=kind, file=ContentFile(content, name=name), by=by, cohort=group)


def _applied(
    name: str, content: str, group: Cohort | None, by: Person, *, kind: ImportKind = ImportKind.PEOPLE
) -> Import:
    batch = _bring(name, content.encode(), group, by, kind=kind)
    staging.dry_run(batch=batch)
    applying.apply_all(batch=batch)
    return batch
