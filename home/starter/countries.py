"""The countries in which people may work, and the departments and states of the programme's four.

Codes: ISO 3166-1 and ISO 3166-2. Time zones: the IANA zone of the capital; a person's records carry the zone of
her country of work, so that an event near midnight falls on her own date.
"""

from __future__ import annotations

from typing import Any


def _country(es: str, en: str, fr: str, zone: str, position: int, *, ours: bool = False) -> dict[str, Any]:
    return {
        "name_es": es,
        "name_en": en,
        "name_fr": fr,
        "time_zone": zone,
        "in_programme": ours,
        "position": position,
    }


COUNTRIES = {
    "MX": _country("México", "Mexico", "Mexique", "America/Mexico_City", 1, ours=True),
    "GT": _country("Guatemala", "Guatemala", "Guatemala", "America/Guatemala", 2, ours=True),
    "HN": _country("Honduras", "Honduras", "Honduras", "America/Tegucigalpa", 3, ours=True),
    "SV": _country("El Salvador", "El Salvador", "Salvador", "America/El_Salvador", 4, ours=True),
    "BZ": _country("Belice", "Belize", "Belize", "America/Belize", 10),
    "CO": _country("Colombia", "Colombia", "Colombie", "America/Bogota", 10),
    "CR": _country("Costa Rica", "Costa Rica", "Costa Rica", "America/Costa_Rica", 10),
    "ES": _country("España", "Spain", "Espagne", "Europe/Madrid", 10),
    "FR": _country("Francia", "France", "France", "Europe/Paris", 10),
    "NI": _country("Nicaragua", "Nicaragua", "Nicaragua", "America/Managua", 10),
    "PA": _country("Panamá", "Panama", "Panama", "America/Panama", 10),
    "US": _country("Estados Unidos", "United States", "États-Unis", "America/New_York", 10),
}

_NAMES = {
    "MX": "AGU Aguascalientes,BCN Baja California,BCS Baja California Sur,CAM Campeche,CHP Chiapas,CHH Chihuahua,"
    "CMX Ciudad de México,COA Coahuila,COL Colima,DUR Durango,GUA Guanajuato,GRO Guerrero,HID Hidalgo,JAL Jalisco,"
    "MEX Estado de México,MIC Michoacán,MOR Morelos,NAY Nayarit,NLE Nuevo León,OAX Oaxaca,PUE Puebla,QUE Querétaro,"
    "ROO Quintana Roo,SLP San Luis Potosí,SIN Sinaloa,SON Sonora,TAB Tabasco,TAM Tamaulipas,TLA Tlaxcala,"
    "VER Veracruz,YUC Yucatán,ZAC Zacatecas",
    "GT": "AV Alta Verapaz,BV Baja Verapaz,CM Chimaltenango,CQ Chiquimula,PR El Progreso,ES Escuintla,GU Guatemala,"
    "HU Huehuetenango,IZ Izabal,JA Jalapa,JU Jutiapa,PE Petén,QZ Quetzaltenango,QC Quiché,RE Retalhuleu,"
    "SA Sacatepéquez,SM San Marcos,SR Santa Rosa,SO Sololá,SU Suchitepéquez,TO Totonicapán,ZA Zacapa",
    "HN": "AT Atlántida,CH Choluteca,CL Colón,CM Comayagua,CP Copán,CR Cortés,EP El Paraíso,FM Francisco Morazán,"
    "GD Gracias a Dios,IN Intibucá,IB Islas de la Bahía,LP La Paz,LE Lempira,OC Ocotepeque,OL Olancho,"
    "SB Santa Bárbara,VA Valle,YO Yoro",
    "SV": "AH Ahuachapán,CA Cabañas,CH Chalatenango,CU Cuscatlán,LI La Libertad,PA La Paz,UN La Unión,MO Morazán,"
    "SM San Miguel,SS San Salvador,SV San Vicente,SA Santa Ana,SO Sonsonate,US Usulután",
}

DIVISIONS = {
    f"{country}-{entry.split(' ', 1)[0]}": entry.split(" ", 1)[1]
    for country, names in _NAMES.items()
    for entry in names.split(",")
}
