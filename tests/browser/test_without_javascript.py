"""The whole way on a phone without JavaScript: from an address that somebody passed on to a certificate that holds."""

from __future__ import annotations

import re
from typing import Any

from accounts.models import User
from assessments.models import Attempt
from certificates.models import Certificate
from learning.models import Completion

MAIL = "sin-guion@senda.example"


def press(page: Any, words: str) -> None:
    page.click(f"main button:has-text('{words}')")
    page.wait_for_load_state()


def sign_up(page: Any) -> None:
    page.goto("/")
    page.click("main a.btn-primary")
    page.click(".results .title a")
    page.click("main a:has-text('Inscribirme') >> visible=true")
    page.click("main a[href*='/cuenta/crear/']")
    page.fill("input[name=identifier]", MAIL)
    page.fill("input[name=password1]", "una garza sobre el agua")
    page.select_option("select[name=country]", label="México")
    page.check("input[name=adult]", force=True)
    page.check("input[name=notice]", force=True)
    press(page, "Crear mi cuenta")


def do_lessons(page: Any, count: int) -> None:
    for _lesson in range(count):
        press(page, "Terminé esta lección")


def pass_quiz(page: Any) -> None:
    press(page, "Empezar la prueba")
    attempt = Attempt.objects.get(person__user__email=MAIL)
    for question in attempt.version.quiz.questions:
        for key in question.right_keys:
            page.check(f"input[value='{key}']", force=True)
        press(page, "Guardar y")
    press(page, "Entregar la prueba")


def tell_details(page: Any) -> None:
    page.goto("/cuenta/perfil/")
    page.fill("input[name=certificate_name]", "Ñandú Güemes Íñiguez")
    for name in ("sex", "age_band", "position"):
        page.select_option(f"select[name={name}]", index=1)
    press(page, "Guardar")


def test_from_the_first_page_to_a_verified_certificate(phone, world):
    with phone(java_script_enabled=False) as page:
        sign_up(page)
        page.click("main form .btn-primary")
        page.wait_for_load_state()
        do_lessons(page, len(world.lessons))
        pass_quiz(page)
        assert Completion.objects.filter(enrolment__person__user__email=MAIL).exists()
        tell_details(page)
        page.goto("/aprender/registro/")
        with page.expect_download() as download:
            page.click("main a:has-text('Descargar la constancia')")
        assert download.value.path().read_bytes().startswith(b"%PDF-")
        code = Certificate.objects.get(person=User.objects.get(email=MAIL).person).code
        page.click(".sign-out button")
        page.goto("/verificar/")
        page.fill("input[name=codigo]", code.lower().replace("-", " "))
        page.click("main form .btn-primary")
        page.wait_for_load_state()
        told = page.inner_text(".verdict")
        assert "Ñandú Güemes Íñiguez" in told
        assert re.search(r"vigente|válida", told, re.IGNORECASE)


def test_bruno_hands_out_slips_that_a_phone_can_show(phone, world):
    from tests.plugins.browser import overflows

    with phone("bruno", java_script_enabled=False) as page:
        page.goto("/cuenta/codigos/")
        page.fill("textarea", "Ana\nLuz")
        page.select_option("select[name=country]", label="México")
        page.check("main input[type=checkbox]", force=True)
        press(page, "Hacer los códigos")
        assert page.locator(".slip").count() == 2
        assert overflows(page) == []
