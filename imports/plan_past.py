"""Plans a training of before: which it was, and whether the same is kept of her already."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common.text import fold
from imports.lines import Line
from imports.models import PastParticipation
from imports.who import Who
from imports.words import KEEP, REASONS, REMEDIES, TAKE, Why, choice

if TYPE_CHECKING:
    from imports.plan_people import Knowledge
    from imports.planning import Planner

TITLE_AT_MOST = 200


def learn(known: Knowledge, people: set[int]) -> None:
    """Ask for the former trainings of people: one query."""
    rows = PastParticipation.objects.filter(person__canonical__in=people, withdrawn_at__isnull=True)
    for row in rows.select_related("training", "person"):
        human = row.person.canonical_id or row.person_id
        known.past.setdefault(human, {})[key_of(row.training)] = row


def key_of(training: Any) -> tuple[str, str, str]:
    """Return by what a training of before is known again."""
    return training.folded_title, training.starts_on.isoformat(), training.ends_on.isoformat()


def plan(planner: Planner, line: Line, who: Who, known: Knowledge) -> dict[str, Any]:
    """Return the entry that a line would make."""
    past = line.past
    title = " ".join(str(past.get("title") or planner.defaults.get("title", "")).split())
    starts = past.get("from") or past.get("on")
    ends = past.get("to") or starts
    problem = _problem(planner, title, starts, ends)
    if problem or starts is None or ends is None:
        problem = problem or Why.NO_DATE
        line.refuse(REASONS[problem], REMEDIES[problem], "title" if problem == Why.NO_TITLE else "on", title)
        return {}
    entry = {
        "title": title,
        "folded": fold(title)[:TITLE_AT_MOST],
        "from": starts.isoformat(),
        "to": ends.isoformat(),
        "hours": _number(past.get("hours")),
        "place": str(past.get("place") or "")[:TITLE_AT_MOST],
        "trainer": str(past.get("trainer") or "")[:TITLE_AT_MOST],
        "mark": _number(past.get("mark")),
        "result": str(past.get("result") or "")[:40],
    }
    if _told_before(planner, line, who, entry):
        return {"past": None}
    standing = known.past.get(who.pk or 0, {}).get((entry["folded"], entry["from"], entry["to"]))
    return {"past": entry if standing is None else _over(planner, line, standing, entry)}


def _told_before(planner: Planner, line: Line, who: Who, entry: dict[str, Any]) -> bool:
    """Say whether an earlier line of the sheet says the very same of her."""
    whose = str(who.pk or who.ref or line.ref)
    said = (whose, *(str(entry[name]) for name in ("folded", "from", "to", "mark", "result")))
    before = said in planner.past_said
    planner.past_said.add(said)
    return before


def _problem(planner: Planner, title: str, starts: Any, ends: Any) -> Why | None:
    if not title:
        return Why.NO_TITLE
    if len(title) > TITLE_AT_MOST:
        return Why.TOO_LONG
    if starts is None:
        return Why.NO_DATE
    if ends < starts:
        return Why.DATES_TURNED
    return Why.FUTURE if starts > planner.at.date() else None


def _over(
    planner: Planner, line: Line, standing: PastParticipation, entry: dict[str, Any]
) -> dict[str, Any] | None:
    mark = _number(standing.mark)
    differs = (entry["mark"] not in {None, mark}) or (entry["result"] not in {"", standing.result})
    if not differs:
        return None
    question = f"past:{line.identity()[:16]}:{entry['folded'][:40]}:{entry['from']}"
    answer = planner.answers.get(question, "")
    if answer == TAKE:
        return {**entry, "over": standing.pk}
    if answer != KEEP:
        why = Why.OTHER_RESULT
        choices = [choice(KEEP), choice(TAKE)]
        said = entry["mark"] if entry["mark"] is not None else entry["result"]
        line.ask(question, REASONS[why], REMEDIES[why], choices, of="mark", value=said)
    return None


def _number(value: Any) -> str | None:
    return None if value in {None, ""} else str(Decimal(str(value)).normalize().quantize(Decimal("0.01")))
