"""The whole page of a lesson, as Amina meets it on her way and as Bruno looks at it beforehand."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from courses import gate
from courses.gate import Answer
from courses.models import LessonPage
from programme.remembered import forget
from tests.blocks.lessons import lesson_with, raw
from tests.blocks.samples import sample, source
from tests.factories.media_library import PictureFactory

CLAIM = "[[por verificar: nueve de diez]]"


@dataclass(frozen=True)
class Stop:
    title: str
    state: str
    url: str = "/x/"
    kind: str = "lesson"


@dataclass(frozen=True)
class Position:
    n: int = 2
    of: int = 3


@dataclass(frozen=True)
class Study:
    """What the learners' room gives a lesson page."""

    course_title: str = "Primeros auxilios psicológicos"
    course_url: str = "/cursos/pap-01/"
    position: Position = Position()
    trail: tuple[Stop, ...] = (
        Stop("Llegar", "done"),
        Stop("Escuchar", "current"),
        Stop("Cerrar", "ahead", ""),
    )
    done: bool = False
    skipped: bool = False
    complete_url: str = "/terminar/"
    skip_url: str = "/saltar/"
    previous: Stop | None = Stop("Llegar", "done", "/llegar/")
    next: Stop | None = Stop("Cerrar", "ahead", "/cerrar/")
    minutes: int = 15
    sensitive: bool = True
    country: str = "MX"
    left: str = "Faltan 2 actividades."
    reflections: dict[str, str] = field(default_factory=dict)


AMINA = Study()


def opened(
    monkeypatch: pytest.MonkeyPatch, page: LessonPage, study: Study | None = AMINA, **request: Any
) -> str:
    """Return the page's HTML as the reader whose part is `study` gets it."""

    class Keeper:
        def may_open(self, request: Any, page: Any) -> Answer:
            return Answer(study=study)

    monkeypatch.setattr(gate, "_doorkeeper", [Keeper()])
    asked = RequestFactory().get("/leccion/")
    for name, value in {"user": AnonymousUser(), "person": None, "session": {}, **request}.items():
        setattr(asked, name, value)
    found = LessonPage.objects.get(pk=page.pk)
    response = found.serve(asked) if study else found.serve_preview(asked, "")
    return str(response.render().content.decode())


def test_amina_sees_where_she_is_and_what_comes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    html = opened(monkeypatch, lesson_with(raw("text", "<p>Hola</p>"), summary="Escuchar sin apurar."))
    assert 'aria-current="step"' in html
    assert 'rel="prev" href="/llegar/"' in html
    assert 'rel="next" href="/cerrar/"' in html
    assert "Faltan 2 actividades." in html
    assert "<p>Hola</p>" in html
    assert html.count("<h1") == 1


def test_a_lesson_is_finished_by_an_act_of_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    page = lesson_with()
    assert 'method="post" action="/terminar/"' in opened(monkeypatch, page)
    assert "/terminar/" not in opened(monkeypatch, page, replace(AMINA, done=True))


def test_the_quick_exit_stands_on_sensitive_courses_only(monkeypatch: pytest.MonkeyPatch) -> None:
    page = lesson_with()
    assert "data-exit" in opened(monkeypatch, page)
    assert "data-exit" not in opened(monkeypatch, page, replace(AMINA, sensitive=False))


def test_who_leaves_a_hard_lesson_aside_is_given_its_gentle_equivalent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = lesson_with(skippable=True, equivalent="<p>Da un paseo corto.</p>")
    before = opened(monkeypatch, page)
    assert 'action="/saltar/"' in before
    assert "paseo" not in before
    after = opened(monkeypatch, page, replace(AMINA, skipped=True))
    assert "Da un paseo corto." in after
    assert 'action="/saltar/"' not in after
    assert 'name="way" value="equivalent"' in after


def test_a_lesson_that_cannot_be_skipped_offers_no_way_around(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/saltar/" not in opened(monkeypatch, lesson_with())


def test_bruno_looks_at_a_lesson_without_being_on_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    page = lesson_with(raw("text", f"<p>Hola {CLAIM}</p>"), sample("reflection"))
    html = opened(monkeypatch, page, None, is_preview=True)
    assert "nueve de diez" in html
    assert "/terminar/" not in html
    assert 'role="note"' in html


def test_no_claim_to_be_verified_is_anywhere_on_amina_s_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = lesson_with(raw("text", f"<p>Hola {CLAIM}</p>"), summary=f"Escuchar {CLAIM}", skippable=True)
    page.title, page.equivalent = f"Escuchar {CLAIM}", f"<p>Pasea {CLAIM}</p>"
    page.sources.add(source(CLAIM))
    page.save()
    html = opened(monkeypatch, page, replace(AMINA, skipped=True))
    assert "Pasea" in html
    assert "OMS" in html
    assert "por verificar" not in html
    assert "nueve" not in html


def test_the_page_carries_nothing_inline_that_its_policy_forbids(monkeypatch: pytest.MonkeyPatch) -> None:
    html = opened(
        monkeypatch, lesson_with(*(sample(kind) for kind in ("self_check", "knowledge_check", "comparison")))
    )
    assert " style=" not in html
    assert " onclick" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("count", [2, 12])
def test_a_lesson_read_for_the_first_time_costs_two_queries_with_two_pictures_or_twelve(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    fields = {"alt": "x", "decorative": False, "caption": "", "credit": ""}
    page = lesson_with(*(raw("picture", {"image": PictureFactory().pk, **fields}) for _ in range(count)))
    page.sources.add(source())
    page.save()
    opened(monkeypatch, page)
    forget()
    with CaptureQueriesContext(connection) as queries:
        opened(monkeypatch, page)
    body = [query for query in queries if "media_library" in query["sql"] or "courses_source" in query["sql"]]
    assert len(body) == 2
