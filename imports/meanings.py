"""The words by which sheets say what Senda keeps as one of a few: a sex, a mark, a kind of work, a result."""

from __future__ import annotations

MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "n/a",
        "na",
        "n/d",
        "nd",
        "s/d",
        "sd",
        "ninguno",
        "ninguna",
        "no tiene",
        "no aplica",
        ".",
    }
)
# What stands in the place of an e-mail or telephone that somebody does not have.
NONE_GIVEN = frozenset(
    {
        *(
            "x",
            "xx",
            "xxx",
            "s/n",
            "sn",
            "s/c",
            "s/t",
            "no",
            "no usa",
            "no cuenta",
            "no cuenta con",
            "no hay",
        ),
        *(
            "sin correo",
            "sin correo electronico",
            "sin email",
            "no tiene correo",
            "no cuenta con correo",
            "no recuerda",
        ),
        *(
            "sin telefono",
            "sin celular",
            "sin numero",
            "no tiene telefono",
            "no cuenta con telefono",
            "none",
            "aucun",
        ),
    }
)
WOMAN, MAN, OTHER, UNSAID = "woman", "man", "other", "unsaid"
SEXES = {
    WOMAN: ("mujer", "femenino", "femenina", "fem", "f", "female", "woman", "femme", "mujeres"),
    MAN: ("hombre", "masculino", "masc", "varon", "male", "man", "homme", "hombres"),
    OTHER: ("otro", "otra", "otre", "no binario", "no binaria", "no binarie", "nb", "other", "lgbti"),
    UNSAID: ("prefiere no decir", "prefiero no decir", "no responde", "ns/nr", "unsaid"),
}
SEX = {word: sex for sex, words in SEXES.items() for word in words}
MARKS = {
    "present": (
        "p",
        "presente",
        "si",
        "x",
        "✓",
        "✔",
        "√",
        "1",
        "asistio",
        "present",
        "yes",
        "oui",
        "true",
        "verdadero",
    ),
    "absent": ("a", "ausente", "no", "0", "✗", "✘", "falta", "inasistencia", "absent", "false", "falso"),
    "excused": (
        "a/e",
        "ae",
        "ausente justificada",
        "ausente justificado",
        "justificada",
        "justificado",
        "excused",
    ),
    "late": ("t", "tarde", "retardo", "late"),
    "partial": ("pp", "parcial", "presencia parcial", "partial"),
    "withdrawn": ("r", "retirada", "retirado", "retiro", "withdrawn"),
    "dropped": ("de", "desercion", "deserto", "dropped"),
}
MARK = {word: mark for mark, words in MARKS.items() for word in words}
YES = frozenset(
    {
        *(
            "si",
            "yes",
            "oui",
            "x",
            "✓",
            "✔",
            "√",
            "1",
            "true",
            "verdadero",
            "ok",
            "vrai",
            "de acuerdo",
            "consiente",
        ),
        *(
            "acepto",
            "acepta",
            "acepte",
            "autorizo",
            "autoriza",
            "consiento",
            "agree",
            "agreed",
            "accept",
            "s",
            "y",
        ),
    }
)
NO = frozenset(
    {
        *("no", "non", "0", "✗", "✘", "false", "falso", "faux", "n", "nunca", "en desacuerdo"),
        *("rechaza", "rechazo", "rechazado", "disagree", "refuse", "refused", "niega"),
    }
)
PASSED = frozenset(
    {
        "si",
        "aprobado",
        "aprobada",
        "aprobo",
        "acreditado",
        "acreditada",
        "passed",
        "yes",
        "completo",
        "1",
        "true",
    }
)
FAILED = frozenset(
    {
        "no",
        "reprobado",
        "reprobada",
        "no aprobado",
        "no aprobada",
        "no acreditado",
        "failed",
        "incompleto",
        "0",
        "false",
    }
)
# How words begin, folded.
POSITIONS = {
    "health": (
        "medic",
        "doctor",
        "enferm",
        "odontolog",
        "farmac",
        "health",
        "nurse",
        "promotor de salud",
        "promotora de salud",
        "infirm",
    ),
    "psychosocial": (
        "psicolog",
        "psychol",
        "trabajo social",
        "trabajador social",
        "trabajadora social",
        "social work",
    ),
    "migration": ("migrac", "agente federal", "oficial de migracion", "consul", "proteccion consular"),
    "child_protection": ("ninez", "infancia", "procurador", "oficial de proteccion", "child"),
    "legal": ("abogad", "jurid", "legal", "defensor", "notari", "lawyer"),
    "shelter": ("albergue", "casa del migrante", "refugio", "hospedaje"),
    "community": ("promotor", "lider", "comite", "voluntari", "familiar", "comunitari"),
    "management": (
        "director",
        "coordinador",
        "jefe",
        "jefa",
        "gerente",
        "encargad",
        "administrador",
        "secretari",
    ),
}
