"""Amina searches on her phone, without an account, with what she types and with what others make her send."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import versions
from search.gateway import Query
from tests.factories.accounts import PersonFactory
from tests.factories.courses import add_lesson, committed, make_course
from tests.factories.translations import translate_course
from tests.search import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def ask(**asked):
        return client.get(reverse("search:results"), asked)

    return ask


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_amina_types_psicologico_and_is_led_to_the_lesson(ask):
    page = world.course("Primeros auxilios psicológicos")
    lesson = world.lesson(page, "Escuchar", "El apoyo psicológico no es terapia.")
    response = ask(q="psicologico")
    assert response.status_code == 200
    assert f'href="{lesson.url}"' in body(response)
    assert "apoyo <mark>psicológico</mark> no es" in body(response)
    assert 'value="psicologico"' in body(response)


def test_before_anybody_asks_there_is_only_the_question(ask):
    response = ask()
    assert response.status_code == 200
    assert "<h2" not in body(response).split("<main")[1].split("</main>")[0]


def test_the_form_asks_by_an_address_and_works_without_javascript(ask):
    page = body(ask(q="agua"))
    assert re.search(r'<form[^>]+role="search"[^>]+method="get"', page)
    assert "<script" not in page.split("<main")[1].split("</main>")[0]


def test_what_amina_did_not_find_she_is_helped_to_find(ask):
    world.course("Agua")
    page = body(ask(q="dragones"))
    assert "Prueba" in page or "Try one word alone" in page


def test_markup_in_titles_texts_and_words_is_escaped(ask):
    page = world.course("<img src=x onerror=alert(1)> agua")
    world.lesson(page, "Agua", "&lt;script&gt;alert(2)&lt;/script&gt; agua")
    shown = body(ask(q='agua"><script>alert(3)</script>'))
    assert "<img src=x" not in shown
    assert "<script>alert" not in shown
    assert "<img src=x" not in body(ask(q="agua"))
    assert "<script>alert" not in body(ask(q="agua"))


def test_results_are_narrowed_to_lessons_and_back(ask):
    page = world.course("Agua")
    world.lesson(page, "Agua limpia", "Agua.")
    shown = body(ask(q="agua", tipo="lesson"))
    assert "Agua limpia" in shown.replace("<mark>", "").replace("</mark>", "")
    assert 'href="/buscar/?q=agua&amp;tipo=course"' in shown
    assert 'href="/buscar/?q=agua"' in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "agua", "tipo": "dragon"},
        {"q": "agua", "pagina": "100000"},
        {"q": "agua", "pagina": "-1"},
        {"q": "agua", "pagina": "٣"},
        {"q": "agua", "pagina": "9" * 5_000},
        {"q": "agua " * 2_000},
        {"q": "agua\x00"},
        {"q": "\u202eagua"},
        {"q": "agua", "tipo": "' OR 1=1 --"},
    ],
)
def test_absurd_questions_are_answered_kindly(ask, asked):
    world.course("Agua")
    response = ask(**asked)
    assert response.status_code == 200
    assert "<mark>Agua</mark>" in body(response)
    assert "\x00" not in response.content.decode()
    assert "\u202e" not in response.content.decode()


def test_a_posted_search_is_refused(client):
    assert client.post(reverse("search:results"), {"q": "agua"}).status_code == 405


def test_pages_are_turned_by_links(ask):
    page = world.course("Agua")
    for number in range(11):
        world.lesson(page, f"Agua {number}", "Agua.")
    first, second = ask(q="agua"), ask(q="agua", pagina="2")
    assert 'rel="next" href="/buscar/?q=agua&amp;pagina=2"' in body(first)
    assert 'rel="prev" href="/buscar/?q=agua"' in body(second)


def test_a_page_of_results_stays_out_of_other_search_engines(ask):
    assert '<meta name="robots" content="noindex">' in body(ask(q="agua"))


@pytest.mark.parametrize("count", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_the_page_asks_the_database_ten_times_at_most_with_three_courses_or_sixty(
    ask, count, django_assert_max_num_queries
):
    many(count)
    ask(q="agua")
    with django_assert_max_num_queries(10):
        assert ask(q="agua").status_code == 200


def test_queries_do_not_grow_with_the_number_of_hits(ask):
    many(3)
    ask(q="agua")
    with CaptureQueriesContext(connection) as few:
        ask(q="agua")
    many(12)
    with CaptureQueriesContext(connection) as lots:
        ask(q="agua")
    assert len(lots) <= len(few) <= 10


def many(count: int) -> None:
    """A lesson in each of `count` courses, written straight into the tree."""
    for number in range(count):
        page = world.course(f"Agua {number}")
        if number < 15:
            world.lesson(page, f"Agua limpia {number}", "Agua.")


def test_a_query_is_tidy_from_the_start():
    assert Query(" agua\x00\n\u202e  limpia ").text == "agua limpia"
    assert Query("x" * 900).text == "x" * 200


def test_amina_finds_a_translated_lesson_once_and_in_her_language(client, db):
    small = make_course(code="IDI-01", title="Idiomas")
    translate_course(small, "en")
    page = client.get("/buscar/?q=mirar&contenido=en").content.decode()
    assert page.count("Lección 1</a>") == 1
    assert re.search(r'<h3 class="title" lang="en"><a [^>]*>\[en\] Lección 1', page)
    assert "?contenido" not in re.search(r'<a href="([^"]*leccion-1[^"]*)"', page)[1]


def test_a_new_lesson_is_offered_once_bruno_releases_the_version_that_asks_it(ask):
    small = make_course()
    lesson = add_lesson(small, title="Limpiar la cubeta")
    assert lesson.live
    assert lesson.url not in body(ask(q="cubeta"))
    with committed():
        versions.release(proposal=small.course.proposals.get(state="open"), by=PersonFactory())
    assert f'href="{lesson.url}"' in body(ask(q="cubeta"))
