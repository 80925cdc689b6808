"""The published rule of minutes."""


def quiz_minutes(items: int) -> int:
    """Return the nominal minutes of a quiz of `items` questions: two each, rounded up to five."""
    return -(-items * 2 // 5) * 5
