"""Makes lists as institutions send them, that are in order: whoever is on them has to arrive, and nobody else."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from tests.imports.strange import lines, saved


def a_ministrys_list() -> bytes:
    """Letterhead over the whole width, merged header, groups by hospital, a hidden line, totals and signatures."""
    made = Workbook()
    sheet = made.active
    sheet.title = "Participantes"
    for title in ("MINISTERIO DE PRUEBA", "LISTA DE PARTICIPANTES", "Tapachula, 12 y 13 de marzo de 2026"):
        sheet.append([title])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=8)
    sheet.append(
        ["No.", "Nombre y apellidos", "Sexo (F/M)", "Edad", "Cargo", "Institución", "Teléfono", "Firma"]
    )
    sheet.append(["HOSPITAL REGIONAL DE PRUEBA"])
    sheet.merge_cells("A5:H5")
    sheet.append([1, "AJÚ SIS, ROSA MARÍA ", "F", 41, "MÉDICA", "Hospital Regional", 55551234, None])
    sheet.append([2, "tzoc  pérez, luis", "M", 30, "Enfermero", "Hospital Regional", "5555-4321", None])
    sheet.append(["CENTRO DE SALUD DE PRUEBA"])
    sheet.merge_cells("A8:H8")
    sheet.append([3, "Núñez de la O, Íngrid", "F", 28, "Psicóloga", "Centro de Salud", None, None])
    sheet.append([4, "Oculta López, Ana", "F", 50, "Trabajadora social", "Centro de Salud", None, None])
    sheet.row_dimensions[10].hidden = True
    sheet.append([5])
    sheet.append([None, "Mujeres", 3])
    sheet.append([None, "TOTAL", "=SUM(C12:C12)"])
    sheet.append([])
    sheet.append([None, "______________________", None, None, "______________________"])
    sheet.append([None, "Dra. Beatriz Solís", None, None, "Lic. Carlos Mejía"])
    sheet.append([None, "Capacitadora", None, None, "Responsable"])
    return saved(made)


MINISTRY_NAMES = ["Rosa María Ajú Sis", "Luis Tzoc Pérez", "Íngrid Núñez de la O", "Ana Oculta López"]


def attendance_of_two_rows() -> bytes:
    """The days stand below «Asistencia», which is one cell over all of them."""
    made = Workbook()
    sheet = made.active
    sheet.append(["No.", "Nombres", "Apellidos", "Asistencia", None, None, "Observaciones"])
    sheet.append([None, None, None, dt.date(2026, 3, 12), "13-mar-26", "14 de marzo de 2026"])
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"):
        sheet.merge_cells(merged)
    sheet.append([1, "ROSA MARÍA", "DE LA CRUZ AJÚ", "P", "A/E", "PP 90"])
    sheet.append([2, "Luis", "Tzoc", "T", "R", "DE"])
    return saved(made)


def of_kobo() -> bytes:
    """An export of KoboToolbox: groups before the names, semicolons, what the telephone added at both ends."""
    return lines(
        [
            "start",
            "end",
            "datos/nombres",
            "datos/apellidos",
            "datos/sexo",
            "trabajo/institucion",
            "_id",
            "_uuid",
        ],
        ["2026-03-12T09:00", "2026-03-12T09:05", "Rosa", "Ajú", "mujer", '"Clínica; turno A"', 1, "a-b"],
        ["2026-03-12T09:07", "2026-03-12T09:09", "Luis", "Tzoc", "hombre", "Hospital", 2, "c-d"],
        mark=";",
    ).encode("utf-8-sig")


def of_windows() -> bytes:
    """What Excel in Spanish saves as «CSV delimitado por comas»: Windows-1252, semicolons, H and M."""
    return lines(
        ["NOMBRES", "APELLIDOS", "H/M", "INSTITUCIÓN"],
        ["ÍNGRID", "ÑÁÑEZ", "M", "Clínica Niño Jesús"],
        ["JOSÉ", "NÚÑEZ", "H", "Clínica Niño Jesús"],
        mark=";",
    ).encode("cp1252")
