"""What a learner takes away of her courses, and what is forgotten when she asks for it."""

from __future__ import annotations

from accounts import privacy
from learning import services
from learning.models import Completion, Enrolment, Reflection
from learning.notebook import keep_note
from tests.conftest import Role
from tests.factories.courses import SmallCourse
from tests.factories.learning import do, enrol, finish


def test_amina_takes_everything_that_she_did_with_her(amina: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    services.skip_activity(enrolment=enrolment, activity=course.keys[2])
    keep_note(person=amina.person, activity=course.keys[0], block="b1", text="Me costó.")
    completion = finish(enrolment)
    data = amina.client.get("/cuenta/mis-datos/descargar/").json()
    row = next(part for part in data.values() if "enrolments" in part)["enrolments"][0]
    assert row["completed_on"] == completion.achieved_on.isoformat()
    assert len(row["done"]) == 4
    assert row["skipped"] == ["Lección 3"]
    assert "Me costó." in str(data)


def test_erasing_forgets_the_notebook_and_keeps_the_count(amina: Role, course: SmallCourse) -> None:
    enrolment = enrol(amina.person, course)
    do(enrolment, course.keys[0])
    keep_note(person=amina.person, activity=course.keys[0], block="b1", text="Me costó.")
    finish(enrolment)
    privacy.erase_person(amina.person)
    assert not Reflection.objects.exists()
    assert Enrolment.objects.count() == Completion.objects.count() == 1
