"""How true and false are said, where another program knows no more than these two."""

from __future__ import annotations

from assessments.exchange.items import ItemChoice

WORDS_OF = {"es": ("Verdadero", "Falso"), "en": ("True", "False"), "fr": ("Vrai", "Faux")}


def language_of(choices: list[ItemChoice]) -> str:
    """Return the language in which two choices say true and false, in either order; nothing where they say it else."""
    said = {choice.text for choice in choices}
    return next((code for code, words in WORDS_OF.items() if said == set(words)), "")
