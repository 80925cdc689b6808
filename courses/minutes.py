"""Answers how many minutes an activity counts, by the published rule (docs/rules/minutes.md)."""

from dataclasses import dataclass

WORDS_A_MINUTE = 150
CHECK_MINUTES = 2
DECISION_MINUTES = 4
SELF_CHECK_MINUTES = 5
REFLECTION_MINUTES = 5
QUIZ_ITEM_MINUTES = 2
STEP = 5


@dataclass(frozen=True)
class Measure:
    """What an activity asks for: words to read, things to do, seconds to listen or watch."""

    words: int = 0
    checks: int = 0
    decisions: int = 0
    self_checks: int = 0
    reflections: int = 0
    quiz_items: int = 0
    seconds: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(*(mine + theirs for mine, theirs in zip(self._counts(), other._counts(), strict=True)))

    def _counts(self) -> tuple[int, ...]:
        doing = (self.checks, self.decisions, self.self_checks, self.reflections, self.quiz_items)
        return (self.words, *doing, self.seconds)


def minutes(measure: Measure) -> int:
    """Return the minutes of an activity, rounded up to five; nothing to do is no minutes."""
    return rounded(units(measure))


def rounded(units: int) -> int:
    """Return whole minutes, rounded up to five, of so many parts of 1/150 minute."""
    return -(-units // (STEP * WORDS_A_MINUTE)) * STEP


def units(measure: Measure) -> int:
    """Return what is asked for in whole parts of 1/150 minute, so that no rounding of fractions can tip a five:
    600 words are four minutes and make five; 600 words with one knowledge check are six and make ten.
    """
    doing = (
        measure.checks * CHECK_MINUTES
        + measure.decisions * DECISION_MINUTES
        + measure.self_checks * SELF_CHECK_MINUTES
        + measure.reflections * REFLECTION_MINUTES
        + measure.quiz_items * QUIZ_ITEM_MINUTES
    )
    return measure.words + doing * WORDS_A_MINUTE + -(-measure.seconds * WORDS_A_MINUTE // 60)
