"""Doing activities: what is asked, once, in the right way; skipping, the gentle equivalent, accrediting."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from assessments.models import Attempt
from courses.models import LessonPage
from learning import events, services
from learning.models import ActivityCompletion, ActivitySkip, Cohort, CompletionWay, Reflection
from tests.conftest import Role
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, committed, publish
from tests.factories.learning import do, enrol, group_of, lessons_of, try_quiz
from tests.learning.pages import press


def done(activity: UUID) -> str:
    return f"/aprender/actividad/{activity}/terminar/"


def skip(activity: UUID) -> str:
    return f"/aprender/actividad/{activity}/saltar/"


def note(activity: UUID) -> str:
    return f"/aprender/actividad/{activity}/cuaderno/"


def quiz(activity: UUID) -> str:
    return f"/aprender/actividad/{activity}/prueba/"


@pytest.fixture
def enrolment(amina: Role, course: SmallCourse, cohort: Cohort) -> Any:
    return enrol(amina.person, course, cohort=cohort)


@pytest.fixture
def question(course: SmallCourse) -> str:
    """A question for the notebook in the first lesson; its id."""
    page = publish(course.lessons[0], body=[("reflection", {"prompt": "¿Qué te ayuda?"})])
    return str(page.body[0].id)


@pytest.fixture
def case(course: SmallCourse) -> UUID:
    return course.lessons[-1].translation_key


def test_a_lesson_is_finished_by_an_explicit_act_and_leads_on(
    amina: Role, enrolment: Any, course: SmallCourse
) -> None:
    amina.client.get(course.lessons[0].url)
    assert not ActivityCompletion.objects.exists()
    answer = press(amina, done(course.keys[0]))
    assert answer.url == course.lessons[1].url
    row = ActivityCompletion.objects.get()
    assert (row.activity, row.way, row.recorded_by) == (course.keys[0], "done", None)


def test_two_clicks_and_two_tabs_are_one_fact_with_the_first_date(
    enrolment: Any, course: SmallCourse
) -> None:
    first, second = (dt.datetime(2026, 3, day, 18, tzinfo=dt.UTC) for day in (3, 4))
    do(enrolment, course.keys[0], at=first)
    do(enrolment, course.keys[0], at=second)
    assert ActivityCompletion.objects.get().completed_at == first


def test_an_activity_done_is_announced_once(enrolment: Any, course: SmallCourse) -> None:
    heard: list[UUID] = []
    listener = lambda activity, **_: heard.append(activity)  # noqa: E731
    events.activity_completed.connect(listener)
    do(enrolment, course.keys[0])
    do(enrolment, course.keys[0])
    events.activity_completed.disconnect(listener)
    assert heard == [course.keys[0]]


def test_a_quiz_is_passed_and_never_ticked(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    last = course.quiz_page.translation_key
    assert press(amina, done(last)).status_code == 404
    assert press(amina, done(last), {"way": "quiz"}).status_code == 404
    assert press(amina, done(last), {"way": "accredited"}).status_code == 404
    assert press(amina, skip(last)).status_code == 404
    assert not ActivityCompletion.objects.exists()


def test_what_the_version_does_not_ask_is_404(amina: Role, enrolment: Any) -> None:
    for address in (done, skip, note, quiz):
        assert press(amina, address(uuid4())).status_code == 404
    assert not ActivityCompletion.objects.exists()


def test_a_lesson_is_no_quiz(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    assert press(amina, quiz(course.keys[0])).status_code == 404
    assert not Attempt.objects.exists()


def test_who_is_not_enrolled_does_nothing(farid: Role, enrolment: Any, course: SmallCourse) -> None:
    for address in (done, skip, note):
        assert press(farid, address(course.keys[-2])).status_code == 404
    assert press(farid, quiz(course.keys[-1])).status_code == 404


def test_what_only_another_country_is_asked_is_refused(amina: Role, course: SmallCourse) -> None:
    page = course.lessons[0]
    page.countries = [country("GT")]
    publish(page)
    from courses import versions

    with committed():
        versions.release(proposal=course.course.proposals.get(state="open"), by=amina.person)
    hers = enrol(amina.person, course)
    with pytest.raises(services.NotAsked):
        services.complete_activity(enrolment=hers, activity=course.keys[0])
    for address in (done, skip, note):
        assert press(amina, address(course.keys[0])).status_code == 404
    answer = amina.client.get(course.lessons[0].url)
    assert answer.status_code == 200
    assert str(done(course.keys[0])) not in answer.content.decode()


def test_addresses_of_acts_answer_no_get(
    amina: Role, enrolment: Any, course: SmallCourse, case: UUID
) -> None:
    for address in (done, skip, note, quiz):
        assert amina.client.get(address(case)).status_code == 405


def test_amina_skips_the_case_and_only_she_knows(
    amina: Role, bruno: Role, enrolment: Any, course: SmallCourse, cohort: Cohort, case: UUID
) -> None:
    answer = press(amina, skip(case))
    assert answer.status_code == 302
    assert answer.url.endswith("#equivalente")
    assert press(amina, skip(case)).status_code == 302
    assert ActivitySkip.objects.count() == 1
    page = bruno.client.get(f"/aprender/grupos/{cohort.key}/")
    member = page.context["view"].members[0]
    assert [item.key for item in member.can_accredit] == [case]
    words = page.content.decode().split("<main", 1)[1].split("</main", 1)[0].lower()
    assert "skip" not in words
    assert "salt" not in words


def test_who_skipped_and_who_did_not_yet_look_the_same_to_bruno(
    amina: Role, farid: Role, bruno: Role, course: SmallCourse, cohort: Cohort, case: UUID
) -> None:
    hers, his = (enrol(who.person, course, cohort=cohort) for who in (amina, farid))
    services.skip_activity(enrolment=hers, activity=case)
    members = bruno.client.get(f"/aprender/grupos/{cohort.key}/").context["view"].members
    assert {member.enrolment.pk for member in members} == {hers.pk, his.pk}
    assert members[0].can_accredit == members[1].can_accredit


def test_a_lesson_that_may_not_be_skipped_has_no_equivalent(
    amina: Role, enrolment: Any, course: SmallCourse
) -> None:
    assert press(amina, skip(course.keys[0])).status_code == 404
    assert press(amina, done(course.keys[0]), {"way": "equivalent"}).status_code == 404


def test_the_gentle_equivalent_counts_as_the_lesson(
    amina: Role, enrolment: Any, course: SmallCourse, case: UUID
) -> None:
    press(amina, skip(case))
    assert press(amina, done(case), {"way": "equivalent"}).status_code == 302
    assert ActivityCompletion.objects.get().way == CompletionWay.EQUIVALENT


def test_bruno_accredits_to_his_own_group(
    amina: Role, bruno: Role, enrolment: Any, cohort: Cohort, case: UUID
) -> None:
    answer = press(bruno, f"/aprender/acreditar/{enrolment.key}/{case}/")
    assert answer.url == f"/aprender/grupos/{cohort.key}/"
    row = ActivityCompletion.objects.get()
    assert (row.way, row.recorded_by) == (CompletionWay.ACCREDITED, bruno.person)


def test_accrediting_may_be_the_last_that_was_left(
    amina: Role, bruno: Role, enrolment: Any, course: SmallCourse, case: UUID
) -> None:
    do(enrolment, *(key for key in lessons_of(enrolment) if key != case))
    try_quiz(enrolment)
    assert not hasattr(enrolment, "completion")
    press(bruno, f"/aprender/acreditar/{enrolment.key}/{case}/")
    enrolment.refresh_from_db()
    assert enrolment.completion.minutes > 0


@pytest.mark.parametrize("who", ["amina", "chipo", "dalia", "elena", "farid"])
def test_nobody_else_accredits(who: str, enrolment: Any, case: UUID, request: pytest.FixtureRequest) -> None:
    role = request.getfixturevalue(who)
    assert press(role, f"/aprender/acreditar/{enrolment.key}/{case}/").status_code == 404
    assert not ActivityCompletion.objects.exists()


def test_bruno_does_not_accredit_in_a_group_that_is_not_his(
    amina: Role, bruno: Role, farid: Role, course: SmallCourse, case: UUID
) -> None:
    other = group_of(course, facilitator=farid.person, code="G-2")
    enrolment = enrol(amina.person, course, cohort=other)
    assert press(bruno, f"/aprender/acreditar/{enrolment.key}/{case}/").status_code == 404
    assert bruno.client.get(f"/aprender/grupos/{other.key}/").status_code == 404


def test_nobody_accredits_to_himself(bruno: Role, course: SmallCourse, cohort: Cohort, case: UUID) -> None:
    his = enrol(bruno.person, course, cohort=cohort)
    assert press(bruno, f"/aprender/acreditar/{his.key}/{case}/").status_code == 404
    with pytest.raises(services.NotAsked):
        services.complete_activity(
            enrolment=his, activity=case, way=CompletionWay.ACCREDITED, by=bruno.person
        )
    assert not ActivityCompletion.objects.exists()


def test_a_quiz_and_an_ordinary_lesson_are_not_accredited(
    bruno: Role, enrolment: Any, course: SmallCourse
) -> None:
    for activity in (course.keys[0], course.keys[-1]):
        assert press(bruno, f"/aprender/acreditar/{enrolment.key}/{activity}/").status_code == 404


def test_what_was_left_with_the_course_is_not_accredited(
    amina: Role, bruno: Role, enrolment: Any, case: UUID
) -> None:
    services.leave(enrolment=enrolment)
    assert press(bruno, f"/aprender/acreditar/{enrolment.key}/{case}/").status_code == 404
    assert press(amina, done(case)).status_code == 404
    assert not ActivityCompletion.objects.exists()


def test_the_groups_page_is_only_there_for_who_facilitates(amina: Role, bruno: Role, cohort: Cohort) -> None:
    assert bruno.client.get("/aprender/grupos/").status_code == 200
    assert amina.client.get("/aprender/grupos/").status_code == 404
    assert amina.client.get(f"/aprender/grupos/{cohort.key}/").status_code == 404


def test_a_note_is_hers_alone(
    amina: Role, bruno: Role, enrolment: Any, course: SmallCourse, question: str
) -> None:
    answer = press(amina, note(course.keys[0]), {"block": question, "text": "Me costó."})
    assert answer.url.endswith(f"#{question}")
    assert Reflection.objects.get().text == "Me costó."
    group = bruno.client.get(f"/aprender/grupos/{enrolment.cohort.key}/")
    assert "Me costó" not in group.content.decode()


def test_a_note_is_written_over_and_an_empty_one_goes(
    amina: Role, enrolment: Any, course: SmallCourse, question: str
) -> None:
    for text in ("uno", "dos"):
        press(amina, note(course.keys[0]), {"block": question, "text": text})
    assert Reflection.objects.get().text == "dos"
    press(amina, note(course.keys[0]), {"block": question, "text": "  "})
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("data", [{"text": "x" * 5001}, {"block": "<b>", "text": "x"}, {"block": ""}])
def test_a_note_that_cannot_be_kept_is_given_back(
    data: dict[str, str], amina: Role, enrolment: Any, course: SmallCourse, question: str
) -> None:
    answer = press(amina, note(course.keys[0]), {"block": question, **data})
    assert answer.status_code == 400
    assert data.get("text", "") in answer.content.decode()
    assert not Reflection.objects.exists()


def test_a_note_stands_only_where_the_lesson_asks_for_one(
    amina: Role, enrolment: Any, course: SmallCourse, question: str
) -> None:
    text = str(publish(course.lessons[1], body=[("text", {"text": "<p>Leer.</p>"})]).body[0].id)
    for activity, block in ((0, "b1"), (0, str(uuid4())), (1, text), (1, question)):
        answer = press(amina, note(course.keys[activity]), {"block": block, "text": "Me costó."})
        assert answer.status_code == 404
        # A question that was taken away while she wrote must not take her words along.
        assert "Me costó." in answer.content.decode()
    assert not Reflection.objects.exists()


def test_what_amina_left_aside_does_not_jump_at_her(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    page = publish(course.lessons[-1], body=[("text", {"text": "<p>Una escena dura.</p>"})])

    def lesson() -> str:
        return amina.client.get(page.url).content.decode().split("<article")[1].split("</article")[0]

    assert "<details" not in lesson()
    press(amina, skip(page.translation_key))
    before, closed = lesson().split("<details", 1)
    assert "Escribe a quién llamarías" in before
    assert "Una escena dura." not in before
    assert closed.startswith(' class="fold"><summary')
    assert "Una escena dura." in closed
    press(amina, done(page.translation_key), {"way": "equivalent"})
    assert "Una escena dura." not in lesson().split("<details", 1)[0]


def test_a_lesson_done_after_all_stands_open(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    case = course.lessons[-1]
    press(amina, skip(case.translation_key))
    press(amina, done(case.translation_key))
    assert (
        "<details"
        not in amina.client.get(case.url).content.decode().split("<article")[1].split("</article")[0]
    )


def test_notes_are_forgotten_after_twelve_months(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    from learning.notebook import forget_old_notes, keep_note

    now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    for block, days in (("old", 366), ("young", 364)):
        at = now - dt.timedelta(days=days)
        keep_note(person=amina.person, activity=course.keys[0], block=block, text="…", at=at)
    assert forget_old_notes(at=now) == 1
    assert Reflection.objects.get().block == "young"


def test_three_tries_and_no_fourth(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    for _ in range(3):
        try_quiz(enrolment, right=False)
    answer = press(amina, quiz(course.keys[-1]), follow=True)
    assert Attempt.objects.count() == 3
    assert answer.status_code == 200
    assert [str(m) for m in answer.context["messages"]]
    assert not ActivityCompletion.objects.exists()


def test_a_second_start_goes_on_with_the_open_try(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    first, second = (press(amina, quiz(course.keys[-1])).url for _ in range(2))
    assert first == second
    assert Attempt.objects.count() == 1


def test_another_persons_try_is_404(amina: Role, farid: Role, enrolment: Any, course: SmallCourse) -> None:
    address = press(amina, quiz(course.keys[-1])).url
    for path in (address, f"{address}1/", f"{address}revisar/", f"{address}resultado/"):
        assert farid.client.get(path).status_code == 404
    assert press(farid, f"{address}entregar/").status_code == 404
    assert Attempt.objects.get().submitted_at is None


def test_a_try_of_the_enrolment_that_was_left_credits_nothing(
    amina: Role, enrolment: Any, course: SmallCourse
) -> None:
    attempt = try_quiz(enrolment, hand_in=False)
    services.leave(enrolment=enrolment)
    with committed():
        from assessments.services import submit_attempt

        submit_attempt(attempt=attempt)
    assert not ActivityCompletion.objects.exists()


def test_the_session_ended_in_the_middle_of_a_lesson(
    amina: Role, enrolment: Any, course: SmallCourse
) -> None:
    amina.client.logout()
    answer = amina.client.post(
        done(course.keys[0]), headers={"referer": f"http://testserver{course.lessons[0].url}"}
    )
    assert answer.status_code == 302
    assert "ended=1" in answer.url
    assert "pap-01" in answer.url
    assert not ActivityCompletion.objects.exists()


def test_the_lesson_remembers_where_she_was(amina: Role, enrolment: Any, course: SmallCourse) -> None:
    amina.client.get(course.lessons[1].url)
    enrolment.refresh_from_db()
    assert enrolment.last_activity == course.keys[1]
    assert amina.client.get(f"/aprender/seguir/{enrolment.key}/").url == course.lessons[1].url


def test_lessons_are_closed_to_who_is_not_enrolled(farid: Role, course: SmallCourse, client: Any) -> None:
    lesson: LessonPage = course.lessons[0]
    anonymous = client.get(lesson.url)
    assert anonymous.status_code == 302
    assert anonymous.url.startswith("/cuenta/entrar/")
    answer = farid.client.get(lesson.url, follow=True)
    assert answer.redirect_chain[-1][0] == course.page.url
    assert [str(m) for m in answer.context["messages"]]
