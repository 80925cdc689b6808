"""Says what a profile still lacks before a course can be completed. Pure: plain values in, reasons out."""

from enum import StrEnum


class Missing(StrEnum):
    """A field that the certificate or the reports need."""

    CERTIFICATE_NAME = "certificate_name"
    SEX = "sex"
    AGE_BAND = "age_band"
    POSITION = "position"


def missing(*, certificate_name: str, sex: str, age_band: str, position: str) -> list[Missing]:
    """Return what lacks, in the order of the profile's fields.

    «Prefiero no decir» is an answer: who gives it lacks nothing.
    """
    given = {
        Missing.CERTIFICATE_NAME: certificate_name.strip(),
        Missing.SEX: sex,
        Missing.AGE_BAND: age_band,
        Missing.POSITION: position,
    }
    return [reason for reason, value in given.items() if not value]
