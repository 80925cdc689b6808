"""Amina looks for a course before she has an account: she narrows, searches, meets nothing closed."""

import re

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from courses import filters
from courses.catalogue import PAGE_SIZE, catalogue
from courses.models import Topic
from media_library.models import Picture
from programme.models import Country
from tests.search import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spanish():
    with translation.override("es"):
        yield


@pytest.fixture
def countries(db) -> dict[str, Country]:
    names = {"MX": "México", "GT": "Guatemala", "HN": "Honduras", "SV": "El Salvador"}
    for code, name in names.items():
        words = dict.fromkeys(("name_es", "name_en", "name_fr"), name)
        defaults = {**words, "time_zone": "America/Guatemala", "in_programme": True}
        Country.objects.update_or_create(code=code, defaults=defaults)
    return Country.objects.in_bulk(names)


@pytest.fixture
def topics(db) -> dict[str, Topic]:
    return {
        slug: Topic.objects.create(slug=slug, name_es=name, name_en=name, name_fr=name)
        for slug, name in {"ninez": "Niñez", "cuidado": "Cuidado de equipos"}.items()
    }


def seen(**asked):
    return catalogue(page=world.catalogue_page(), query=asked)


def titles(**asked) -> list[str]:
    return [book.title for book in seen(**asked).books]


def choices(name: str, **asked) -> dict[str, int]:
    (found,) = [one for one in seen(**asked).filters if one.name == name]
    return {choice.label: choice.count for choice in found.choices}


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# --- Narrowing ---


def test_amina_narrows_by_country_and_a_course_without_countries_is_for_all(countries):
    world.course("Para todos")
    world.course("Ley mexicana", countries=[countries["MX"]])
    assert titles(pais="GT") == ["Para todos"]
    assert titles(pais="MX") == ["Para todos", "Ley mexicana"]
    assert choices("pais") == {"México": 2, "Guatemala": 1, "Honduras": 1, "El Salvador": 1}


def test_she_narrows_by_topic_and_each_choice_says_what_it_would_leave(topics):
    world.course("Niñas solas", topics=[topics["ninez"]], level="advanced")
    world.course("Respirar", topics=[topics["cuidado"], topics["ninez"]])
    assert titles(tema="cuidado") == ["Respirar"]
    assert choices("tema") == {"Cuidado de equipos": 1, "Niñez": 2}
    assert choices("tema", nivel="advanced") == {"Cuidado de equipos": 0, "Niñez": 1}


def test_she_narrows_by_level():
    world.course("Primero")
    world.course("Después", level="advanced")
    assert titles(nivel="advanced") == ["Después"]


def test_she_narrows_by_the_hours_of_the_released_version():
    world.course("Corto", minutes=90)
    world.course("Largo", minutes=420)
    world.course("Sin versión")
    assert titles(horas="2") == ["Corto"]
    assert titles(horas="6") == ["Corto"]
    assert titles(horas="mas") == ["Largo"]
    assert [book.hours for book in seen().books] == ["1 h 30 min", filters.length_words(420), ""]


def test_the_newest_version_tells_the_hours():
    page = world.course("Creció", minutes=60)
    world.release(page, 300)
    assert [book.hours for book in seen().books] == [filters.length_words(300)]


def test_filters_add_up_and_each_is_taken_off_by_itself(countries, topics):
    world.course("Niñas solas", topics=[topics["ninez"]], countries=[countries["MX"]])
    world.course("Respirar", topics=[topics["cuidado"]])
    shown = seen(tema="ninez", pais="MX", q="niña")
    assert [book.title for book in shown.books] == ["Niñas solas"]
    assert (shown.found, shown.total) == (1, 2)
    assert [(chip.label, chip.url) for chip in shown.chips] == [
        ("«niña»", "?tema=ninez&pais=MX"),
        ("Niñez", "?q=ni%C3%B1a&pais=MX"),
        ("México", "?q=ni%C3%B1a&tema=ninez"),
    ]


def test_a_sensitive_course_says_so_in_words(client):
    world.course("Una llamada", sensitive=True)
    page = client.get(world.catalogue_page().url)
    assert 'class="small">' in body(page).split("Una llamada")[1].split("</li>")[0]


# --- Words ---


def test_she_types_psicologico_and_finds_psicologicos():
    world.course("Primeros auxilios psicológicos", code="PAP-01")
    world.course("Agua")
    assert titles(q="psicologico") == ["Primeros auxilios psicológicos"]
    assert titles(q="pap-01") == ["Primeros auxilios psicológicos"]


def test_when_no_course_has_all_words_those_with_some_are_shown_and_it_is_said():
    world.course("Agua")
    shown = seen(q="agua dragones")
    assert [book.title for book in shown.books] == ["Agua"]
    assert len(shown.notices) == 1


def test_words_are_looked_for_among_the_courses_that_pass_the_filters(topics):
    world.course("Agua y niñez", topics=[topics["ninez"]])
    world.course("Agua")
    assert titles(q="agua", tema="ninez") == ["Agua y niñez"]


# --- What nobody may see ---


def test_drafts_retired_private_and_withdrawn_courses_are_neither_shown_nor_counted(topics):
    world.course("Abierto")
    world.course("Borrador", live=False, topics=[topics["ninez"]])
    retired = world.course("Retirado", topics=[topics["ninez"]])
    retired.course.retired_at = timezone.now()
    retired.course.save(update_fields=["retired_at"])
    private = world.course("Privado", topics=[topics["ninez"]])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    shown = seen()
    assert ([book.title for book in shown.books], shown.total) == (["Abierto"], 1)
    assert choices("tema") == {}


def test_nothing_stands_in_a_catalogue_that_is_not_published():
    world.course("Abierto")
    world.catalogue_page().unpublish()
    assert titles() == []


def test_a_claim_that_nobody_verified_is_not_shown():
    world.course("Agua", summary="Agua limpia [[por verificar: y mágica]].")
    assert [book.summary for book in seen().books] == ["Agua limpia."]


def test_markup_is_escaped(client):
    world.course("<img src=x onerror=alert(1)>", summary="<script>alert(2)</script>")
    page = body(client.get(world.catalogue_page().url, {"q": '"><script>alert(3)</script>'}))
    page += body(client.get(world.catalogue_page().url))
    assert "<img src=x" not in page
    assert "<script>alert" not in page


# --- Pages, addresses, weight ---


def test_pages_of_twenty_four_are_turned_with_the_filters_kept():
    for number in range(PAGE_SIZE + 1):
        world.course(f"Curso {number}")
    first, second = seen(nivel="basic"), seen(nivel="basic", pagina="2")
    assert (len(first.books), len(second.books), first.found) == (PAGE_SIZE, 1, PAGE_SIZE + 1)
    assert first.next_url == "?nivel=basic&pagina=2"
    assert second.previous_url == "?nivel=basic"


@pytest.mark.parametrize(
    "asked",
    [
        {"tema": "dragones"},
        {"pais": "ZZ"},
        {"nivel": "'; DROP TABLE"},
        {"horas": "-7"},
        {"pagina": "100000"},
        {"pagina": "uno"},
        {"pagina": "²"},
        {"q": "\x00"},
        {"tema": "x" * 9_000, "q": "agua " * 2_000, "pais": ""},
    ],
)
def test_absurd_filters_are_answered_kindly(client, asked):
    world.course("Agua")
    response = client.get(world.catalogue_page().url, asked)
    assert response.status_code == 200
    assert "Agua" in body(response)
    main = body(response).split("<main")[1].split("</main>")[0]
    assert "x" * 50 not in main


def test_what_was_left_out_or_does_not_exist_is_said(client):
    world.course("Agua")
    assert len(seen(tema="dragones").notices) == 1
    assert len(seen(pagina="9").notices) == 1
    assert seen().notices == ()


def test_an_empty_catalogue_and_an_empty_answer_both_help(client):
    url = world.catalogue_page().url
    assert client.get(url).status_code == 200
    world.course("Agua")
    page = body(client.get(url, {"q": "dragones"}))
    assert f'href="{url}"' in page
    assert 'href="/buscar/?q=dragones"' in page


def test_the_form_works_without_javascript(client):
    world.course("Agua", minutes=60)
    page = body(client.get(world.catalogue_page().url)).split("<main")[1].split("</main>")[0]
    assert 'method="get"' in page
    assert "<script" not in page
    for label, field in re.findall(r'<label class="form-label" for="(\w+)">.*?id="(\w+)"', page):
        assert label == field


@pytest.fixture
def cover(db) -> Picture:
    file = get_test_image_file(size=(800, 500))
    return Picture.objects.create(
        title="Cubierta", file=ImageFile(file, name="cubierta.png"), width=800, height=500
    )


@pytest.mark.parametrize("count", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_the_page_asks_the_database_ten_times_at_most_with_three_courses_or_sixty(
    client, count, cover, countries, topics
):
    for number in range(count):
        world.course(
            f"Agua {number}",
            minutes=60 + number,
            cover=cover,
            topics=topics.values(),
            countries=[countries["MX"]],
        )
    url = world.catalogue_page().url
    asked = {"q": "agua", "tema": "ninez", "pais": "MX", "horas": "6"}
    client.get(url, asked)
    for query in ({}, asked):
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(url, query).status_code == 200
        assert len(asked_for) <= 10, "\n".join(query["sql"][:900] for query in asked_for)


# --- The rule of hours ---


@given(st.integers(min_value=1, max_value=6_000))
def test_a_length_is_within_its_steps_or_above_all_of_them(minutes):
    answers = filters.hour_answers(minutes)
    assert (filters.MORE_HOURS in answers) == (minutes > 60 * max(filters.HOUR_STEPS))
    assert all(minutes <= 60 * int(step) for step in answers - {filters.MORE_HOURS})


def test_an_unknown_length_answers_no_step():
    assert filters.hour_answers(0) == frozenset()
    assert [filters.length_words(minutes) for minutes in (0, 45)] == ["", "45 min"]
