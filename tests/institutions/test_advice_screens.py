"""Can staff write down advice that tells of nobody, and see what is pending?"""

from decimal import Decimal

import pytest
from django.urls import reverse

from institutions import advising
from institutions.models import AdviceAction, AdviceRecord
from tests.courses.cast import log_in
from tests.factories.accounts import PersonFactory, UserFactory, country
from tests.factories.learning import institution
from tests.institutions.agreed import day, formset, looks_after_agreements, spanish
from tests.institutions.holders import with_duty


@pytest.fixture
def hospital(db):
    return institution("Hospital de Amina")


@pytest.fixture
def elena(db):
    return log_in(looks_after_agreements("Elena"))


def form(hospital, actions=(), **changes):
    return {
        "institution": hospital.pk,
        "held_on": day(-3),
        "hours": "2.5",
        "kind": "visit",
        "place": "in_person",
        "topics": ["referral"],
        "women": 6,
        "men": 2,
        "other": 0,
        "unsaid": 1,
        "project": "ECHO 2026",
        "note": "Con el equipo de urgencias",
        **formset("actions", list(actions)),
        **changes,
    }


def action(**changes):
    return {"text": "Acordar la ruta", "role": "team", "due_on": day(20), "done_on": "", **changes}


def record(hospital, *, held=-30, **fields):
    return AdviceRecord.objects.create(
        institution=hospital,
        held_on=day(held),
        kind="visit",
        hours=Decimal(2),
        topics=["referral"],
        women=3,
        **fields,
    )


def agreed(record, *, due, done=None):
    return AdviceAction.objects.create(
        record=record, text=f"Acción {due}", role="team", due_on=day(due), done_on=done and day(done)
    )


def test_elena_writes_down_a_visit_with_what_was_agreed(elena, hospital):
    assert elena.post(reverse("asesorias:add"), form(hospital, [action()])).status_code == 302
    made = AdviceRecord.objects.get()
    assert (made.hours, made.people, made.topics) == (Decimal("2.5"), 9, ["referral"])
    assert made.actions.get().role == "team"
    assert "Hospital de Amina" in elena.get(reverse("asesorias:index")).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "Llamar a Rosa Pérez"},
        {"note": "rosa@hospital.mx"},
        {"note": "Tel. 5555 123 456"},
        {"note": "El caso 12"},
        {"project": "De la Dra. Gómez"},
        {"women": 0, "men": 0, "unsaid": 0},
        {"women": -1},
        {"hours": "0"},
        {"hours": "900"},
        {"topics": []},
        {"topics": ["moon"]},
        {"held_on": day(2)},
        {"kind": "party"},
    ],
)
def test_names_contacts_nobody_and_nonsense_are_refused(elena, hospital, changes):
    assert elena.post(reverse("asesorias:add"), form(hospital, **changes)).status_code == 200
    assert not AdviceRecord.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Escribir a ana@hospital.mx"},
        {"due_on": day(-4)},
        {"done_on": day(-4)},
        # Not tomorrow's: midnight may strike between this line and the test.
        {"done_on": day(2)},
        {"role": "Ana"},
    ],
)
def test_actions_are_looked_at_too(elena, hospital, changes):
    assert elena.post(reverse("asesorias:add"), form(hospital, [action(**changes)])).status_code == 200
    assert not AdviceRecord.objects.exists()


def test_the_refusal_says_what_to_write_instead(elena, hospital):
    page = elena.post(reverse("asesorias:add"), form(hospital, note="Con María Pérez")).content.decode()
    assert spanish("This looks like somebody's name. Say the post or the team instead.") in page


def test_pending_lists_the_overdue_first_and_can_show_them_alone(elena, hospital):
    one = record(hospital)
    late, soon, _done = agreed(one, due=-5), agreed(one, due=5), agreed(one, due=-20, done=-1)
    text = elena.get(reverse("asesorias:pending")).content.decode()
    assert text.index(late.text) < text.index(soon.text)
    assert "Acción -20" not in text
    assert soon.text not in elena.get(reverse("asesorias:pending"), {"vencidas": "1"}).content.decode()


def test_done_is_done_today_and_once(elena, hospital):
    one = agreed(record(hospital), due=-5)
    address = reverse("asesorias:finish", args=[one.pk])
    assert elena.get(address).status_code == 405
    elena.post(address)
    one.refresh_from_db()
    assert one.done_on == day(0)
    advising.finish_action(action=one, done_on=day(-2))
    one.refresh_from_db()
    assert one.done_on == day(0)


def test_nothing_was_done_before_it_was_agreed_or_tomorrow(hospital):
    one = agreed(record(hospital, held=-3), due=5)
    for when in (day(-4), day(1)):
        with pytest.raises(advising.DoneBeforeAgreed):
            advising.finish_action(action=one, done_on=when)


def test_whoever_has_no_right_finds_nothing(hospital):
    bruno = log_in(UserFactory(is_staff=True))
    one = agreed(record(hospital), due=5)
    answers = [bruno.get(reverse("asesorias:pending")), bruno.get(reverse("asesorias:index"))]
    answers += [bruno.post(reverse("asesorias:finish", args=[one.pk]))]
    assert {answer.status_code for answer in answers} <= {302, 404}
    one.refresh_from_db()
    assert one.done_on is None


def test_the_lists_ask_as_little_for_many_as_for_few(elena, hospital, django_assert_max_num_queries):
    for number in range(60):
        agreed(record(hospital, held=-number - 30), due=number - 30)
    for name in ("asesorias:index", "asesorias:pending"):
        elena.get(reverse(name))
        with django_assert_max_num_queries(15):
            elena.get(reverse(name))


def test_one_advice_is_read_with_what_is_late(elena, hospital):
    late, done = (
        action(due_on=day(-9)),
        action(text="Enviar la guía", due_on=day(-8), done_on=day(-7), ORDER=2),
    )
    elena.post(reverse("asesorias:add"), form(hospital, [late, done], held_on=day(-10)))
    page = elena.get(reverse("asesorias:inspect", args=[AdviceRecord.objects.get().pk]))
    assert page.context["screen"].overdue == 1
    assert [row.overdue for row in page.context["screen"].actions] == [True, False]
    assert "Enviar la guía" in page.content.decode()
    assert 'name="note"' not in page.content.decode()


def test_who_is_known_here_is_named_in_no_note(hospital, elena):
    PersonFactory(certificate_name="Yamileth Quiej Tzoc", country=country("MX"))
    address = reverse("asesorias:add")
    for said in ("Se revisó la situación de Yamileth Quiej", "con Quiej Tzoc ayer"):
        page = elena.post(address, form(hospital, note=said)).content.decode()
        assert "parece el nombre de alguien" in page, said
        page = elena.post(address, form(hospital, [action(text=said)])).content.decode()
        assert "parece el nombre de alguien" in page, said
    assert not AdviceRecord.objects.exists()
    # One word of it, or two that no one person bears, may be a place or a programme.
    elena.post(address, form(hospital, note="Proyecto Quiej Norte con el equipo de Tzoc"))
    assert AdviceRecord.objects.count() == 1


def test_who_advises_in_one_country_learns_of_nobody_in_another(hospital, db):
    PersonFactory(certificate_name="Yamileth Quiej Tzoc", country=country("GT"))
    hilda = log_in(with_duty(code="MX"))
    hilda.post(reverse("asesorias:add"), form(hospital, note="Se revisó con Quiej Tzoc"))
    assert AdviceRecord.objects.count() == 1
