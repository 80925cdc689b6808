"""Every kind of page, on a phone and a wide screen, by day and by night: nothing for axe, nothing that sticks out."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.models import Attempt
from certificates.models import Certificate
from learning.models import Cohort
from tests.plugins.browser import axe, overflows

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}
# 640 px at 200 % zoom are as many CSS pixels.
ZOOMED = {"width": 320, "height": 400}
# Fingers reach these; links within a sentence are as high as their line (WCAG 2.5.8 excepts them).
CONTROLS = (
    ".btn, .site-nav a, .menu > summary, .sign-out button, .languages button, summary, select, .form-control"
)


def of_attempt(who: str, kind: str) -> str:
    attempt = Attempt.objects.filter(person__user__email=f"{who}@senda.example").order_by("-pk")[0]
    return f"/prueba/{attempt.key}/{kind}"


def of_certificate(who: str) -> str:
    rows = Certificate.objects.filter(person__user__email=f"{who}@senda.example")
    return f"/verificar/{rows.order_by('pk')[0].code}/"


PAGES: dict[str, tuple[str, Any]] = {
    "home": ("", "/"),
    "home of a learner": ("amina", "/"),
    "catalogue": ("", "/cursos/"),
    "catalogue without results": ("", "/cursos/?q=dragones&pais=MX"),
    "course": ("", lambda world: world.course),
    "course in progress": ("amina", lambda world: world.course),
    "course completed": ("maria", lambda world: world.course),
    "lesson": ("amina", lambda world: world.lessons[0]),
    "lesson left aside": ("xiomara", lambda world: world.lessons[-1]),
    "lesson with every block": ("admin", lambda world: world.everything),
    "quiz page": ("zoila", lambda world: world.quiz),
    "quiz page, tries used up": ("heriberto", lambda world: world.quiz),
    "question": ("zoila", lambda world: of_attempt("zoila", "2/")),
    "review": ("zoila", lambda world: of_attempt("zoila", "revisar/")),
    "result, not passed": ("yolanda", lambda world: of_attempt("yolanda", "resultado/")),
    "result, passed": ("maria", lambda world: of_attempt("maria", "resultado/")),
    "my courses": ("amina", "/aprender/"),
    "my courses, none": ("chipo", "/aprender/"),
    "my record": ("amina", "/aprender/registro/"),
    "my record with a certificate": ("maria", "/aprender/registro/"),
    "code of an institution": ("amina", "/aprender/codigo/"),
    "groups": ("bruno", "/aprender/grupos/"),
    "group": ("bruno", lambda world: f"/aprender/grupos/{Cohort.objects.first().key}/"),
    "personal codes": ("bruno", "/cuenta/codigos/"),
    "profile": ("amina", "/cuenta/perfil/"),
    "contact": ("amina", "/cuenta/contacto/"),
    "privacy": ("amina", "/cuenta/privacidad/"),
    "my data": ("amina", "/cuenta/mis-datos/"),
    "change of password": ("amina", "/cuenta/contrasena/"),
    "sign in": ("", "/cuenta/entrar/"),
    "sign up": ("", "/cuenta/crear/"),
    "forgotten password": ("", "/cuenta/contrasena/olvidada/"),
    "sign out": ("amina", "/cuenta/salir/"),
    "verify": ("", "/verificar/"),
    "verify: mistyped": ("", "/verificar/0000-1111-2222-3333-4444/"),
    "verify: valid": ("", lambda world: of_certificate("maria")),
    "verify: expired": ("", lambda world: of_certificate("ursula")),
    "verify: revoked": ("", lambda world: of_certificate("teofilo")),
    "verify: replaced": ("", lambda world: of_certificate("ximena")),
    "information": ("", "/aviso-de-privacidad/"),
    "help": ("", "/ayuda/"),
    "a page of help": ("", "/ayuda/lecciones/"),
    "abuse": ("", "/avisar/"),
    "support lines": ("", "/lineas-de-apoyo/"),
    "search": ("", "/buscar/"),
    "search with results": ("", "/buscar/?q=psicologico"),
    "search without results": ("", "/buscar/?q=dragones"),
    "not found": ("", "/no-existe/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_open_to_everybody(open_page, world, name):
    who, address = PAGES[name]
    with open_page(who, reduced_motion="reduce") as page:
        page.goto(address(world) if callable(address) else address)
        found = []
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            found += axe(page)
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            found += contrast(page)
        assert found == []
        for size in (NARROW, ZOOMED):
            page.set_viewport_size(size)
            assert overflows(page) == [], size
        page.set_viewport_size(NARROW)
        assert small_controls(page) == []
        # That a page is not there the browser says too; the verification of a mistyped code may be one.
        assert [line for line in page.said if "404 (Not Found)" not in line] == []


def contrast(page: Any) -> list[str]:
    """What axe, which is on the page already, says of colours: by night nothing else can differ."""
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block']})")
    return [
        f"dark: {violation['id']}: {node['target']} {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def small_controls(page: Any) -> list[str]:
    """Controls that are on the screen and lower than 44 px: a thumb misses them."""
    return list(
        page.evaluate(
            """(controls) => [...document.querySelectorAll(controls)]
                .filter((element) => element.checkVisibility({ visibilityProperty: true }))
                .filter((element) => element.getBoundingClientRect().height < 43.5)
                .map((element) => element.outerHTML.slice(0, 160))""",
            CONTROLS,
        )
    )


def test_every_lesson_fits_a_phone_and_has_nothing_for_axe(phone, world):
    with phone("maria") as page:
        for address in world.lessons:
            page.goto(address)
            assert axe(page, within="main") == [], address
            assert overflows(page) == [], address
        assert page.said == []


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_forced_colours_and_still_pages_lose_nothing(phone, world, options):
    with phone("amina", **options) as page:
        for address in ("/", world.course, world.lessons[0], world.quiz):
            page.goto(address)
            assert page.is_visible("h1"), address
            assert overflows(page) == [], address
        moving = "getComputedStyle(document.querySelector('a')).transitionDuration"
        if "reduced_motion" in options:
            assert page.evaluate(moving) == "0s"
        assert page.said == []


def test_on_paper_stands_the_lesson_and_nothing_to_press(open_page, world):
    with open_page("maria") as page:
        page.goto(world.lessons[0])
        page.emulate_media(media="print")
        assert page.is_visible("h1")
        for gone in (".site-nav", ".support", ".strip", ".pager", ".btn"):
            assert not page.is_visible(f"{gone} >> nth=0"), gone


def test_at_800_px_of_height_the_button_to_enrol_is_in_sight(open_page, world):
    with open_page("", viewport=WIDE) as page:
        page.goto(world.course)
        box = page.locator("aside .btn-primary").bounding_box()
        assert box["y"] + box["height"] <= WIDE["height"]


def test_waypoints_are_counted_through_all_modules(open_page, world):
    with open_page() as page:
        page.goto(world.course)
        reset = "getComputedStyle(document.querySelector('.senda')).counterReset"
        assert page.evaluate(reset) == "none"
        assert page.locator("[data-state=stop]").count() == len(world.lessons) + 1


def test_a_signed_in_phone_shows_the_menu_and_the_way_out_in_one_line(phone, world):
    with phone("amina", java_script_enabled=False) as page:
        page.goto("/aprender/")
        assert page.locator(".site-header").bounding_box()["height"] <= 70
        assert page.is_visible(".sign-out button")
        assert not page.is_visible('.site-nav a[href="/aprender/registro/"]')
        page.click(".menu summary")
        page.click('.site-nav a[href="/aprender/registro/"]')
        assert page.url.endswith("/aprender/registro/")
