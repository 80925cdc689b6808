"""A quiz in a real browser: saved when given, over a lost connection, after an ended session, without JavaScript."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments import services
from assessments.models import AttemptAnswer
from media_library.models import Picture
from programme.scope import Reader
from tests.assessments.conftest import right
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of
from tests.plugins.browser import axe, overflows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_amina(live_server, amina):
    """Put Amina's session into a page."""

    def enter(page):
        client = Client()
        client.force_login(amina)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return enter


def address(attempt, n: int = 1) -> str:
    return reverse("assessments:question", args=[attempt.key, n])


def choice(attempt, n: int = 1) -> str:
    return f'input[value="{right(attempt, n)[0]}"]'


def kept() -> list[list[str]]:
    return list(AttemptAnswer.objects.values_list("chosen", flat=True))


def test_an_answer_is_saved_as_soon_as_it_is_given(phone, as_amina, attempt):
    page = as_amina(phone)
    page.goto(address(attempt))
    page.check(choice(attempt), force=True)
    page.wait_for_selector("[data-status] .saved")
    assert kept() == [right(attempt, 1)]
    page.reload()
    assert page.is_checked(choice(attempt))


def test_a_lost_connection_is_told_and_the_answer_saved_when_it_is_back(phone, as_amina, attempt):
    page = as_amina(phone)
    page.goto(address(attempt))
    words = page.get_attribute("form[data-quiz]", "data-offline")
    page.context.set_offline(True)
    page.check(choice(attempt), force=True)
    page.wait_for_function(
        "words => document.querySelector('[data-status]').textContent.includes(words)", arg=words
    )
    page.click("form[data-quiz] button.btn-primary")
    assert page.is_checked(choice(attempt))
    assert kept() == []
    page.context.set_offline(False)
    page.wait_for_url(f"**{address(attempt, 2)}")
    assert kept() == [right(attempt, 1)]


def test_an_ended_session_is_told_with_the_way_back(desktop, as_amina, attempt):
    page = as_amina(desktop)
    page.goto(address(attempt))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.check(choice(attempt), force=True)
    page.wait_for_selector("[data-status] a")
    assert reverse("account_login") in page.get_attribute("[data-status] a", "href")
    assert kept() == []


def test_the_whole_way_without_javascript(phone_without_javascript, as_amina, attempt):
    page = as_amina(phone_without_javascript)
    page.goto(address(attempt))
    for n in (1, 2, 3):
        for key in right(attempt, n):
            page.check(f'input[value="{key}"]', force=True)
        page.click("form.flow button.btn-primary")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"**{reverse('assessments:result', args=[attempt.key])}")
    attempt.refresh_from_db()
    assert attempt.passed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_phone(browser_page, as_amina, attempt, scheme):
    with browser_page(color_scheme=scheme, viewport={"width": 360, "height": 740}) as blank:
        page = as_amina(blank)
        for there in (
            address(attempt),
            address(attempt, 2),
            reverse("assessments:review", args=[attempt.key]),
        ):
            page.goto(there)
            assert axe(page) == []
            assert overflows(page) == []
        page.click("main form button.btn-primary")
        page.wait_for_url(f"**{reverse('assessments:result', args=[attempt.key])}")
        assert axe(page) == []
        assert overflows(page) == []


def begun(user, *questions):
    """Begin an attempt that asks just these."""
    version = services.freeze_quiz(quiz=QuizFactory(questions=list(questions)))
    asked = {"context": uuid.uuid4(), "quiz_key": version.quiz_key, "pass_mark": 70, "max_attempts": 3}
    return services.start_attempt(person=user.person, reader=Reader("MX"), **asked)


def test_what_she_types_is_saved_and_one_press_goes_on(phone, as_amina, amina):
    question = QuestionFactory(kind="short", choices=choices_of(("Escuchar", True)))
    attempt = begun(amina, question, QuestionFactory())
    page = as_amina(phone)
    page.goto(address(attempt))
    assert not axe(page)
    assert not overflows(page)
    page.get_by_label("Tu respuesta").fill("mirar y escuchar")
    # Leaving the field saves: the button must not move from under her finger meanwhile.
    page.get_by_role("button", name="Guardar y seguir").click()
    page.wait_for_url(f"**{address(attempt, 2)}")
    assert kept() == [["mirar y escuchar"]]


@pytest.mark.parametrize("kind", ["order", "match"])
def test_lists_to_choose_from_have_names_and_fit_a_phone(phone, as_amina, amina, kind):
    things = choices_of(("Tiene hambre y frío desde ayer", False), ("No sabe dónde está su familia", False))
    question = QuestionFactory(kind=kind, choices=things)
    for block, partner in zip(question.choices, ("Comida y abrigo", "Búsqueda"), strict=True):
        block.value["match"] = partner
    question.save()
    attempt = begun(amina, question)
    page = as_amina(phone)
    page.goto(address(attempt))
    assert axe(page) == []
    assert overflows(page) == []
    page.get_by_label("No sabe dónde está su familia").select_option(index=2)
    page.wait_for_selector("[data-status] .saved")
    page.reload()
    assert page.get_by_label("No sabe dónde está su familia").input_value() == kept()[0][0]


def test_the_gaps_of_a_text_have_names_fit_a_phone_and_are_saved(phone, as_amina, amina):
    question = QuestionFactory(
        kind="cloze",
        stem="Cuando alguien llora en el albergue, primero te [1] cerca y después [2] lo que quiera contar.",
        choices=choices_of(("sientas", False), ("escuchas | oyes", False)),
    )
    attempt = begun(amina, question)
    page = as_amina(phone)
    page.goto(address(attempt))
    assert axe(page) == []
    assert overflows(page) == []
    page.get_by_label("Espacio 1").fill("sientas")
    page.get_by_label("Espacio 2").fill("escuchas")
    page.get_by_role("button", name="Guardar y revisar").click()
    page.wait_for_url(f"**{reverse('assessments:review', args=[attempt.key])}")
    assert [answer.partition(":")[2] for answer in kept()[0]] == ["sientas", "escuchas"]


def a_plan():
    """Keep a picture of a room and return it."""
    buffer = BytesIO()
    Image.new("RGB", (600, 400), "#f3ecdd").save(buffer, "PNG")
    buffer.seek(0)
    return Picture.objects.create(title="Plano", file=ImageFile(buffer, name="plano.png"))


def asked_for_a_place(amina):
    """Begin an attempt that asks for a place in that picture."""
    places = (("Silla", "5 5 30 30"), ("Puerta", "70 70 14"))
    choices = [
        ("choice", {"text": text, "correct": text == "Silla", "feedback": "", "area": area})
        for text, area in places
    ]
    shown = {"picture": a_plan(), "picture_alt": "Plano de una sala."}
    return begun(amina, QuestionFactory(kind="area", choices=choices, **shown))


@pytest.mark.parametrize("page_of", ["phone", "phone_without_javascript"])
def test_a_place_is_chosen_by_touching_the_picture(request, as_amina, amina, page_of):
    attempt = asked_for_a_place(amina)
    page = as_amina(request.getfixturevalue(page_of))
    page.goto(address(attempt))
    wanted = page.get_by_role("radio", name="Silla")
    page.locator(f'label[for="{wanted.get_attribute("id")}"]').first.tap()
    assert wanted.is_checked()
    page.get_by_role("button", name="Guardar y revisar").tap()
    page.wait_for_url(f"**{reverse('assessments:review', args=[attempt.key])}")
    assert kept() == [right(attempt, 1)]


def test_a_place_is_chosen_by_keyboard_and_the_picture_is_told(desktop, as_amina, amina):
    page = as_amina(desktop)
    page.goto(address(asked_for_a_place(amina)))
    assert axe(page) == []
    assert overflows(page) == []
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("radio").nth(1).is_checked()
    assert page.get_by_role("img", name="Plano de una sala.").count() == 1
