"""One question of each kind that the starter courses do not ask, in the bank of PAP-01, with a quiz that lists them.

Their facts are those of the course (its lesson on the three principles; sources S1 and S1b). No page has the quiz: who
learns meets the course's own.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from assessments.choices import QuestionKind
from assessments.models import Question, Quiz
from courses.models import Course
from courses.teams import ensure_team
from home.demo import plan
from home.starter.files import key_of
from media_library.belonging import lay

TAG = "ejemplos"
QUIZ = "demo/quiz/kinds"
TITLE = "Cada tipo de pregunta, de ejemplo"
# So many are drawn from those of the objective that this question of the course measures.
DRAWN, LIKE = 2, "pap-01/q02"
PRINCIPLES = (
    ("Observar", "si el lugar es seguro y quién necesita ayuda"),
    ("Escuchar", "hasta donde la persona quiera contar"),
    ("Conectar", "con ayuda práctica, con su gente y con servicios"),
)
EXPLANATION = "Primero se mira, después se escucha y al final se conecta con apoyos."
SAID = "Antes de hablar se mira si el lugar es seguro y quién necesita ayuda."

# Key, kind, question, and of each choice: text, whether it counts, feedback, what goes with it.
QUESTIONS: tuple[tuple[str, QuestionKind, str, tuple[tuple[str, bool, str, str], ...]], ...] = (
    (
        "short",
        QuestionKind.SHORT,
        "¿Con qué principio empiezan los primeros auxilios psicológicos?",
        (("Observar", True, "", ""), ("Mirar", True, "", ""), ("Escuchar", False, SAID, "")),
    ),
    (
        "number",
        QuestionKind.NUMBER,
        "¿Cuántos principios de actuación tienen los primeros auxilios psicológicos?",
        (("3", True, "", ""), ("4", False, "Prepararse viene antes: los principios son los que siguen.", "")),
    ),
    (
        "match",
        QuestionKind.MATCH,
        "¿A qué se atiende en cada principio?",
        tuple((principle, False, "", what) for principle, what in PRINCIPLES),
    ),
    (
        "order",
        QuestionKind.ORDER,
        "Pon en su orden los principios de actuación.",
        tuple((principle, False, "", "") for principle, _what in PRINCIPLES),
    ),
    (
        "cloze",
        QuestionKind.CLOZE,
        "Primero hay que [1] si el lugar es seguro, después [2] y al final [3] con apoyos.",
        (
            ("observar | mirar", False, SAID, ""),
            ("escuchar", False, "", ""),
            ("conectar | vincular", False, "", ""),
        ),
    ),
    (
        "free",
        QuestionKind.FREE,
        "Una mujer llora sola en el andén. Cuenta cómo te acercas y qué le dices primero.",
        (
            ("Mira antes si el lugar es seguro", False, "", ""),
            ("Se presenta y dice a qué viene", False, "", ""),
            ("Pregunta qué necesita, sin pedir el relato", False, "", ""),
        ),
    ),
)

PLACES = (
    (
        "Las dos sillas junto a la pared",
        True,
        "Un lugar tranquilo y cercano, en el que caben dos sillas: nadie más escucha.",
        plan.CHAIRS,
    ),
    ("La fila de la ventanilla", False, "Ahí la escucharían otras personas.", plan.QUEUE),
    ("Junto a los autobuses", False, "Ahí hay ruido, y el lugar no es seguro para quedarse.", plan.BUSES),
)


def load_bank(course: Course) -> None:
    """Write the questions that are not there yet, and the quiz."""
    questions = [*(_question(course, *said) for said in QUESTIONS), _place(course)]
    key = key_of(QUIZ)
    if Quiz.objects.filter(translation_key=key).exists():
        return
    items = [("question", question) for question in questions]
    quiz = Quiz(translation_key=key, locale=Locale.get_default(), title=TITLE, items=items)
    quiz.draws = [("draw", {"number": DRAWN, "tag": "", "objective": _objective()})]
    _published(quiz, course)


def _objective() -> str:
    measured = Question.objects.filter(translation_key=key_of(LIKE), locale=Locale.get_default()).first()
    return measured.objective if measured else EXPLANATION


def _question(course: Course, name: str, kind: QuestionKind, stem: str, choices: Any) -> Question:
    key = key_of(f"demo/question/{name}")
    found = Question.objects.filter(translation_key=key).first()
    if found:
        return found
    question = Question(
        translation_key=key,
        locale=Locale.get_default(),
        kind=kind,
        stem=stem,
        explanation=EXPLANATION,
        sources="S1, S1b",
        choices=[
            (
                "choice",
                {"text": text, "correct": counts, "feedback": feedback, "match": match, "tolerance": ""},
            )
            for text, counts, feedback, match in choices
        ],
    )
    question.full_clean()
    question.save()
    question.tags.add(TAG)
    _published(question, course)
    return question


def _place(course: Course) -> Question:
    key = key_of("demo/question/area")
    found = Question.objects.filter(translation_key=key).first()
    if found:
        return found
    question = Question(
        translation_key=key,
        locale=Locale.get_default(),
        kind=QuestionKind.AREA,
        stem="Una mujer espera sola en la estación. ¿En qué lugar le propones sentarse a hablar?",
        picture=plan.plan_of(ensure_team(course=course).collection),
        picture_alt=plan.SHOWS,
        explanation="Se ofrece un lugar tranquilo y cercano, donde la persona pueda hablar sin que la escuchen.",
        sources="S1",
        choices=[
            ("choice", {"text": text, "correct": right, "feedback": why, "area": area})
            for text, right, why, area in PLACES
        ],
    )
    question.full_clean()
    question.save()
    question.tags.add(TAG)
    _published(question, course)
    return question


def _published(thing: Question | Quiz, course: Course) -> None:
    collection = ensure_team(course=course).collection
    if thing._state.adding:
        thing.save()
    if collection:
        lay(thing, collection_id=collection.pk)
    thing.save_revision().publish()
