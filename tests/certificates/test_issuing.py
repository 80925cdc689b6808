"""A certificate is issued the moment that nothing stands against it; its words never change by themselves."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Person
from certificates import codes, events
from certificates.content import CertificateContent
from certificates.models import Certificate, RevocationCategory
from certificates.services import content_in, issue_all_missing, issue_if_eligible, render, replace, revoke
from certificates.states import State
from learning.models import Completion, CompletionAnnulment
from programme.models import Identity
from tests.conftest import Role
from tests.factories.courses import SmallCourse, committed, publish
from tests.factories.learning import enrol, finish, tells_details
from tests.learning.pages import press

AT = dt.datetime(2026, 3, 6, 4, tzinfo=dt.UTC)
PROFILE = {
    "certificate_name": "Amina Xol Caal",
    "display_name": "Amina",
    "country": "MX",
    "sex": "woman",
    "age_band": "25-34",
    "position": "health",
    "language": "es",
}


@pytest.fixture
def completion(amina: Role, course: SmallCourse) -> Completion:
    """Amina completed the course, her profile full."""
    tells_details(amina.person)
    return finish(enrol(amina.person, course))


@pytest.fixture
def certificate(completion: Completion) -> Certificate:
    return Certificate.objects.get(completion=completion)


def waiting(amina: Role, course: SmallCourse) -> Completion:
    return finish(enrol(amina.person, course))


def test_it_is_issued_with_the_completion_and_announced_once(amina: Role, course: SmallCourse) -> None:
    heard: list[int] = []
    listener = lambda certificate_id, **_: heard.append(certificate_id)  # noqa: E731
    events.certificate_issued.connect(listener)
    tells_details(amina.person)
    completion = finish(enrol(amina.person, course))
    certificate = Certificate.objects.get()
    with committed():
        assert issue_if_eligible(completion=completion) == certificate
    events.certificate_issued.disconnect(listener)
    assert heard == [certificate.pk]
    assert codes.is_wellformed(certificate.code)


def test_its_words_are_frozen_in_every_language_of_the_site(
    certificate: Certificate, settings: object
) -> None:
    assert set(certificate.frozen) == {"es", "en", "fr"}
    for language in certificate.frozen:
        content = content_in(certificate, language)
        assert (content.language, content.holder) == (language, "Amina Xol Caal")
        assert content.code == certificate.code
        assert certificate.code in content.verify_url
    assert content_in(certificate, "de").language == certificate.language


def test_it_carries_the_date_of_the_completion(amina: Role, course: SmallCourse) -> None:
    publish(course.page, validity_months=24)
    tells_details(amina.person)
    row = enrol(amina.person, course, at=AT - dt.timedelta(days=2))
    finish(row, at=AT)
    certificate = Certificate.objects.get()
    assert certificate.achieved_on == dt.date(2026, 3, 5)
    assert certificate.valid_until == dt.date(2028, 3, 5)


def test_nothing_that_happens_later_changes_a_word(
    amina: Role, certificate: Certificate, course: SmallCourse, completion: Completion
) -> None:
    before = dict(certificate.frozen)
    pdf = render(certificate)
    publish(course.page, title="Otro nombre", objectives=[("objective", "Otra cosa")], validity_months=1)
    Person.objects.filter(pk=amina.person.pk).update(certificate_name="Otra Persona", country=None)
    Identity.objects.all().delete()
    with committed():
        course.page.unpublish()
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert certificate.frozen == before
    assert render(certificate) == pdf
    assert issue_if_eligible(completion=completion) == certificate


def test_without_her_details_it_waits_and_the_page_says_for_what(amina: Role, course: SmallCourse) -> None:
    waiting(amina, course)
    assert not Certificate.objects.exists()
    proof = amina.client.get("/aprender/registro/").context["record"].entries[0].proof
    assert not proof.url
    assert len(proof.waiting_for) == 1


def test_it_is_issued_the_moment_that_she_saves_her_details(amina: Role, course: SmallCourse) -> None:
    waiting(amina, course)
    refused = press(amina, "/cuenta/perfil/", {**PROFILE, "certificate_name": "123"})
    assert refused.status_code == 400
    assert not Certificate.objects.exists()
    assert press(amina, "/cuenta/perfil/", {**PROFILE, "sex": ""}).status_code == 302
    assert not Certificate.objects.exists()
    assert press(amina, "/cuenta/perfil/", PROFILE).status_code == 302
    certificate = Certificate.objects.get()
    assert content_in(certificate).holder == "Amina Xol Caal"
    assert amina.client.get("/aprender/registro/").context["record"].entries[0].proof.url


def test_saving_them_twice_issues_one(amina: Role, course: SmallCourse) -> None:
    waiting(amina, course)
    for _ in range(2):
        press(amina, "/cuenta/perfil/", PROFILE)
    assert Certificate.objects.count() == 1


def test_prefer_not_to_say_is_an_answer(amina: Role, course: SmallCourse) -> None:
    waiting(amina, course)
    press(amina, "/cuenta/perfil/", {**PROFILE, "sex": "unsaid"})
    assert Certificate.objects.exists()


def test_the_night_issues_what_no_event_did(amina: Role, course: SmallCourse) -> None:
    completion = waiting(amina, course)
    tells_details(amina.person)
    with committed():
        call_command("nightly", stdout=StringIO())
    assert Certificate.objects.get().completion == completion
    assert issue_all_missing() == 0


def test_an_annulled_completion_earns_none(
    amina: Role, bruno: Role, elena: Role, course: SmallCourse
) -> None:
    completion = waiting(amina, course)
    CompletionAnnulment.objects.create(
        completion=completion, reason="…", annulled_at=AT, annulled_by=bruno.person, agreed_by=elena.person
    )
    tells_details(amina.person)
    completion.refresh_from_db()
    assert issue_if_eligible(completion=completion) is None
    assert issue_all_missing() == 0


def test_the_database_keeps_one_in_force(certificate: Certificate) -> None:
    certificate.pk, certificate._state.adding = None, True
    certificate.key, certificate.code = "9d4d3d9a-52c1-4c35-9a3e-333333333333", codes.new_code()
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()


def test_revoking_needs_a_reason_of_the_list_and_happens_once(certificate: Certificate, bruno: Role) -> None:
    with pytest.raises(ValueError, match="porque"):
        revoke(certificate=certificate, category="porque sí", by=bruno.person)
    first = revoke(certificate=certificate, category=RevocationCategory.ERROR, by=bruno.person, at=AT)
    again = revoke(certificate=certificate, category=RevocationCategory.OTHER, by=bruno.person)
    assert (again.revoked_at, again.revocation_category, again.state) == (AT, "error", State.REVOKED)
    assert first.revoked_by == bruno.person


def test_a_revoked_certificate_is_not_issued_anew(
    certificate: Certificate, completion: Completion, bruno: Role
) -> None:
    revoke(certificate=certificate, category=RevocationCategory.ERROR, by=bruno.person)
    assert issue_if_eligible(completion=completion) == certificate
    assert replace(certificate=certificate) == certificate
    assert Certificate.objects.count() == 1


def test_a_name_put_right_gives_a_new_certificate_and_the_old_one_names_it(
    amina: Role, certificate: Certificate, completion: Completion
) -> None:
    tells_details(amina.person, certificate_name="Amina Xol Coc")
    new = replace(certificate=Certificate.objects.get(pk=certificate.pk))
    assert replace(certificate=certificate) == new
    old = Certificate.objects.get(pk=certificate.pk)
    assert (old.state, old.replaced_by, new.state) == (State.REPLACED, new, State.VALID)
    assert content_in(old).holder == "Amina Xol Caal"
    assert content_in(new).holder == "Amina Xol Coc"
    assert issue_if_eligible(completion=completion) == new


def test_she_downloads_her_own_in_the_language_that_she_asks_for(
    amina: Role, certificate: Certificate
) -> None:
    address = f"/constancia/{certificate.key}/"
    answer = amina.client.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert amina.client.get(address, {"lengua": "fr"}).content != answer.content
    assert amina.client.get(address, {"lengua": "xx"}).status_code == 200
    assert amina.client.post(address).status_code == 405


@pytest.mark.parametrize("who", ["bruno", "chipo", "dalia", "elena", "farid"])
def test_nobody_elses(who: str, certificate: Certificate, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).client.get(f"/constancia/{certificate.key}/").status_code == 404


def test_signed_out_it_is_asked_to_sign_in(certificate: Certificate, client: object) -> None:
    answer = client.get(f"/constancia/{certificate.key}/")
    assert answer.status_code == 302
    assert answer.url.startswith("/cuenta/entrar/")


def test_a_name_of_one_hundred_and_forty_letters_fits(amina: Role, course: SmallCourse) -> None:
    from tests.certificates.samples import NAME_140

    tells_details(amina.person, certificate_name=NAME_140)
    finish(enrol(amina.person, course))
    certificate = Certificate.objects.get()
    assert render(certificate).startswith(b"%PDF-")
    assert CertificateContent.from_json(certificate.frozen["es"]).holder == NAME_140


def test_a_certificate_in_the_language_of_the_person(amina: Role, course: SmallCourse) -> None:
    tells_details(amina.person, language="fr")
    with translation.override("en"):
        finish(enrol(amina.person, course))
    assert Certificate.objects.get().language == "fr"
