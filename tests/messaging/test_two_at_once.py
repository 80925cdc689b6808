"""Two workers take the same task, two presses send the same message: one mail goes, one message is kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from learning.models import Cohort
from messaging.models import Delivery, Message, State, To
from messaging.sending import send
from messaging.writing import write_message
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.courses import make_course
from tests.factories.learning import enrol, group_of
from tests.learning.test_two_at_once import at_once
from tests.messaging.conftest import SAID

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(transactional_db: None) -> Cohort:
    small = make_course(lessons=1, quiz=False)
    cohort = group_of(small, facilitator=PersonFactory(display_name="Bruno"))
    enrol(UserFactory(email="amina@senda.example").person, small, cohort=cohort)
    return cohort


def test_two_workers_and_two_presses(group: Cohort, office: Any) -> None:
    key, bruno = uuid4(), group.facilitators.get()
    written = at_once(
        lambda: write_message(cohort=group, to=To.COHORT, texts=[SAID], by=bruno, key=key), times=3
    )
    assert {row.pk for row in written} == {Message.objects.get().pk}
    assert len(office.mails) == 1
    Delivery.objects.update(state=State.QUEUED)
    answers = at_once(lambda: send(Delivery, Delivery.objects.get().pk), times=4)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert len(office.mails) == 2
