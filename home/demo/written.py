"""Two open answers in a group of the demo: one waits to be read, one was read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from wagtail.models import Locale

from assessments import reading, regrading, services
from assessments.models import Attempt, Quiz, QuizVersion, Regrade
from home.demo.bank import QUIZ
from home.starter.files import key_of
from learning.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import Person

GROUP = "DEMO-TALLER"
NEAR = (
    "Primero miro si el andén es seguro y quién está cerca. Me presento con mi nombre y le pregunto si quiere que me "
    "siente.\n\nLe ofrezco agua y le pregunto qué necesita ahora."
)
FAR = "Le pido que me cuente todo desde el principio para entenderla mejor."
WROTE = (NEAR, FAR)
TOO, WHY = "Ver", "«Ver» dice lo mismo que «observar»: varias personas lo escribieron."
COMMENT = "Gracias. Escuchar es lo tuyo; piensa en preguntar antes qué necesita ahora, sin pedirle el relato."


def load_written(reader: Person) -> None:
    """Let two people of the group hand in the example quiz; the second one's answer is read."""
    quiz_key = key_of(QUIZ)
    rows = (
        Enrolment.objects.active()
        .filter(cohort__code=GROUP)
        .exclude(person__canonical_id=reader.canonical_id)
    )
    rows = rows.select_related("person").order_by("pk")[: len(WROTE)]
    if Attempt.objects.filter(quiz_key=quiz_key).exists():
        return
    services.freeze_quiz(quiz=Quiz.objects.get(translation_key=quiz_key, locale=Locale.get_default()))
    for n, (enrolment, text) in enumerate(zip(rows, WROTE, strict=False)):
        attempt = _handed_in(enrolment, text, days=3 - n)
        if attempt is not None and n:
            answer = reading.open_answers(attempt)[0]
            criteria = reading.question_of(answer).answer_keys
            reading.read_answer(answer=answer, met=criteria[1:2], comment=COMMENT, by=reader)
    _mend(quiz_key, reader)


def _mend(quiz_key: UUID, by: Person) -> None:
    """Have an answer accepted to the short question that its author did not think of."""
    version = QuizVersion.objects.of_quiz(quiz_key).first()
    key = key_of("demo/question/short")
    if version is None or Regrade.objects.filter(quiz_key=quiz_key).exists():
        return
    regrading.regrade(version=version, question=key, way="accept", accepted=TOO, reason=WHY, by=by)


def _handed_in(enrolment: Enrolment, text: str, *, days: int) -> Attempt | None:
    at = timezone.now() - dt.timedelta(days=days)
    attempt = services.start_attempt(
        person=enrolment.person,
        context=enrolment.key,
        quiz_key=key_of(QUIZ),
        pass_mark=70,
        max_attempts=3,
        reader=enrolment.reader,
        at=at,
    )
    asked = next((question for question in attempt.quiz.questions if question.is_free), None)
    if asked is None:
        # The demo of an older release, whose example quiz asks nothing to be written.
        attempt.delete()
        return None
    services.save_answer(attempt=attempt, question_key=asked.key, chosen=[text], at=at)
    return services.submit_attempt(attempt=attempt, at=at)
