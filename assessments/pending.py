"""Keeps an answer that was sent after the session had ended, until its owner signs in again.

The answer waits in the fresh anonymous session of that browser, under the attempt's key. At sign-in it is saved only
if the attempt belongs to the person who signs in; on a shared phone another person's answer is dropped unread.
Only what the attempt really asks is kept, so that nobody fills the session table with inventions.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts.models import Person
from assessments import services
from assessments.marking import AttemptRefused
from assessments.models import Attempt
from common.clock import now

SESSION_KEY = "pending_answers"
KEPT_FOR = dt.timedelta(hours=2)


def keep(*, request: HttpRequest, attempt_key: uuid.UUID, n: int, chosen: Collection[str]) -> bool:
    """Put the answer to question `n` aside; False when no open attempt asks this, or nothing was chosen."""
    attempt = Attempt.objects.open().filter(key=attempt_key).select_related("version").first()
    questions = attempt.quiz.questions if attempt else ()
    if not chosen or not 1 <= n <= len(questions):
        return False
    question = questions[n - 1]
    try:
        keys = services.allowed_choices(question, chosen)
    except AttemptRefused:
        return False
    place = f"{attempt_key}/{question.key}"
    waiting = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {**waiting, place: {"chosen": keys, "at": now().isoformat()}}
    return True


def settle(*, request: HttpRequest | None, person: Person) -> int:
    """Save what waits in the session and belongs to `person`; forget the rest. Returns how many were saved."""
    if request is None or SESSION_KEY not in request.session:
        return 0
    waiting = request.session.pop(SESSION_KEY)
    saved = sum(_save(person, place, entry) for place, entry in waiting.items())
    if saved:
        words = ngettext(
            "The answer that you gave before signing in is saved.",
            "The %(count)d answers that you gave before signing in are saved.",
            saved,
        )
        messages.success(request, words % {"count": saved}, fail_silently=True)
    return saved


def _save(person: Person, place: str, entry: dict[str, Any]) -> bool:
    attempt_key, question_key = (uuid.UUID(part) for part in place.split("/"))
    at = dt.datetime.fromisoformat(entry["at"])
    attempt = Attempt.objects.of(person).filter(key=attempt_key).select_related("version").first()
    if attempt is None or now() - at > KEPT_FOR:
        return False
    try:
        services.save_answer(attempt=attempt, question_key=question_key, chosen=entry["chosen"], at=at)
    except AttemptRefused:
        return False
    return True
