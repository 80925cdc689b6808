"""The words that sheets of the four countries have above their columns, and what each of them means."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum

from common.text import fold
from imports.days import day_of_header


class Field(StrEnum):
    """What a column may say. Nothing that is not here is ever kept."""

    NAME = "name"
    GIVEN = "given_names"
    FAMILY = "family_names"
    FAMILY2 = "second_family_name"
    CODE = "code"
    EMAIL = "email"
    PHONE = "phone"
    SEX = "sex"
    TICKED_SEX = "ticked_sex"
    BIRTH = "birth_year"
    AGE = "age"
    SEX_AGE = "sex_age"
    OF_AGE = "of_age"
    CONSENT = "consent"
    UNDER_AGE = "under_age"
    COUNTRY = "country"
    INSTITUTION = "institution"
    UNIT = "unit"
    POSITION = "position"
    SESSION = "session"
    MARK = "mark"
    MINUTES = "minutes"
    TITLE = "title"
    DAY = "day"
    FROM = "first_day"
    TO = "last_day"
    HOURS = "hours"
    SCORE = "score"
    RESULT = "result"
    # Known, and left out: the notice promises that it is not kept.
    LEFT_OUT = ""


# Folded, without signs. A header is known when it is one of these, or begins with one of them and a blank.
SAID: dict[Field, tuple[str, ...]] = {
    Field.NAME: (
        "nombre completo",
        "nombre y apellido",
        "nombre apellido",
        "nombre apellidos",
        "nombres apellidos",
        "apellidos nombres",
        "nombre y apellidos",
        "nombres y apellidos",
        "nombre s y apellido s",
        "apellidos y nombres",
        "apellidos y nombre",
        "apellido y nombre",
        "nombre del participante",
        "nombre de la participante",
        "nombre de la persona",
        "nombre del o la participante",
        "participante",
        "full name",
        "name",
        "nom complet",
        "nom et prenom",
    ),
    Field.GIVEN: (
        "nombres",
        "nombre",
        "nombre s",
        "primer nombre",
        "given name",
        "given names",
        "first name",
        "prenom",
    ),
    Field.FAMILY: (
        "apellidos",
        "apellido",
        "apellido s",
        "apellido paterno",
        "primer apellido",
        "family name",
        "family names",
        "last name",
        "surname",
        "nom",
        "nom de famille",
    ),
    Field.FAMILY2: ("apellido materno", "segundo apellido", "second family name"),
    Field.CODE: ("codigo personal", "codigo senda", "codigo de senda", "personal code", "code personnel"),
    Field.EMAIL: ("correo", "correo electronico", "correo e", "email", "e mail", "mail", "courriel"),
    Field.PHONE: (
        "telefono",
        "tel",
        "celular",
        "movil",
        "whatsapp",
        "numero de telefono",
        "numero de celular",
        "numero telefonico",
        "no de celular",
        "no de telefono",
        "phone",
        "telephone",
    ),
    Field.SEX: (
        "sexo",
        "genero",
        "sex",
        "gender",
        "h m",
        "m h",
        "f m",
        "m f",
        "hombre mujer",
        "mujer hombre",
        "sexe",
        "genre",
    ),
    Field.BIRTH: (
        "ano de nacimiento",
        "fecha de nacimiento",
        "fecha nac",
        "f nacimiento",
        "fec nac",
        "nacimiento",
        "year of birth",
        "birth year",
        "date of birth",
        "annee de naissance",
        "date de naissance",
    ),
    Field.AGE: (
        "edad",
        "edades",
        "rango de edad",
        "rango de edades",
        "rango etario",
        "grupo de edad",
        "grupo etario",
        "grupo etareo",
        "anos cumplidos",
        "cuantos anos tiene",
        "cuantos anos cumplidos tiene",
        "age",
        "age group",
        "age range",
        "tranche d age",
    ),
    Field.SEX_AGE: tuple(
        f"{one}{between}{other}"
        for sex, age in (
            ("sexo", "edad"),
            ("genero", "edad"),
            ("sex", "age"),
            ("gender", "age"),
            ("sexe", "age"),
        )
        for one, other in ((sex, age), (age, sex))
        for between in (" ", " y ", " and ", " et ")
    ),
    Field.OF_AGE: (
        "mayor de edad",
        "es mayor de edad",
        "es usted mayor de edad",
        "soy mayor de edad",
        "mayor de 18",
        "mayor de 18 anos",
        "mayoria de edad",
        "tiene 18 anos",
        "tiene 18 anos o mas",
        "tiene mas de 18",
        "tiene mas de 18 anos",
        "tiene usted 18 anos",
        "18 anos o mas",
        "ya cumplio 18",
        "confirma que es mayor de edad",
        "confirmo que soy mayor de edad",
        "declaro ser mayor de edad",
        "soy mayor de 18",
        "es mayor de 18",
        "are you over 18",
        "est majeure",
        "etes vous majeur",
    ),
    Field.CONSENT: (
        "consentimiento",
        "consentimiento informado",
        "consiente",
        "consiento",
        "acepta",
        "acepto",
        "acepta participar",
        "autoriza",
        "autorizo",
        "esta de acuerdo",
        "estoy de acuerdo",
        "da su consentimiento",
        "aviso de privacidad",
        "consent",
        "consentement",
        "do you agree",
        "acceptez vous",
    ),
    Field.COUNTRY: ("pais", "pais de trabajo", "country", "pays"),
    Field.INSTITUTION: (
        "institucion",
        "institucion u organizacion",
        "organizacion",
        "entidad",
        "dependencia",
        "lugar de trabajo",
        "centro de trabajo",
        "institution",
        "organization",
        "organisation",
    ),
    Field.UNIT: ("unidad", "area", "servicio", "sede", "unidad de salud", "establecimiento", "unit"),
    Field.POSITION: (
        "puesto",
        "cargo",
        "funcion",
        "profesion",
        "ocupacion",
        "position",
        "job title",
        "poste",
    ),
    Field.MARK: ("asistencia", "asistio", "attendance", "presence"),
    Field.MINUTES: ("minutos", "minutes"),
    Field.TITLE: (
        "curso",
        "nombre del curso",
        "nombre de la capacitacion",
        "capacitacion",
        "taller",
        "tema",
        "accion formativa",
        "nombre de la accion formativa",
        "course",
        "training",
        "formation",
    ),
    Field.DAY: ("fecha", "fecha del taller", "fecha de la capacitacion", "date"),
    Field.FROM: ("desde", "fecha de inicio", "fecha inicio", "inicio", "del", "start", "start date", "debut"),
    Field.TO: ("hasta", "fecha de fin", "fecha fin", "fin", "al", "fecha de termino", "end", "end date"),
    Field.HOURS: ("horas", "total de horas", "horas totales", "duracion", "no de horas", "hours", "heures"),
    Field.SCORE: (
        "nota",
        "calificacion",
        "nota final",
        "post",
        "post test",
        "postest",
        "puntaje",
        "score",
        "note",
    ),
    Field.RESULT: ("resultado", "aprobo", "aprobado", "result"),
    Field.LEFT_OUT: (
        "n",
        "no",
        "num",
        "numero",
        "nro",
        "correlativo",
        "id",
        "dui",
        "dpi",
        "dni",
        "curp",
        "ine",
        "rfc",
        "nit",
        "cedula",
        "documento",
        "firma",
        "observaciones",
        "observacion",
        "comentarios",
        "hora de entrada",
        "hora de salida",
        "etnia",
        "pueblo",
        "domicilio",
        "direccion",
        "municipio",
        "departamento",
        "estado civil",
        "folio",
        "start time",
        "submission time",
        "uuid",
        "index",
    ),
}
NUMBERED = re.compile(r"(?:sesion|session|dia|day|jornada|clase|modulo|seance)(?: no)? ?(\d{1,2})")
# «Teléfono» goes on as it likes («… móvil»), «teléfono de emergencia» is somebody else's: of these, only what follows
# «de» decides whose it is.
OWN = frozenset(
    {
        *(
            Field.NAME,
            Field.GIVEN,
            Field.FAMILY,
            Field.FAMILY2,
            Field.EMAIL,
            Field.PHONE,
            Field.SEX,
            Field.BIRTH,
        ),
        Field.AGE,
    }
)
# Columns in which a tick says that somebody is a child: «Adolescentes mujeres (12-17)», «¿Es menor de edad?».
OF_CHILDREN = re.compile(
    r"(?:(?:es|soy|persona) )?(?:menor(?:es)? (?:de edad|de 18(?: anos)?)|nin[oa]s?(?: y nin[oa]s?)?|ninez|nna"
    r"|infantes?|bebes?|adolescentes?|minors?|children|mineure?s?|enfants?)"
    r"(?: (?:mujeres|hombres|femenin[oa]s?|masculin[oa]s?))?"
)
# «Mujeres (12-17)»; hours and days stand in brackets, too.
BY_SEX = re.compile(r"(?:mujeres|hombres|m|h|f|femenin[oa]s?|masculin[oa]s?|edad|personas|jovenes)?")
YOUNG = re.compile(r"\(\s*(?:de )?\d{1,2}\s*(?:-|–|a|años a)\s*(\d{1,2})(?:\s*años)?\s*\)|<\s*(18)\b")
DOCUMENTS = frozenset(
    "dui dpi dni curp ine rfc nit cedula pasaporte passport documento identidad identificacion cui nss".split()
)
SCALE = re.compile(r"(?:sobre|de|/|out of|sur|[01] ?(?:-|a) ?) ?(5|10|20|50|100)\b")
# A picture refused is no registration refused.
PICTURES = re.compile(
    r"\b(?:imagen|imagenes|fotos?|fotografias?|videos?|grabacion(?:es)?|image|photos?|pictures?)\b"
)
OF = re.compile(r" (?:de|del|des|du|of)(?: (?:el|la|los|las|l|the))?(?: o la)? (.+)")
OF_THE_PERSON = re.compile(
    r"(?:participante|persona|asistente|alumn|estudiante|beneficiari|trabajador|emplead|personal|usuari)"
)
# How a form asks what a sheet has as a header: «¿Cuál es su nombre completo?».
ASKED = re.compile(
    r"(?:por favor )?(?:cual(?:es)? (?:es|son)|(?:en |a )?que|indique|escriba|ingrese|anote|what is|quel(?:le)? est)"
    r"(?: (?:el|la|los|las|le|your|votre))?(?: (?:su|sus|tu|tus))? "
)
_SIGNS = re.compile(r"[^a-z0-9]+")
_BY_WORDS = {said: which for which, many in SAID.items() for said in many}
OF_AGES = tuple(
    said
    for which in (Field.AGE, Field.SEX_AGE, Field.BIRTH, Field.OF_AGE, Field.CONSENT)
    for said in SAID[which]
    if len(said) > 3
)
_LONGEST = sorted(_BY_WORDS, key=len, reverse=True)


def plain(title: str) -> str:
    """Return a header folded and without signs; what stands in brackets is an explanation.

    >>> plain("  Correo electrónico: ")
    'correo electronico'
    """
    without = re.sub(r"\([^)]*\)", " ", title) or title
    return _SIGNS.sub(" ", fold(without)).strip() or _SIGNS.sub(" ", fold(title)).strip()


def recognised(title: str) -> Field | None:
    """Return what a header says, as far as anybody can tell by its words; None for one that is not known."""
    words = plain(title)
    if not words:
        return None
    if PICTURES.search(words):
        return Field.LEFT_OUT
    if OF_CHILDREN.fullmatch(words) or (
        BY_SEX.fullmatch(words) and (young := YOUNG.search(title)) and int(young[1] or 17) < 18
    ):
        return Field.UNDER_AGE
    if "%" in title and _BY_WORDS.get(words) == Field.MARK:
        # «% asistencia» is reckoned from the marks beside it.
        return Field.LEFT_OUT
    if words in _BY_WORDS:
        return _BY_WORDS[words]
    if day_of_header(title) or NUMBERED.fullmatch(words):
        return Field.SESSION
    if (asked := ASKED.match(words)) and words[asked.end() :]:
        return recognised(words[asked.end() :])
    for said in _LONGEST:
        # A word of three letters or less begins too many others.
        if len(said) > 3 and words.startswith(f"{said} "):
            return _of_whom(_BY_WORDS[said], words[len(said) :])
    return _misspelt(words)


def _misspelt(words: str) -> Field | None:
    """Return what «Eddad» means: of what says whether somebody is a child, a slip of the hand leaves nothing out."""
    near = get_close_matches(words, OF_AGES, n=1, cutoff=0.85)
    return _BY_WORDS[near[0]] if near else None


def is_of_a_document(title: str) -> bool:
    """Say whether a column has numbers of identity papers: those are not even kept with the line."""
    words = plain(title)
    if "genero" in words:
        return False
    return words in DOCUMENTS or any(
        words.startswith(f"{word} ") or words.endswith(f" {word}") for word in DOCUMENTS
    )


def scale_of(title: str) -> int:
    """Return what the highest mark is by a header, as 10 of «Nota (sobre 10)»; 0 where it says nothing of it."""
    found = SCALE.search(fold(title))
    return int(found[1]) if found else 0


def is_known(title: str) -> bool:
    """Say whether these words are a header as they stand, strokes and all: «Hombre/Mujer», «Nombres/Apellidos»."""
    return plain(title) in _BY_WORDS


def _of_whom(which: Field, rest: str) -> Field | None:
    """Return what «nombre» says with what follows it: «… de la institución» is an institution, «… del jefe» nothing."""
    found = OF.match(rest)
    if which not in OWN or not found or OF_THE_PERSON.match(found[1]):
        return which
    meant = recognised(found[1])
    return meant if meant in {Field.INSTITUTION, Field.UNIT, Field.TITLE} and which == Field.GIVEN else None
