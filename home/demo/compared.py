"""A small course with a test before it and one after, and a group that took both: what it learned can be read.

Its questions are those of PAP-01, parted into two forms on the same objectives; its lesson is the first one of that
course. It stands in the catalogue as an example, and says so.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from wagtail.models import Locale, Page

from assessments import services as quizzes
from assessments.models import Question, Quiz
from courses import versions
from courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage
from courses.services import follow_page
from courses.teams import ensure_team, join
from home.demo import people
from home.demo.calendar import ago
from home.demo.people import Someone
from home.starter.files import key_of
from learning import services
from learning.forms_of_a_pair import quiz_to_begin
from learning.models import Cohort, EnrolmentWay
from media_library.belonging import lay

if TYPE_CHECKING:
    from accounts.models import Person
    from learning.models import Enrolment

CODE = "DEMO-PAR"
TITLE = "Antes y después: un curso de ejemplo"
SUMMARY = "Un curso corto con una prueba antes y otra después, para ver cómo se cuenta lo aprendido."
BEFORE = (
    "Ocho preguntas para saber de dónde partes. Nada depende de esto, y las respuestas no se dicen ahora."
)
AFTER = "Las mismas metas, otras preguntas. Después lees lo que aprendiste."
# By objective of PAP-01 the questions of either form.
FORMS = (
    ("Forma A", ("q01", "q03", "q02", "q10", "q05", "q06", "q07", "q11")),
    ("Forma B", ("q08", "q14", "q04", "q02", "q09", "q05", "q13", "q07")),
)
NAMES = (
    *("Aldo Cuyuch Reyna", "Berta Ixcot Lima", "Ciro Poot Balam", "Delfina Uc Chan", "Eloy Sanic Mux"),
    *("Fidelia Ek Tun", "Gonzalo Chub Pop", "Herlinda Mis Kú", "Isidro Noj Coy", "Jacinta Balam Uc"),
    *("Lázaro Tut Sam", "Mirna Yat Coc"),
)
# How many of eight each knew before and after; the last two have not taken the second.
KNEW = ((2, 6), (3, 7), (4, 6), (1, 5), (5, 8), (3, 3), (4, 7), (2, 5), (6, 7), (3, 8), (2, None), (4, None))


def load_compared(source: Course, trainer: Person) -> None:
    """Make the course, its group and what they answered, unless it is there."""
    if Course.objects.filter(code=CODE).exists():
        return
    course = _course(CoursePage.objects.get(course=source, locale=Locale.get_default()))
    join(user=trainer.user, course=course)
    group = Cohort.objects.create(code=CODE, name="Antes y después (demostración)", course=course)
    group.facilitators.add(trainer)
    for n, (name, (before, after)) in enumerate(zip(NAMES, KNEW, strict=True)):
        person = _person(f"par{n + 1:02}", name, "woman" if n % 2 else "man")
        enrolment = services.enrol(
            person=person, course=course, cohort=group, way=EnrolmentWay.STAFF, by=trainer, at=ago(20)
        )
        _take(enrolment, right=before, days=19 - n // 2, before=True)
        if after is not None:
            _take(enrolment, right=after, days=9 - n // 2, before=False)


def _person(key: str, name: str, sex: str) -> Person:
    someone = Someone(key, name, "MX", f"{key}@senda.example", sex=sex, position="community")
    person = people.find(key) or people.sign_up(someone, days=40)
    people.tell_details(person, someone)
    return person


def _course(source: CoursePage) -> Course:
    """Write the course below the catalogue and publish it, the course last."""
    index = CourseIndexPage.objects.get(locale=Locale.get_default())
    page = CoursePage(
        title=TITLE,
        slug="antes-y-despues",
        code=CODE,
        summary=SUMMARY,
        locale=Locale.get_default(),
        translation_key=key_of("demo/course/compared"),
        audience=source.audience.raw_data,
        objectives=source.objectives.raw_data,
        review_owner=source.review_owner,
        review_date=source.review_date,
        next_review_date=source.next_review_date,
        credits=source.credits,
        cover=source.cover,
        live=False,
    )
    index.add_child(instance=page)
    page.topics = list(source.topics.all())
    page.sources = list(source.sources.all())
    module = _published(page, ModulePage(title="Todo el curso", slug="todo", live=False))
    forms = [_form(page.record, title, names) for title, names in FORMS]
    _published(module, _test("Lo que ya sabes", "antes", BEFORE, forms[0], "before"))
    first = LessonPage.objects.child_of(ModulePage.objects.child_of(source).first()).first()
    lesson = LessonPage(title=first.title, slug="leccion", summary=first.summary, body=first.body.raw_data)
    _published(module, lesson)
    _published(module, _test("Lo que sabes ahora", "despues", AFTER, forms[1], "after"))
    page.save_revision().publish()
    page.refresh_from_db()
    # What the events would do after commit: the group is enrolled in the version at once.
    for form in forms:
        quizzes.freeze_quiz(quiz=form)
    follow_page(page=page)
    versions.propose(course=page.record, course_published=True)
    return Course.objects.get(code=CODE)


def _test(title: str, slug: str, words: str, quiz: Quiz, moment: str) -> QuizPage:
    return QuizPage(title=title, slug=slug, introduction=f"<p>{words}</p>", quiz=quiz, moment=moment)


def _published(parent: Page, page: Any) -> Any:
    """Add a page below its parent and publish it."""
    page.locale, page.translation_key = Locale.get_default(), uuid.uuid4()
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _form(course: Course, title: str, names: tuple[str, ...]) -> Quiz:
    questions = [_question(course, name) for name in names]
    quiz = Quiz(locale=Locale.get_default(), title=title, items=[("question", each) for each in questions])
    quiz.save()
    lay(quiz, collection_id=_shelf(course))
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    return quiz


def _shelf(course: Course) -> int:
    collection = ensure_team(course=course).collection
    if collection is None:
        raise LookupError("The team of the course has no collection.")
    return collection.pk


def _question(course: Course, name: str) -> Question:
    """Return the course's own copy of a question of PAP-01, made once."""
    key = key_of(f"demo/compared/{name}")
    found = Question.objects.filter(translation_key=key).first()
    if found:
        return found
    source = Question.objects.get(translation_key=key_of(f"pap-01/{name}"), locale=Locale.get_default())
    question = Question(
        translation_key=key,
        locale=Locale.get_default(),
        **{
            field: getattr(source, field)
            for field in ("kind", "stem", "explanation", "objective", "level", "sources")
        },
        choices=source.choices.raw_data,
    )
    question.save()
    lay(question, collection_id=_shelf(course))
    question.save_revision().publish()
    question.refresh_from_db()
    return question


def _take(enrolment: Enrolment, *, right: int, days: int, before: bool) -> None:
    manifest = versions.manifest_of(enrolment.version)
    if manifest.pair is None:
        raise LookupError("The course has no pair of tests.")
    activity = manifest.pair[0 if before else 1]
    attempt = quizzes.start_attempt(
        person=enrolment.person,
        context=enrolment.key,
        quiz_key=quiz_to_begin(enrolment, activity) or uuid.uuid4(),
        pass_mark=activity.pass_mark or 0,
        max_attempts=activity.max_attempts or 1,
        reader=enrolment.reader,
        before=before,
        at=ago(days),
    )
    for n, question in enumerate(attempt.quiz.questions):
        wrong = next(choice.key for choice in question.choices if choice.key not in question.right_keys)
        chosen = list(question.right_keys) if n < right else [wrong]
        quizzes.save_answer(
            attempt=attempt, question_key=question.key, chosen=chosen, at=ago(days, minutes=2 + n)
        )
    quizzes.submit_attempt(attempt=attempt, at=ago(days, minutes=15))
