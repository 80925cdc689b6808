"""What Amina knew before the course, what she knows after it, and what her group learned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments import services as quizzes
from assessments.models import Attempt
from common import clock
from courses.versions import manifest_of
from learning import room_quizzes
from learning.learned import FEWEST, gain_of, learned_by, pair_of
from learning.models import ActivityCompletion, Cohort, Completion, Enrolment
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import QuestionFactory, QuizFactory
from tests.factories.courses import QuizPageFactory, SmallCourse, committed, make_course, publish, shelf_of
from tests.factories.learning import do, enrol, group_of, lessons_of, tells_details


def with_pair(*, forms: int = 1) -> SmallCourse:
    """Make a course with a test before it and one after, of the same quiz or of two forms."""
    small = make_course(code="PAR-01", live=False, quiz=False)
    own = shelf_of(small.course)
    titles = ["Forma A", "Forma B"][:forms]
    made = []
    for title in titles:
        questions = [
            QuestionFactory(collection=own, objective=objective, stem=f"{title}: caso {n}")
            for n, objective in enumerate(("Nombrar señales", "Nombrar señales", "Acompañar", "Acompañar"))
        ]
        made.append(publish(QuizFactory(questions=questions, title=title, collection=own)))
    before = QuizPageFactory(parent=small.module, slug="antes", title="Antes", quiz=made[0], moment="before")
    publish(before)
    before.move(small.module, pos="first-child")
    small.quiz_page = publish(
        QuizPageFactory(parent=small.module, slug="despues", title="Después", quiz=made[-1], moment="after")
    )
    small.page = publish(small.page)
    small.course.refresh_from_db()
    return small


@pytest.fixture
def pair(db: None) -> SmallCourse:
    return with_pair()


@pytest.fixture
def forms(db: None) -> SmallCourse:
    return with_pair(forms=2)


def begin(who: Role, enrolment: Enrolment, moment: str) -> Attempt | None:
    """Press «start» on the page of the test; return the attempt, if one began."""
    manifest = manifest_of(enrolment.version)
    assert manifest.pair
    activity = manifest.pair[moment == "after"]
    answer = who.client.post(reverse("learning:start_quiz", args=[activity.key]))
    assert answer.status_code == 302
    found = (
        Attempt.objects.filter(context=enrolment.key, before=moment == "before").order_by("-number").first()
    )
    return found if found and str(found.key) in answer["Location"] else None


def hand_in(who: Role, attempt: Attempt, right: int) -> Attempt:
    """Answer so many questions rightly, the others wrongly, and press «hand in»."""
    for n, question in enumerate(attempt.quiz.questions):
        wrong = [choice.key for choice in question.choices if choice.key not in question.right_keys][:1]
        chosen = list(question.right_keys) if n < right else wrong
        url = reverse("assessments:question", args=[attempt.key, n + 1])
        assert who.client.post(url, {"choice": chosen}).status_code == 302
    with committed():
        who.client.post(reverse("assessments:submit", args=[attempt.key]))
    attempt.refresh_from_db()
    assert attempt.submitted_at
    return attempt


def take(who: Role, enrolment: Enrolment, moment: str, right: int) -> Attempt:
    attempt = begin(who, enrolment, moment)
    assert attempt
    return hand_in(who, attempt, right)


def body(who: Role, name: str, key: Any) -> str:
    return who.client.get(reverse(name, args=[key]), follow=True).content.decode()


def test_amina_is_told_nothing_before_and_what_she_learned_after(amina: Role, pair: SmallCourse) -> None:
    enrolment = enrol(amina.person, pair)
    first = take(amina, enrolment, "before", right=1)
    said = body(amina, "assessments:result", first.key)
    assert "Guardado. Ahora puede empezar el curso" in said
    for told in ("1 de 4", "Primero la seguridad", "Nadie debe relatar", "Así es", "Nombrar señales"):
        assert told not in said
    assert ActivityCompletion.objects.filter(enrolment=enrolment).count() == 1
    second = take(amina, enrolment, "after", right=3)
    said = body(amina, "assessments:result", second.key)
    assert "Antes del curso: 1 de 4. Después, en el primer intento: 3 de 4." in said
    assert "De lo que antes no sabías aprendiste el 67 %." in said
    assert second.number == 1, "the test before is counted apart, though it is the same quiz"


def test_the_first_attempt_after_the_course_counts(amina: Role, pair: SmallCourse) -> None:
    enrolment = enrol(amina.person, pair)
    take(amina, enrolment, "before", right=2)
    take(amina, enrolment, "after", right=1)
    take(amina, enrolment, "after", right=4)
    found = pair_of(enrolment)
    assert found
    assert (found.before.points, found.after.points) == (2, 1)
    last = Attempt.objects.get(before=False, number=2)
    assert "Es menos que antes" in body(amina, "assessments:result", last.key)


def test_nothing_depends_on_the_test_before(amina: Role, pair: SmallCourse) -> None:
    tells_details(amina.person)
    enrolment = enrol(amina.person, pair)
    manifest = manifest_of(enrolment.version)
    assert [activity.required for activity in manifest if activity.moment == "before"] == [False]
    do(enrolment, *lessons_of(enrolment))
    take(amina, enrolment, "after", right=4)
    assert Completion.objects.filter(enrolment=enrolment).exists()


def test_once_she_began_the_test_after_the_course_the_other_is_too_late(
    amina: Role, pair: SmallCourse
) -> None:
    enrolment = enrol(amina.person, pair)
    assert begin(amina, enrolment, "after")
    assert begin(amina, enrolment, "before") is None
    assert not Attempt.objects.filter(before=True).exists()


def test_it_is_taken_once_however_often_she_presses(amina: Role, pair: SmallCourse) -> None:
    enrolment = enrol(amina.person, pair)
    first = begin(amina, enrolment, "before")
    assert begin(amina, enrolment, "before") == first
    hand_in(amina, first, right=0)  # type: ignore[arg-type]
    assert begin(amina, enrolment, "before") is None
    assert Attempt.objects.filter(before=True).count() == 1


def test_half_of_a_group_begins_with_each_form_and_ends_with_the_other(
    forms: SmallCourse, bruno: Role
) -> None:
    group = group_of(forms, facilitator=bruno.person)
    began, ended = Counter[Any](), Counter[Any]()
    for _n in range(6):
        user = UserFactory()
        who = Role(user, bruno.client.__class__())
        who.client.force_login(user)
        enrolment = enrol(user.person, forms, cohort=group)
        first, second = take(who, enrolment, "before", right=1), take(who, enrolment, "after", right=4)
        assert first.quiz_key != second.quiz_key
        began[first.quiz_key] += 1
        ended[second.quiz_key] += 1
        done = ActivityCompletion.objects.filter(enrolment=enrolment)
        assert done.count() == 2, "whichever form it was, both tests are done"
        page = who.client.get(forms.quiz_page.url).content.decode()  # type: ignore[union-attr]
        assert "Aprobaste" in page or "aprobaste" in page
    assert sorted(began.values()) == sorted(ended.values()) == [3, 3]


def test_who_skipped_the_test_before_takes_the_page_s_own_form(amina: Role, forms: SmallCourse) -> None:
    enrolment = enrol(amina.person, forms)
    attempt = take(amina, enrolment, "after", right=4)
    assert attempt.quiz_key == forms.quiz_page.quiz.translation_key  # type: ignore[union-attr]
    assert pair_of(enrolment) is None


def test_closed_in_the_room_both_forms_are_handed_in(forms: SmallCourse, bruno: Role) -> None:
    group = group_of(forms, facilitator=bruno.person)
    rows = []
    for _n in range(2):
        user = UserFactory()
        who = Role(user, bruno.client.__class__())
        who.client.force_login(user)
        rows.append(begin(who, enrol(user.person, forms, cohort=group), "before"))
    assert rows[0].quiz_key != rows[1].quiz_key  # type: ignore[union-attr]
    activity = manifest_of(Enrolment.objects.first().version).pair[0]  # type: ignore[union-attr,index]
    assert room_quizzes.close(cohort=group, activity=activity, by=bruno.person) == 2


def paired(course: SmallCourse, number: int, group: Cohort | None = None) -> None:
    """Let so many people know one of four before, and three after."""
    for _n in range(number):
        enrolment = enrol(UserFactory().person, course, cohort=group)
        for before, right in ((True, 1), (False, 3)):
            manifest = manifest_of(enrolment.version)
            assert manifest.pair
            attempt = quizzes.start_attempt(
                person=enrolment.person,
                context=enrolment.key,
                quiz_key=manifest.pair[0].quiz,  # type: ignore[arg-type]
                pass_mark=70,
                max_attempts=2,
                reader=enrolment.reader,
                before=before,
            )
            for n, question in enumerate(attempt.quiz.questions):
                chosen = list(question.right_keys) if n < right else []
                quizzes.save_answer(attempt=attempt, question_key=question.key, chosen=chosen)
            quizzes.submit_attempt(attempt=attempt)


def test_bruno_reads_what_the_group_learned_by_objective_and_question(pair: SmallCourse, bruno: Role) -> None:
    group = group_of(pair, facilitator=bruno.person)
    paired(pair, FEWEST, group)
    enrol(UserFactory().person, pair, cohort=group)
    said = " ".join(bruno.client.get(f"/aprender/grupos/{group.key}/avance/").content.decode().split())
    assert "10 de 11 personas inscritas hicieron las dos pruebas" in said
    assert "En promedio 25 % antes del curso, 75 % después." in said
    assert "Ganancia normalizada: 0,67, media (0.3 a 0.7); n = 10." in said
    assert '50 % <span class="muted">(n = 20)</span>' in said.split("Por objetivo")[-1]
    learned = learned_by(Enrolment.objects.filter(cohort=group), language="es")
    assert learned
    assert [line.percents for line in learned.objectives] == [(50, 100), (0, 50)]
    assert [line.percents for line in learned.questions] == [(100, 100), (0, 100), (0, 100), (0, 0)]


def test_of_fewer_than_ten_pairs_only_their_number_is_told(pair: SmallCourse, bruno: Role) -> None:
    group = group_of(pair, facilitator=bruno.person)
    paired(pair, FEWEST - 1, group)
    said = bruno.client.get(f"/aprender/grupos/{group.key}/avance/").content.decode()
    assert "9 de 9" in said
    assert "Con menos de 10 pares no se dice más" in said
    assert "Ganancia" not in said


def test_where_nothing_is_compared_nothing_is_said_of_it(
    course: SmallCourse, cohort: Cohort, bruno: Role
) -> None:
    said = bruno.client.get(f"/aprender/grupos/{cohort.key}/avance/").content.decode()
    assert "Lo que se aprendió" not in said


def test_what_was_taken_before_is_no_missed_question_and_no_failed_try(
    pair: SmallCourse, bruno: Role, amina: Role
) -> None:
    group = group_of(pair, facilitator=bruno.person)
    enrolment = enrol(amina.person, pair, cohort=group)
    take(amina, enrolment, "before", right=0)
    said = bruno.client.get(f"/aprender/grupos/{group.key}/avance/").content.decode()
    assert 'data-tone="stop"' not in said
    assert "intento" not in said.split("<tbody")[1].split("</tbody")[0]


def test_a_pair_that_is_out_of_order_in_time_is_none(pair: SmallCourse, amina: Role) -> None:
    enrolment = enrol(amina.person, pair)
    take(amina, enrolment, "before", right=1)
    take(amina, enrolment, "after", right=4)
    later = clock.now() + dt.timedelta(hours=1)
    Attempt.objects.filter(before=True).update(submitted_at=later)
    assert pair_of(enrolment) is None


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_the_gain_is_the_share_of_what_was_lacking(before: Fraction, after: Fraction) -> None:
    gain = gain_of(before, after)
    if before == 1:
        assert gain is None
    else:
        assert gain is not None
        assert before + gain * (1 - before) == after
        assert gain <= 1
        assert (gain < 0) is (after < before)


def test_the_worked_example_of_the_literature() -> None:
    # Hake 1998: means of 45 % and 70 % are a gain of 0.45.
    assert float(gain_of(Fraction(45, 100), Fraction(70, 100)) or 0) == pytest.approx(0.4545, abs=1e-4)
