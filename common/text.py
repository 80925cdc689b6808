"""Small questions about text: folding accents for comparison, and the mark of an unverified claim."""

import re
import unicodedata
from dataclasses import dataclass

# An editor's keyboard may put a non-breaking space between the words, or forget the colon: still a mark.
MARK = re.compile(r"\[\[\s*por\s+verificar\b(.*?)\]\](?!\])", re.IGNORECASE | re.DOTALL)
UNCLOSED_MARK = re.compile(r"\[\[\s*por\s+verificar\b", re.IGNORECASE)
_GAP_BEFORE_STOP = re.compile(r"[ \t\u00a0]+([.,;:!?])")
_SPACES = re.compile(r"[ \t]{2,}")


def fold(value: str) -> str:
    """Return `value` in lower case and without accents, for comparing what people type. «ñ» becomes «n»."""
    if value.isascii():
        # What folding asks a thousand times over in a long list.
        return value.lower()
    # Taking signs apart may bring capitals to light again: «℠» is «SM».
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value.casefold()).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def has_unverified(value: str) -> bool:
    """Say whether a mark «[[por verificar: …]]» stands in `value`, closed or not."""
    return bool(UNCLOSED_MARK.search(value))


@dataclass(frozen=True)
class Span:
    """A marked stretch of a text: where it begins and ends, and whether it was closed in good order there."""

    start: int
    end: int
    closed: bool


def spans(value: str) -> list[Span]:
    """Return the marked stretches of plain `value`.

    One that is never closed, or that holds another pair of brackets, reaches to the end: nobody can tell where its
    author meant it to end.
    """
    found: list[Span] = []
    for match in MARK.finditer(value):
        if "[[" in match[1]:
            return [*found, Span(match.start(), len(value), False)]
        found.append(Span(match.start(), match.end(), True))
    unclosed = UNCLOSED_MARK.search(value, found[-1].end if found else 0)
    return [*found, Span(unclosed.start(), len(value), False)] if unclosed else found


def has_open_mark(value: str) -> bool:
    """Say whether a mark in plain `value` is not closed, or holds another one."""
    return any(not span.closed for span in spans(value))


def without_unverified(value: str) -> str:
    """Return plain `value` as learners see it: marked claims are gone.

    A mark that was never closed hides everything behind it: showing too little is a nuisance, showing a claim
    that nobody confirmed is a harm.
    """
    if not has_unverified(value):
        return value
    kept, at = "", 0
    for span in spans(value):
        kept, at = kept + value[at : span.start], span.end
    kept += value[at:]
    return _SPACES.sub(" ", _GAP_BEFORE_STOP.sub(r"\1", kept)).strip()
