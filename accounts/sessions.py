"""Keeps sessions in the database as Django does, and reads one by a question that was written before."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from common.prepared import NAMES, Prepared


def _of_key(key: str) -> Any:
    return Session.objects.filter(session_key=key).values_list("session_data", "expire_date")


KEPT = Prepared(_of_key, NAMES[0])


class SessionStore(db.SessionStore):
    """Django's store: the same table, the same words in it."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing when it is not there or past its day."""
        for data, until in KEPT.rows(str(self.session_key)):
            if until > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}
