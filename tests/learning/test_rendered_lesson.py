"""A lesson is rendered once for everybody who reads the same, and nobody reads what is another's."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses import rendered
from courses.models import GlossaryTerm, LessonPage, Source
from programme import remembered
from programme.models import Country, Identity, SupportLine
from tests.blocks.lessons import raw
from tests.blocks.samples import items
from tests.conftest import Role
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, committed, publish
from tests.factories.learning import enrol

NOTEBOOK = str(uuid.uuid4())


@pytest.fixture
def term(db: Any) -> GlossaryTerm:
    return GlossaryTerm.objects.create(term="Escucha", definition="<p>Oír con atención.</p>", slug="escucha")


@pytest.fixture
def lesson(course: SmallCourse, term: GlossaryTerm) -> LessonPage:
    variants = items(
        {"country": "MX", "text": "<p>Solo en México</p>"},
        {"country": "GT", "text": "<p>Solo en Guatemala</p>"},
    )
    body = [
        raw("text", "<p>Para todas las personas.</p>"),
        raw("glossary", {"term": term.pk}),
        raw("country", {"title": "La norma", "mode": "own_only", "variants": variants}),
        raw("reflection", {"prompt": "¿Qué te ayuda?", "help": ""}, NOTEBOOK),
        raw("support_lines", {"title": "A quién llamar"}),
        raw("text", "<p>El final.</p>"),
    ]
    page = course.lessons[0]
    page.body = page.body.stream_block.to_python(body)
    return publish(page)


@pytest.fixture(autouse=True)
def learners(course: SmallCourse, amina: Role, farid: Role) -> None:
    enrol(amina.person, course)
    enrol(farid.person, course)


def read(who: Role | Client, page: LessonPage, **options: Any) -> str:
    answer = (who.client if isinstance(who, Role) else who).get(page.url, **options)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often a whole body is rendered; the rendering itself stays what it is."""
    counted: list[int] = []
    render = rendered._afresh

    def counting(page: LessonPage, context: Any) -> Any:
        counted.append(page.pk)
        return render(page, context)

    monkeypatch.setattr(rendered, "_afresh", counting)
    return counted


def test_it_is_rendered_once_for_two_learners_of_a_country(
    lesson: LessonPage, amina: Role, chipo: Role, course: SmallCourse, renderings: list[int]
) -> None:
    type(chipo.person).objects.filter(pk=chipo.person.pk).update(country=country("MX"))
    enrol(chipo.person, course)
    for who in (amina, chipo, amina):
        assert "Para todas las personas" in read(who, lesson)
    assert len(renderings) == 1


def test_the_notebook_of_amina_is_never_shown_to_farid(
    lesson: LessonPage, amina: Role, farid: Role, course: SmallCourse
) -> None:
    type(farid.person).objects.filter(pk=farid.person.pk).update(country=country("MX"))
    farid.person.enrolments.update(at_country=country("MX"))
    address = reverse("learning:reflect", kwargs={"activity": lesson.translation_key})
    assert amina.client.post(address, {"block": NOTEBOOK, "text": "Lo que solo yo sé"}).status_code == 302
    assert "Lo que solo yo sé" in read(amina, lesson)
    his = read(farid, lesson)
    assert "Lo que solo yo sé" not in his
    assert "¿Qué te ayuda?" in his
    assert "Lo que solo yo sé" in read(amina, lesson)


def test_each_has_a_token_of_her_own_in_the_forms(lesson: LessonPage, amina: Role, farid: Role) -> None:
    def tokens(html: str) -> set[str]:
        return {part.split('"')[0] for part in html.split('name="csrfmiddlewaretoken" value="')[1:]}

    hers, his = tokens(read(amina, lesson)), tokens(read(farid, lesson))
    assert hers
    assert his
    assert not hers & his


def test_a_country_reads_its_own_text_alone(lesson: LessonPage, amina: Role, farid: Role) -> None:
    amina.person.enrolments.update(at_country=country("MX"))
    farid.person.enrolments.update(at_country=country("GT"))
    for _again in range(2):
        assert "Solo en México" in read(amina, lesson)
        assert "Solo en Guatemala" not in read(amina, lesson)
        assert "Solo en Guatemala" in read(farid, lesson)
        assert "Solo en México" not in read(farid, lesson)


def test_the_words_around_follow_the_language_of_the_menu(lesson: LessonPage, amina: Role) -> None:
    read(amina, lesson)
    assert 'aria-label="Main"' in read(amina, lesson, HTTP_ACCEPT_LANGUAGE="en")
    assert 'aria-label="Main"' not in read(amina, lesson, HTTP_ACCEPT_LANGUAGE="es")


def test_an_editor_sees_what_learners_do_not(lesson: LessonPage, amina: Role, admin_user: User) -> None:
    page = LessonPage.objects.get(pk=lesson.pk)
    page.body = page.body.stream_block.to_python(
        [*page.body.raw_data, raw("text", "<p>[[por verificar: nueve de diez]]</p>")]
    )
    page = publish(page)
    assert "nueve de diez" not in read(amina, page)
    preview = page.make_preview_request(preview_mode="").content.decode()
    assert "nueve de diez" in preview
    assert "nueve de diez" not in read(amina, page)


def test_an_answer_that_was_tried_is_hers_alone(lesson: LessonPage, amina: Role, farid: Role) -> None:
    key = str(uuid.uuid4())
    options = items(
        {"text": "Insistir", "correct": False, "feedback": "Mejor no."},
        {"text": "Esperar", "correct": True, "feedback": "Así es."},
    )
    check = {"question": "¿Y ahora?", "options": options, "explanation": ""}
    page = LessonPage.objects.get(pk=lesson.pk)
    page.body = page.body.stream_block.to_python([raw("knowledge_check", check, key)])
    page = publish(page)
    plain = read(farid, page)
    tried = amina.client.get(f"{page.url}?comprobar={key}&opcion=2").content.decode()
    assert tried.count(" checked") == 1
    assert plain.count(" checked") == read(farid, page).count(" checked") == 0


# Changes


def change_lesson(lesson: LessonPage) -> str:
    publish(
        LessonPage.objects.get(pk=lesson.pk),
        summary="Un resumen nuevo",
        body=[("text", {"text": "Otro texto"})],
    )
    return "Otro texto"


def change_term(lesson: LessonPage) -> str:
    with committed():
        term = GlossaryTerm.objects.get(slug="escucha")
        term.definition = "<p>Oír sin prisa.</p>"
        term.save()
    return "Oír sin prisa."


def change_line(lesson: LessonPage) -> str:
    with committed():
        SupportLine.objects.create(
            country=country("MX"), name="Línea nueva", number="8009112000", verified_on="2026-10-01"
        )
    return "Línea nueva"


def change_source(lesson: LessonPage) -> str:
    source = Source.objects.create(key="oms-nueva", title="Guía")
    page = LessonPage.objects.get(pk=lesson.pk)
    page.sources.add(source)
    publish(page)
    with committed():
        source.title = "Guía de campo"
        source.save()
    return "Guía de campo"


def change_name(lesson: LessonPage) -> str:
    with committed():
        identity = Identity.objects.first() or Identity(site=lesson.get_site())
        identity.site_name = "Otra senda"
        identity.save()
    return "Otra senda"


@pytest.mark.parametrize("change", [change_lesson, change_term, change_line, change_source, change_name])
def test_a_change_is_seen_at_once(lesson: LessonPage, amina: Role, change: Any) -> None:
    amina.person.enrolments.update(at_country=country("MX"))
    read(amina, lesson)
    said = change(lesson)
    assert said in read(amina, lesson)


def test_an_unpublished_lesson_is_gone_at_once(lesson: LessonPage, amina: Role) -> None:
    read(amina, lesson)
    with committed():
        LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert amina.client.get(lesson.url).status_code == 302


def test_another_process_hears_of_a_change_within_a_minute(lesson: LessonPage, amina: Role) -> None:
    read(amina, lesson)
    GlossaryTerm.objects.filter(slug="escucha").update(definition="<p>Otra definición.</p>")
    caches["shared"].set(remembered.GENERATION, "what another process began", None)
    assert "Otra definición." not in read(amina, lesson)
    remembered._memory.heard_at = time.monotonic() - 61
    assert "Otra definición." in read(amina, lesson)


def test_a_country_renamed_is_called_by_its_new_name(lesson: LessonPage, amina: Role) -> None:
    amina.person.enrolments.update(at_country=country("MX"))
    read(amina, lesson)
    with committed():
        mexico = Country.objects.get(code="MX")
        mexico.name_es = mexico.name_en = mexico.name_fr = "Anáhuac"
        mexico.in_programme = True
        mexico.save()
    assert "Anáhuac" in read(amina, lesson)
