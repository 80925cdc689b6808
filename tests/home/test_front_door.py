"""The front door: what a visitor sees, and where people who are signed in are led."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.middleware import SEEN_AT, SHARED_PHONE
from accounts.models import Person, User
from home.models import Audience, InformationKind
from tests.factories.home import make_course, make_home, make_index, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()


@pytest.fixture
def home():
    return make_home()


def sign_in(client, name, **fields):
    user = User.objects.create(person=Person.objects.create(display_name=name), username=name, **fields)
    client.force_login(user)
    return user


def test_a_visitor_reads_what_the_programme_is_and_finds_the_courses(client, home):
    index = make_index(home)
    make_course(index, "Primeros auxilios psicológicos", "pap")
    page = client.get("/").content.decode()
    assert "Formación para quienes acompañan" in page
    assert 'href="/cursos/"' in page
    assert "Primeros auxilios psicológicos" in page


def test_drafts_are_not_on_the_shelf(client, home):
    make_course(make_index(home), "Borrador", "borrador", live=False)
    assert "Borrador" not in client.get("/").content.decode()


def test_the_shelf_holds_six_and_says_how_many_more_there_are(client, home):
    index = make_index(home)
    for number in range(8):
        make_course(index, f"Curso {number}", f"curso-{number}")
    answer = client.get("/", headers={"accept-language": "en"})
    assert len(answer.context["screen"].books) == 6
    assert "See 2 courses more" in answer.content.decode()


def test_the_home_page_costs_the_same_with_three_courses_or_thirty(
    client, home, django_assert_max_num_queries
):
    index = make_index(home)
    for number in range(3):
        make_course(index, f"Curso {number}", f"curso-{number}")
    client.get("/")
    with django_assert_max_num_queries(30) as few:
        client.get("/")
    for number in range(3, 30):
        make_course(index, f"Curso {number}", f"curso-{number}")
    with django_assert_max_num_queries(len(few)):
        client.get("/")


def test_a_claim_still_to_be_verified_is_not_read_at_the_front_door(client):
    make_home(lead="Cursos breves[[por verificar: y premiados]].")
    page = client.get("/").content.decode()
    assert "Cursos breves." in page
    assert "premiados" not in page


def test_amina_is_led_to_her_courses_and_can_sign_out(client, home):
    sign_in(client, "amina")
    page = client.get("/").content.decode()
    assert reverse("learning:home") in page
    assert reverse("learning:record") in page
    assert f'action="{reverse("account_logout")}"' in page
    assert reverse("wagtailadmin_home") not in page


def test_bruno_is_led_to_the_editors_side(client, home):
    sign_in(client, "bruno", is_staff=True, is_superuser=True)
    assert f'href="{reverse("wagtailadmin_home")}"' in client.get("/").content.decode()


def test_on_a_shared_phone_farid_is_told_to_sign_out(client, home):
    sign_in(client, "farid")
    session = client.session
    session[SHARED_PHONE], session[SEEN_AT] = True, time.time()
    session.save()
    answer = client.get("/", headers={"accept-language": "en"})
    assert "Shared phone: sign out when you finish." in answer.content.decode()
    assert "leave-loud" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_help_lists_its_pages_by_the_kind_of_person(client, home):
    help_page = make_page(home, "Ayuda", "ayuda", kind=InformationKind.HELP, role="help")
    make_page(help_page, "Escribir un curso", "escribir", audience=Audience.TRAINER)
    make_page(help_page, "Las lecciones", "lecciones", audience=Audience.LEARNER)
    make_page(help_page, "Sin publicar", "sin", audience=Audience.LEARNER, live=False)
    answer = client.get("/ayuda/", headers={"accept-language": "en"})
    shelves = answer.context["screen"].shelves
    assert [(shelf.title, [leaf.title for leaf in shelf.leaves]) for shelf in shelves] == [
        ("Learners", ["Las lecciones"]),
        ("Trainers", ["Escribir un curso"]),
    ]


def test_a_page_says_where_it_stands(client, home):
    help_page = make_page(home, "Ayuda", "ayuda", kind=InformationKind.HELP)
    make_page(help_page, "Las lecciones", "lecciones", kind=InformationKind.HELP)
    crumbs = client.get("/ayuda/lecciones/").context["screen"].crumbs
    assert [crumb.url for crumb in crumbs] == ["/", "/ayuda/"]


def test_an_information_page_costs_the_same_with_two_pages_below_or_forty(
    client, home, django_assert_max_num_queries
):
    help_page = make_page(home, "Ayuda", "ayuda", kind=InformationKind.HELP)
    for number in range(2):
        make_page(help_page, f"Página {number}", f"p-{number}")
    client.get("/ayuda/")
    with django_assert_max_num_queries(20) as few:
        client.get("/ayuda/")
    for number in range(2, 40):
        make_page(help_page, f"Página {number}", f"p-{number}")
    with django_assert_max_num_queries(len(few)):
        client.get("/ayuda/")
