"""Bruno facilitates one group: what does a sheet of his tell him of people who are in none of his?"""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Person, User
from imports.models import Import
from learning.services import enrol
from tests.factories.accounts import PersonFactory, UserFactory, country
from tests.imports.test_pages import bring, mapped, to

pytestmark = pytest.mark.django_db
STORED = "Carmen Guadalupe Ixcoy Tzunún"


@pytest.fixture
def carmen() -> User:
    person = PersonFactory(
        certificate_name=STORED, display_name=STORED, sex="woman", birth_year=1971, country=country("MX")
    )
    return UserFactory(person=person, email="carmen@example.org", last_login=None)


def told(bruno: Any, cohort: Any, callbacks: Any, *lines: str) -> str:
    """Return all that Bruno is told of a sheet: its page, its report, its rejected lines."""
    bring(bruno, cohort, *lines)
    batch = Import.objects.latest("pk")
    mapped(bruno, batch, callbacks)
    answers = [bruno.client.get(to(name, batch)) for name in ("show", "report")]
    rejected = b"".join(bruno.client.get(to("rejected", batch)).streaming_content)
    return "".join(answer.content.decode() for answer in answers) + rejected.decode("utf-8-sig")


def test_the_name_of_whoever_has_an_address_is_not_told(
    bruno: Any, cohort: Any, carmen: User, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    line = "Zoila Ramírez Pop;;carmen@example.org;;Hospital de Amina;MX\n"
    said = told(bruno, cohort, django_capture_on_commit_callbacks, line)
    assert "Alguien que ya está aquí" in said
    assert "Ixcoy" not in said


def test_what_is_kept_of_her_is_neither_told_nor_changed(
    bruno: Any, cohort: Any, carmen: User, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    line = f"{STORED};hombre;carmen@example.org;;Hospital de Amina;MX\n"
    said = told(bruno, cohort, django_capture_on_commit_callbacks, line)
    batch = Import.objects.latest("pk")
    assert batch.rows.get().verdict == "accepted"
    assert "se guarda otra cosa" not in said.lower()
    with django_capture_on_commit_callbacks(execute=True):
        bruno.client.post(to("apply", batch), {"of_age": "on"})
    assert Person.objects.get(pk=carmen.person_id).sex == "woman"


def test_of_his_own_learner_he_is_asked_by_name(
    bruno: Any, cohort: Any, carmen: User, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    enrol(person=carmen.person, course=cohort.course, cohort=cohort)
    line = "Zoila Ramírez Pop;;carmen@example.org;;Hospital de Amina;MX\n"
    assert "Ixcoy" in told(bruno, cohort, django_capture_on_commit_callbacks, line)
