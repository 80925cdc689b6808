"""Counts how often an enrolment was moved to another version: PostgreSQL itself writes down each move.

Looking at the rows afterwards would not do: whoever was moved twice stands where she would after one move.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

WRITES_DOWN = """
CREATE TABLE bench_move (enrolment_id bigint NOT NULL, version_id bigint NOT NULL);
CREATE FUNCTION bench_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_move VALUES (NEW.id, NEW.version_id);
    RETURN NULL;
END $$;
CREATE TRIGGER bench_moves AFTER UPDATE OF version_id ON learning_enrolment
    FOR EACH ROW EXECUTE FUNCTION bench_moved();
"""


def write_down() -> None:
    """Let the measured database count from now on; it goes with the database."""
    with connection.cursor() as cursor:
        cursor.execute(WRITES_DOWN)


def counted() -> dict[int, tuple[int, int]]:
    """Return of each enrolment that was written a version how often, and how many different ones."""
    statement = (
        "SELECT enrolment_id, count(*), count(DISTINCT version_id) FROM bench_move GROUP BY enrolment_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {pk: (times, versions) for pk, times, versions in cursor.fetchall()}


def judged(moved: Mapping[int, tuple[int, int]], *, followers: set[int], releases: int) -> tuple[int, int]:
    """Return how many followed each release exactly once, and how many did not.

    Example: after two releases (2, 2) is right, (3, 2) was moved twice by one of them, and (1, 1) missed one.
    """
    once = {pk for pk in followers if moved.get(pk) == (releases, releases)}
    return len(once), len(followers - once)
