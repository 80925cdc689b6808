"""Bruno's group with Amina in it, and a mail server that does as it is told."""

from __future__ import annotations

import pytest

from accounts.models import Person
from messaging.frames import Text
from messaging.models import Delivery, To
from messaging.writing import write_message
from tests.factories.courses import committed
from tests.factories.learning import enrol
from tests.messaging.post_office import open_office

SAID = Text("es", "Nos vemos el martes", "Traigan su cuaderno.")


@pytest.fixture
def office(settings):
    with open_office(settings) as server:
        yield server


@pytest.fixture
def learns(cohort):
    """Enrol somebody in Bruno's group."""

    def put(person: Person, **more):
        return enrol(person, cohort.course, cohort=cohort, **more)

    return put


@pytest.fixture
def say(cohort, bruno):
    """Let Bruno write, commit included."""

    def written(to=To.COHORT, *, texts=(SAID,), **more):
        with committed():
            return write_message(
                cohort=cohort, to=to, texts=list(texts), by=more.pop("by", bruno.person), **more
            )

    return written


def states(message) -> dict[str, str]:
    """Return how a message stands with each, by name."""
    rows = Delivery.objects.filter(message=message).select_related("person")
    return {str(row.person): str(row.state) for row in rows}
