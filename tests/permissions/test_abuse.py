"""What somebody might try who knows the addresses, and what comes of it: nothing.

The rules of each room are tried in its own tests (marking oneself, accrediting, another person's try or PIN); here
stands what goes through the whole site.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from accounts.models import Person, User
from assessments.models import Attempt, AttemptAnswer
from certificates.models import Certificate, RevocationCategory
from certificates.services import revoke
from courses.models import LessonPage
from learning.models import ActivityCompletion, Cohort, CompletionWay, Enrolment, Reflection
from tests.factories.accounts import SECRET
from tests.factories.courses import committed
from tests.factories.media_library import named
from tests.permissions.asking import PAGES, address_of
from tests.permissions.table import SITE, rows
from tests.permissions.test_table import text_of
from tests.permissions.walking import desk_names, site_names
from tests.permissions.world import NAME, NOTE, World, marks

SITE_ROWS = rows(SITE)
FOREIGN = "https://malo.example/"


def post(world: World, role: str, key: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
    with committed():
        return world.clients[role].post(address_of(world, key), data or {}, **options)


def strict(user: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


# --- Saying that one did what one did not -------------------------------------------------------------------


@pytest.mark.parametrize("way", ["accredited", "workshop", "ACCREDITED", "<script>"])
def test_amina_cannot_say_that_somebody_accredited_her(world: World, way: str) -> None:
    post(world, "amina", "learning:complete", {"way": way, "by": world.person("bruno").pk})
    done = ActivityCompletion.objects.get(
        enrolment=world.enrolment, activity=world.small.lessons[1].translation_key
    )
    assert done.way == CompletionWay.DONE
    assert done.recorded_by is None


def test_hidden_fields_point_at_nobody_elses_enrolment(world: World) -> None:
    before = ActivityCompletion.objects.filter(enrolment=world.enrolment).count()
    forged = {"enrolment": str(world.enrolment.key), "person": world.person("amina").pk}
    assert post(world, "farid", "learning:complete", forged).status_code == 302
    assert post(world, "dalia", "learning:complete", forged).status_code == 404
    assert ActivityCompletion.objects.filter(enrolment=world.enrolment).count() == before


def test_no_get_does_anything(world: World) -> None:
    before = _state()
    for row in SITE_ROWS:
        if row.method == "POST":
            query = "?way=done&next=/&choice=1&answer=yes&purpose=follow_up"
            world.clients["amina"].get(address_of(world, row.address) + query)
    assert _state() == before


def _state() -> list[Any]:
    return [
        sorted(ActivityCompletion.objects.values_list("pk", "way")),
        sorted(Attempt.objects.values_list("pk", "submitted_at", "points"), key=str),
        sorted(AttemptAnswer.objects.values_list("pk", "points"), key=str),
        sorted(Enrolment.objects.values_list("pk", "state")),
        sorted(Reflection.objects.values_list("pk", "text")),
        Person.objects.count(),
    ]


def test_a_form_says_nothing_of_points(world: World) -> None:
    question = world.attempt.version.quiz.questions[0]
    choice = next(str(choice.key) for choice in question.choices if choice.key not in question.right_keys)
    forged = {
        "choice": choice,
        "points": "99",
        "passed": "on",
        "submitted_at": "2020-01-01",
        "pass_mark": "1",
    }
    post(world, "amina", "assessments:question", forged)
    post(world, "amina", "assessments:submit", forged)
    tried = Attempt.objects.get(pk=world.attempt.pk)
    assert tried.points == 1
    assert tried.pass_mark == world.attempt.pass_mark
    assert not tried.passed


# --- Other people's things ----------------------------------------------------------------------------------


def test_farid_writes_over_nobodys_notebook(world: World) -> None:
    note = Reflection.objects.get(person=world.person("amina"))
    post(
        world,
        "farid",
        "learning:reflect",
        {"block": note.block, "text": "Otra cosa.", "person": note.person_id},
    )
    note.refresh_from_db()
    assert note.text == NOTE


@pytest.mark.parametrize("named_as", ["person", "user", "key", "id", "pk"])
def test_the_download_is_the_readers_own_whatever_the_address_says(world: World, named_as: str) -> None:
    amina = world.person("amina")
    for value in (amina.pk, amina.key, world.users["amina"].username):
        answer = world.clients["farid"].get(reverse("accounts:download"), {named_as: value})
        assert not [mark for mark in (*marks(), NAME) if mark in text_of(answer)]
        assert "Farid" in text_of(answer)


def test_a_certificate_carries_neither_points_nor_answers(world: World) -> None:
    frozen = json.dumps(Certificate.objects.get(pk=world.certificate.pk).frozen, ensure_ascii=False)
    assert NAME in frozen
    assert not [mark for mark in marks() if mark in frozen]


@pytest.mark.parametrize(
    "words", [NAME, NOTE, "Amina", "amina@senda.example", "garza 7731", "' OR 1=1 --", "%", "*"]
)
@pytest.mark.parametrize("role", ["visitor", "dalia", "admin"])
def test_the_search_finds_nobody(world: World, words: str, role: str) -> None:
    answer = world.clients[role].get(reverse("search:results"), {"q": words})
    assert answer.status_code == 200
    shown = text_of(answer).replace(words, "")
    assert NAME not in shown
    assert NOTE not in shown
    assert "Borrador" not in shown
    assert "Curso que aún no se publica" not in shown


def test_a_draft_course_has_no_name_for_who_knows_its_key(world: World) -> None:
    for role in ("farid", "dalia"):
        answer = world.clients[role].get(address_of(world, "learning:enrol#closed"))
        assert answer.status_code == 404
        assert world.closed.page.title not in text_of(answer)


def test_what_stood_in_a_lesson_goes_with_it(world: World) -> None:
    assert world.clients["amina"].get(address_of(world, "media_library:document")).status_code == 200
    with committed():
        LessonPage.objects.get(pk=world.small.lessons[0].pk).unpublish()
    for address in ("media_library:document", "media_library:recording"):
        assert world.clients["amina"].get(address_of(world, address)).status_code == 404


def test_of_a_revoked_certificate_nobody_is_named(world: World) -> None:
    with committed():
        revoke(certificate=world.certificate, category=RevocationCategory.ERROR, by=world.person("elena"))
    page = text_of(world.clients["visitor"].get(address_of(world, "certificates:verify_code")))
    person = world.person("amina")
    told = (
        NAME,
        *NAME.split(),
        str(person.key),
        str(world.certificate.key),
        "elena",
        "Elena",
        "Hospital de Amina",
    )
    assert not [word for word in told if word in page]
    assert "/constancia/" not in page


@pytest.mark.parametrize("indexed", [False, True])
def test_a_group_in_which_people_learn_stays_and_elena_reads_why(world: World, indexed: bool) -> None:
    if indexed:
        ReferenceIndex.create_or_update_for_object(world.enrolment)
    answer = world.clients["elena"].post(address_of(world, "cohortes:delete"))
    assert Cohort.objects.filter(pk=world.cohort.pk).exists()
    assert urlsplit(answer["Location"]).path == reverse("cohortes:index")
    assert [str(said) for said in get_messages(answer.wsgi_request) if str(world.cohort) in str(said)]


# --- Files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["../", "..%2f", "%2e%2e/", "..%5c", "....//", "/", "%2f", "./../"])
def test_nobody_climbs_out_of_the_folder_of_pictures(world: World, step: str) -> None:
    world.recording.file.storage.save("secreto.txt", named(b"solo para quien puede", "secreto.txt"))
    targets = ["private/secreto.txt", "secreto.txt", "manage.py", "lms/settings/base.py", "etc/passwd"]
    for depth in (1, 2, 5, 9):
        for target in targets:
            answer = world.clients["visitor"].get(f"/media/{step * depth}{target}")
            assert answer.status_code in {301, 302, 400, 404}, target
            assert "solo para quien puede" not in text_of(answer)


def test_a_recording_has_no_address_in_the_folder_of_pictures(world: World) -> None:
    for name in (world.recording.file.name, world.handout.file.name, f"private/{world.recording.file.name}"):
        for role in ("visitor", "amina", "admin"):
            assert world.clients[role].get(f"/media/{quote(name)}").status_code == 404
    assert world.clients["admin"].get("/media/").status_code == 404


# --- Forms --------------------------------------------------------------------------------------------------


def test_no_form_is_taken_without_its_token(world: World) -> None:
    amina, admin = strict(world.users["amina"]), strict(world.users["admin"])
    site = [row.address for row in SITE_ROWS if row.method == "POST"]
    taken = [key for key in site if amina.post(address_of(world, key)).status_code != 403]
    taken += [key for key in desk_names() if admin.post(address_of(world, key)).status_code != 403]
    # What a mail program posts has a signed address in place of the token (RFC 8058).
    assert taken == ["messaging:refuse"]


def test_a_visitors_form_needs_its_token_too(world: World) -> None:
    anybody = Client(enforce_csrf_checks=True)
    for key in ("account_login", "account_signup", "account_reset_password", "set_language"):
        assert anybody.post(address_of(world, key)).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "XYZ"])
def test_only_the_methods_of_the_page_are_answered(world: World, method: str) -> None:
    before, answered = _state(), {}
    for key in (*site_names(), *(f"page:{kind}" for kind in PAGES)):
        answer = world.clients["amina"].generic(method, address_of(world, key))
        # Without a colon it is Django's or allauth's, whose forms take a PUT for a POST: it may do nothing, though.
        if ":" in key and answer.status_code not in {404, 405}:
            answered[key] = answer.status_code
    assert not answered
    assert _state() == before
    assert User.objects.get(pk=world.users["amina"].pk).check_password(SECRET)


def test_a_header_makes_no_other_method_of_a_get(world: World) -> None:
    headers = {"x-http-method-override": "POST", "x-method-override": "POST"}
    address = address_of(world, "learning:complete")
    assert world.clients["amina"].get(f"{address}?_method=POST", headers=headers).status_code == 405


@pytest.mark.parametrize(
    "place", [FOREIGN, "//malo.example", "/\\malo.example", "https:malo.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize(
    "key",
    [
        "account_login",
        "account_logout",
        "account_signup",
        "set_language",
        "accounts:profile",
        "wagtailadmin_login",
    ],
)
def test_nobody_is_led_to_another_site(world: World, key: str, place: str) -> None:
    address = f"{address_of(world, key)}?next={quote(place, safe='')}"
    data = {"next": place, "login": "dalia@senda.example", "password": SECRET, "language": "fr"}
    for role in ("visitor", "dalia"):
        for answer in (world.clients[role].get(address), world.clients[role].post(address, data)):
            leads = answer.get("Location", "/")
            assert leads.startswith("/"), leads
            assert not leads.startswith(("//", "/\\"))
    world.clients["visitor"].logout()
    world.clients["dalia"].force_login(world.users["dalia"])


@pytest.mark.parametrize(
    "key", ["accounts:contact", "accounts:profile", "learning:enrol", "learning:code", "accounts:consent"]
)
def test_no_form_of_a_learner_makes_her_staff(world: World, key: str) -> None:
    forged = {
        "is_staff": "on", "is_superuser": "on", "groups": [world.things["group"].pk], "user_permissions": [1],
        "username": "ADMIN", "country": "MX", "person": world.person("admin").pk, "display_name": "Dalia",
        "language": "es", "email": "dalia@senda.example", "phone": "", "secret": SECRET, "code": world.code.code,
        "purpose": "follow_up", "answer": "yes", "canonical": world.person("admin").pk,
    }  # fmt: skip
    before = User.objects.values("username", "person_id").get(pk=world.users["dalia"].pk)
    post(world, "dalia", key, forged)
    dalia = User.objects.get(pk=world.users["dalia"].pk)
    assert not (dalia.is_staff)
    assert not (dalia.is_superuser)
    assert not (dalia.groups.exists())
    assert not (dalia.user_permissions.exists())
    assert {"username": dalia.username, "person_id": dalia.person_id} == before
    assert dalia.person.canonical_id == dalia.person_id


# --- Sessions -----------------------------------------------------------------------------------------------


def test_the_session_is_another_one_after_signing_in(world: World) -> None:
    browser = Client()
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    browser.post(reverse("account_login"), {"login": "amina@senda.example", "password": SECRET})
    signed_in = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert signed_in.value != session.session_key
    assert signed_in["httponly"]
    assert signed_in["samesite"] == "Lax"
    assert SESSION_KEY in browser.session
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert thief.get(reverse("learning:home")).status_code == 302


def test_the_admin_has_no_sign_in_of_its_own(world: World) -> None:
    browser = Client()
    for password in (SECRET, "otra"):
        answer = browser.post("/admin/login/", {"username": "admin@senda.example", "password": password})
        assert urlsplit(answer["Location"]).path == reverse("account_login")
        assert SESSION_KEY not in browser.session


def test_an_email_is_nobodys_personal_code(world: World) -> None:
    code = world.users["farid"].username
    for taken in ("amina@senda.example", code):
        answers = {
            "identifier": "nueva@senda.example", "password1": SECRET, "country": "MX", "adult": "on",
            "notice": "on", "agreed": "on", "consent": "on", "username": taken,
        }  # fmt: skip
        Client().post(reverse("account_signup"), answers)
        assert not User.objects.filter(username="amina@senda.example").exists()
        assert User.objects.get(username=code).pk == world.users["farid"].pk
    refused = Client().post(reverse("account_signup"), {**answers, "identifier": code})
    assert refused.status_code == 400


def test_pages_of_a_person_are_kept_by_no_proxy(world: World) -> None:
    kept = {}
    for row in SITE_ROWS:
        if row.method == "GET" and row.expected["visitor"] == "in" and row.expected["amina"] == "200":
            answer = world.clients["amina"].get(address_of(world, row.address))
            said = answer.get("Cache-Control", "")
            if not ({"private", "no-store"} & set(said.replace(" ", "").split(","))) or "public" in said:
                kept[row.address] = said
    assert not kept


def test_the_front_page_of_who_is_signed_in_is_hers_too(world: World) -> None:
    answer = world.clients["amina"].get("/")
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
