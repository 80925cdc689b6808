"""Knows what stands in the column of names and is nobody's: places kept free, duties, headings, feet, trials.

Every word of «Enlace Regional» or «Por confirmar» is one that no name is made of; «Sara Rivera (faltó)» is a name
beside which something stands that somebody has to look at.
"""

from __future__ import annotations

import re
from itertools import pairwise

from accounts.names import words_of
from common.text import fold

# How the heading of a group begins, that stands among people and is none.
PLACES = re.compile(
    r"(?:hospital|clinica|ministerio|instituto|centro de|albergue|unidad de|departamento de|secretaria de|grupo|region"
    r"|direccion (?:general|de)|capacitador|facilitador|total|firma)(?: |s?$)"
)
# How places kept free, feet and headings of lists begin.
# Nobody's name, whatever follows: bodies, kin that is not named, meals, days, answers.
BODIES = re.compile(
    r"(?:familia|hij[oa]s? de|bebe|acompanantes?|espos[oa] de|mama de|papa de|madre de|padre de|chofer|conductor"
    r"|policia|cruz roja|unicef|oim|acnur|casa (?:del?|de las?|de los|hogar)|alcaldia|aldea (?:el|la|los|las|san)"
    r"|receso|almuerzo|refrigerio|desayuno|comida|viene de|pasa a|lunes|martes|miercoles|jueves|viernes|sabado"
    r"|dia (?:uno|dos|tres|cuatro|cinco)|sobreviviente|victima|n\.? ?n\.?|sin (?:dato|apellido|informacion)"
    r"|no (?:contesto|quiso|sabe|responde|dio|tiene|identificad[oa])|prefiere no|desconocid[oa]|organizacion"
    r"|asociacion|fundacion|colectivo|iglesia|parroquia|escuela|universidad|juzgado|procuraduria|fiscalia|consulado"
    r"|subdireccion|oficina|comision|consejo|pastoral|medicos (?:del|sin)|municipio de)(?:[ :.,]|$)"
)
BEGINNINGS = re.compile(
    r"(?:vacante|pendiente|sin nombre|sin asignar|por definir|por confirmar|anonim[oa]|x{2,}|atentamente"
    r"|sin otro particular|recibi|turno|jurisdiccion|lista de|no asisti\w*|invitad[oa]s|equipo|personal (?:medico|de)"
    r"|suman?|porcentaje|asistencias?|faltas|mujeres|hombres|elaboro|reviso|autorizo|vo\.? ?bo|c\.? ?c\.?p?"
    r"|jef[ea] de|coordinadora? de|encargad[oa] de|observaciones|(?:fulan|sutan|zutan|mengan|perengan)[oa])(?:[ :.,]|$)"
)
FREE = "cupo cupos disponible disponibles reservado reservada lugar lugares espacio libre vacante vacio pendiente"
OPEN = "por confirmar definir asignar designar nombrar sin asignado asignada to be confirmed tbc tbd determined nadie"
DUTIES = (
    "titular suplente director directora subdirector subdirectora jefe jefa coordinador coordinadora coordinacion"
    " encargado encargada responsable enlace representante delegado delegada oficial agente tecnico tecnica asistente"
    " auxiliar secretario secretaria enfermero enfermera enfermeria medico medica doctor doctora psicologo psicologa"
    " psicologia trabajador trabajadora trabajo promotor promotora voluntario voluntaria abogado abogada licenciado"
    " licenciada personal equipo grupo participante participantes persona invitado invitada ponente facilitador"
    " facilitadora capacitador capacitadora docente docentes usuario usuaria staff alumno alumna focal punto"
)
OF_DUTIES = (
    "regional departamental municipal estatal nacional local general social operativo operativa administrativo"
    " administrativa clinico clinica comunitario comunitaria turno area unidad hospital ministerio instituto salud"
    " migracion programa proyecto oficina sede nombre apellido apellidos nombres completo otro otra otros varios nuevo"
    " nueva ingreso numero adjunto adjunta interino interina comite brigada ninguno ninguna"
)
NUMBERS = "un uno una dos tres cuatro cinco seis siete ocho nueve diez primero primera tercero tercera cuarto"
TRIALS = "test prueba pruebas demo ejemplo ensayo dummy borrar asdf qwerty"
SMALL = "de del la el los las y e en a al o i ii iii iv vi c b"
OF_NO_NAME = frozenset(" ".join((FREE, OPEN, DUTIES, OF_DUTIES, NUMBERS, TRIALS, SMALL)).split())
# What somebody wrote beside a name, of whoever is no longer meant.
BESIDE = frozenset(
    (
        "baja bajas falto ausente renuncio renunciado retirado retirada retiro desertor desertora desercion"
        " cancelo cancelado cancelada rechazo rechazado rechazada licencia incapacidad vacaciones permiso suspendido"
        " suspendida sustituye sustituto sustituta reemplazo reemplaza suplente pendiente duplicado duplicada repetido"
        f" repetida inasistente desistio justifico fallecio fallecido fallecida {TRIALS}"
    ).split()
)


def begins_as_nobody(said: str) -> bool:
    """Say whether a name, or a part of it, begins as places, headings and feet do."""
    words = fold(said)
    return bool(BEGINNINGS.match(words) or PLACES.match(words) or BODIES.match(words))


def is_nobody(name: str) -> bool:
    """Say whether a whole name is nobody's. Of its parts nothing is told so: «De la O» is a family."""
    return begins_as_nobody(name) or OF_NO_NAME.issuperset(words_of(name))


def are_two(written: str) -> bool:
    """Say whether two people may stand there: «Juan Sosa y María Gómez»; a line break in the cell is one more."""
    parts = re.split(r" (?:y|e|and|et) |[\n\r]+|&", fold(written))
    return len(parts) > 1 and all(len(words_of(part)) > 1 for part in parts)


def are_listed(written: str) -> bool:
    """Say whether a comma stands between what may be two whole names: «Ana López, Luis Díaz»."""
    parts = written.split(",")
    return len(parts) > 1 and all(len(words_of(part)) > 1 for part in parts)


def says_more(written: str) -> bool:
    """Say whether something stands beside a name that nobody is called: «(faltó)», «BAJA», «no asistió»."""
    words = words_of(written)
    return (
        are_two(written)
        or not BESIDE.isdisjoint(words)
        or any(word == "no" and after.startswith("asisti") for word, after in pairwise(words))
    )
