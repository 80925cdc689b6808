"""Does the log of advice refuse what tells who somebody is, and take what teams write?"""

import pytest

from institutions.anonymous import Tells, tells

TOLD = {
    Tells.EMAIL: ["Escribir a ana@hospital.mx", "ana (at) hospital.mx", "ana arroba hospital"],
    Tells.ADDRESS: ["Ver https://facebook.com/ana", "En t.me/ana", "Seguir a @anaperez"],
    Tells.PHONE: ["Llamar al 962 123 45", "Tel. 2222-3333", "+504 9999 8888", "(962) 1 23 45 67"],
    Tells.DOCUMENT: [
        "DPI 2345 67890 0101",
        "DUI 01234567-8",
        "CURP GOMA800101MDFRRN09",
        "DNI 0801-1990-12345",
    ],
    Tells.CASE: [
        "Revisamos el caso 45",
        "Expediente núm. 12/2026",
        "Folio: 9".replace(":", ""),
        "exp. 7",
        "Hablar con la señora del cuarto 4 que intentó quitarse la vida",
        "Acompañar al joven que llegó ayer",
        "una mujer que fue agredida en el tren",
        "Dar seguimiento a un niño de 8 años",
        "La PACIENTE que se fue sin alta",
    ],
    Tells.NAME: [
        "Acordado con María Pérez",
        "La Dra. Gómez enviará el plan",
        "Una usuaria llamada Rosa pidió ayuda",
        "con José de la Cruz en el albergue",
        "Don Ramón avisará",
        "la paciente se llama Xóchitl",
        "Caso de Juan, 14 años",
        "Hablar con maría lópez",
        "CITAR A PETRONA Y A MARIO",
        "familia Quiej Tzoc retornada ayer",
        "acompañar a la hija de Yamileth",
        "Se revisó con la viuda de Tecún",
    ],
}
FINE = [
    "",
    "Se trabajó con el equipo de urgencias",
    "Acordar la ruta con la Secretaría de Salud y el DIF estatal",
    "Reunión en San José Pinula, Santa Ana y Ciudad Hidalgo",
    "Taller en El Salvador y Guatemala el 12/05/2026 de 9:00 a 11:30",
    "Plan 2026-2027: 35 personas, 12 horas, 3 turnos",
    "Proyecto ECHO 2026",
    "Marco legal, norma técnica y tomas de muestra en julio, en santa ana y san pedro sula",
    "Casos prácticos del manual, sin datos de personas",
    "Ruta para niñas y niños que llegan solos, y para mujeres que viajan con hijos",
    "La persona que facilita avisa al albergue; el equipo de la señora directora prepara la sala",
    "Ley de la familia, escuela para la familia y Casa de la Mujer",
    "Familia y comunidad; hijos de Guatemala; familias de migrantes con la Familia en El Salvador",
    "Qué hacer cuando un menor llega solo o una mujer está embarazada",
    "Validar el protocolo de niñez con la Procuraduría de Protección",
]


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, texts in TOLD.items() for text in texts])
def test_what_tells_of_somebody_is_found(what, text):
    assert tells(text) == what


@pytest.mark.parametrize("text", FINE)
def test_what_teams_write_is_taken(text):
    assert tells(text) is None
