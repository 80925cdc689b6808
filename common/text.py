"""Small questions about text: folding accents for comparison, and the mark of an unverified claim."""

import re
import unicodedata

# An editor's keyboard may put a non-breaking space between the words, or forget the colon: still a mark.
MARK = re.compile(r"\[\[\s*por\s+verificar\b(.*?)\]\]", re.IGNORECASE | re.DOTALL)
UNCLOSED_MARK = re.compile(r"\[\[\s*por\s+verificar\b", re.IGNORECASE)
_GAP_BEFORE_STOP = re.compile(r"[ \t\u00a0]+([.,;:!?])")
_SPACES = re.compile(r"[ \t]{2,}")


def fold(value: str) -> str:
    """Return `value` in lower case and without accents, for comparing what people type. «ñ» becomes «n»."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def has_unverified(value: str) -> bool:
    """Say whether a mark «[[por verificar: …]]» stands in `value`, closed or not."""
    return bool(UNCLOSED_MARK.search(value))


def without_unverified(value: str) -> str:
    """Return plain `value` as learners see it: marked claims are gone.

    A mark that was never closed hides everything behind it: showing too little is a nuisance, showing a claim
    that nobody confirmed is a harm.
    """
    if not has_unverified(value):
        return value
    kept = MARK.sub("", value)
    unclosed = UNCLOSED_MARK.search(kept)
    if unclosed:
        kept = kept[: unclosed.start()]
    return _SPACES.sub(" ", _GAP_BEFORE_STOP.sub(r"\1", kept)).strip()
