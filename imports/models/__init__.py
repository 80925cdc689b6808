"""Keeps what this room knows: imports with their lines, remembered columns, trainings of before."""

from imports.models.historic import PastParticipation, PastTraining
from imports.models.importing import (
    UNFINISHED,
    Import,
    ImportKind,
    ImportState,
    RememberedMapping,
    StagedRow,
    Verdict,
    private_storage,
)

__all__ = [
    "UNFINISHED",
    "Import",
    "ImportKind",
    "ImportState",
    "PastParticipation",
    "PastTraining",
    "RememberedMapping",
    "StagedRow",
    "Verdict",
    "private_storage",
]
