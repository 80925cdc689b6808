"""What Amina downloads of her quizzes, and what stays when she asks to be forgotten."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder

from accounts import privacy as registry
from assessments import privacy
from assessments.models import AttemptAnswer
from tests.assessments.conftest import answer, hand_in, right


def test_amina_downloads_her_attempts_in_the_words_that_she_saw(attempt, amina):
    hand_in(attempt, well=1)
    told = privacy.export(amina.person)["attempts"]
    assert json.dumps(told, cls=DjangoJSONEncoder)
    assert told[0]["quiz"] == "Prueba final: primeros auxilios psicológicos"
    assert (told[0]["points"], told[0]["passed"]) == (1.0, False)
    assert told[0]["answers"][0]["chosen"] == ["Preguntar qué necesita"]


def test_an_attempt_not_handed_in_is_there_too(attempt, amina):
    answer(attempt, 1, right(attempt, 1))
    told = privacy.export(amina.person)["attempts"][0]
    assert (told["submitted_at"], told["points"]) == (None, None)


def test_dalia_downloads_nothing_of_aminas(attempt, dalia):
    assert privacy.export(dalia.person) == {"attempts": [], "more_time": [], "handed_over": []}


def test_marks_stay_without_a_name(attempt, amina):
    hand_in(attempt, well=3)
    privacy.erase(amina.person)
    assert AttemptAnswer.objects.count() == 3


def test_this_rooms_part_is_in_the_registry():
    assert "assessments" in {part.name for part in registry.parts()}
