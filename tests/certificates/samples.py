"""Contents of certificates for tests and benchmark: Amina's, and those that try the sheet's patience."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from certificates import codes
from certificates.content import CertificateContent, Picture, Signatory

AT = datetime(2026, 8, 30, 16, 5, tzinfo=UTC)

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 44"><circle cx="22" cy="22" r="19"
fill="none" stroke="#0b4f4a" stroke-width="3"/><path d="M22 10v24M10 22h24"
stroke="#0b4f4a" stroke-width="5"/>
<path d="M54 15h70M54 25h52M54 34h62" stroke="#3b4b48" stroke-width="4"/></svg>"""
SECOND_LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><path
d="M30 4l24 12v20L30 56 6 36V16z"
fill="none" stroke="#674006" stroke-width="4"/><path d="M18 30l9 9 16-18" fill="none" stroke="#674006"
stroke-width="5"/></svg>"""
SIGNATURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 46"><path
d="M6 34c10-26 20-34 22-26S14 42 20 40
s16-24 20-22-8 20 0 18 10-16 16-16-4 16 4 14 12-14 18-12-2 12 6 10 20-10 46-16" fill="none" stroke="#12211f"
stroke-width="1.8" stroke-linecap="round"/></svg>"""
OTHER_SIGNATURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 46"><path
d="M10 12c20-6 40-4 34 10S14 40 22 28 60 8 64 18s-14 22-4 20 16-22 24-20-6 16 4 16 18-18 44-22
M8 42c40-4 80-4 110-8" fill="none" stroke="#12211f"
stroke-width="1.8" stroke-linecap="round"/></svg>"""

FILES = {
    "logos/one.svg": LOGO,
    "logos/two.svg": SECOND_LOGO,
    "signatures/ana.svg": SIGNATURE,
    "signatures/inigo.svg": OTHER_SIGNATURE,
}


def read_picture(path: str) -> bytes:
    """Return a stored picture; what is not there raises OSError, as a storage does."""
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


def picture(path: str, alt: str) -> Picture:
    return Picture.of(FILES[path], path=path, alt=alt)


CODE = "4F7K-29QX-M3TD-8WVA-PHA" + codes.check_character("4F7K29QXM3TD8WVAPHA")

AMINA = CertificateContent(
    language="es",
    kind="Constancia de aprobación",
    platform="Senda",
    organisation="Médicos del Mundo",
    holder="Amina Xol Caal",
    statement="terminó las lecciones, el caso y la prueba final del curso",
    course_title="Primeros auxilios psicológicos",
    hours="6 horas",
    issued="30 de agosto de 2026",
    code=CODE,
    verify_url=f"https://senda.example/v/{CODE}",
    verify_label="Compruébala en",
    verify_address="senda.example/v",
    qr_alt=f"Código QR que lleva a la página de verificación de la constancia {CODE}",
    course_code="PAP-01",
    version="versión 2",
    modality="a distancia",
    completed="del 3 al 28 de agosto de 2026",
    place="Tapachula, Chiapas",
    validity="Válida hasta el 30 de agosto de 2028",
    objectives_title="Quien la recibe puede",
    objectives=(
        "Reconocer las reacciones más comunes después de un hecho que rebasa a una persona.",
        "Aplicar los tres pasos —observar, escuchar, conectar— en un encuentro de diez minutos.",
        "Distinguir lo que ayuda de lo que daña al hablar con alguien en crisis.",
        "Referir a otro servicio con un plan por escrito y el consentimiento de la persona.",
        "Planear el propio cuidado después de una jornada difícil.",
    ),
    activities_title="Incluye",
    activities=("8 lecciones", "2 casos", "prueba final"),
    signatories=(
        Signatory(
            "Ana Lucía Xol Caal",
            "Facilitadora del curso",
            picture("signatures/ana.svg", "Firma de Ana Lucía Xol Caal"),
        ),
        Signatory(
            "Íñigo Peñaranda Güemes",
            "Coordinación regional",
            picture("signatures/inigo.svg", "Firma de Íñigo Peñaranda Güemes"),
        ),
    ),
)

LONG_TITLE = "Niñas, niños y adolescentes no acompañados: acogida, interés superior y rutas de protección"
NAME_60 = "María Guadalupe de los Ángeles Xicoténcatl-Hernández y Ordóñez"
NAME_90 = "María Guadalupe de los Ángeles Concepción Xicoténcatl-Hernández y Ordóñez viuda de Tzunún Ak’abal"
NAME_140 = (
    "María Guadalupe de los Ángeles Concepción Inmaculada Xicoténcatl-Hernández y Ordóñez de la Trinidad "
    "Sánchez viuda de Tzunún Ak’abal B’alam Q’anïl"
)
TWELVE = tuple(
    f"{words} ({number} de 12)."
    for number, words in enumerate((*AMINA.objectives, *AMINA.objectives, *AMINA.objectives[:2]), 1)
)

FULL = replace(
    AMINA,
    holder=NAME_140,
    course_title=LONG_TITLE,
    objectives=TWELVE,
    logos=(
        picture("logos/one.svg", "Secretaría de Salud"),
        picture("logos/two.svg", "Red de casas"),
        picture("logos/one.svg", "Cooperación"),
    ),
)
