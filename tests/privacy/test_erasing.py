"""Who asks to be forgotten is found nowhere any more, and what was counted goes on being counted."""

from __future__ import annotations

import io
import json
import logging
import uuid
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Comment, ModelLogEntry, Revision
from wagtail.users.models import UserProfile

from accounts import consents, erased_list, erasing, scrubbing
from accounts.models import Consent, DataRequest, Disclosure, Erasure, Person, PersonMerge, User
from certificates.models import Certificate
from certificates.privacy import fingerprint
from certificates.services import issue_if_eligible
from common.clock import now
from common.logs import JsonLines
from institutions.models import Membership
from learning.models import Completion, Enrolment
from learning.notebook import keep_note
from messaging.models import Message
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse
from tests.factories.learning import enrol, finish, group_of, institution
from tests.privacy import dump

NAME, NICK = "María Ñusta Izquierdo-Ávila", "Ñustita"
MAIL, PHONE = "maria.nusta@correo.example", "+50255512345"
EVERYTHING = [NAME, NICK, MAIL, PHONE]


@pytest.fixture
def maria(amina: Role, course: SmallCourse, settings: Any, tmp_path: Path) -> Role:
    """Amina under a name that is nobody else's, with something of hers in every corner."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    Person.objects.filter(pk=amina.person.pk).update(
        certificate_name=NAME, display_name=NICK, sex="woman", age_band="25-34", position="health"
    )
    User.objects.filter(pk=amina.user.pk).update(email=MAIL, phone=PHONE)
    EmailAddress.objects.filter(user=amina.user).delete()
    EmailAddress.objects.create(user=amina.user, email=MAIL, primary=True)
    keep_note(person=amina.person, activity=course.keys[0], block="b1", text=f"Soy {NAME}.")
    consents.give(person=amina.person, purpose="share_employer")
    finish(enrol(amina.person, course))
    return amina


def leave_traces(maria: Role, course: SmallCourse, by: Role) -> None:
    """Her name in the history, a comment, a draft, the queue, and a picture of hers."""
    for row in (maria.user, maria.person):
        ModelLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            label=NAME,
            action="wagtail.edit",
            data={"title": NICK},
            timestamp=now(),
            user=by.user,
        )
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(course.page),
        object_id="1",
        label="x",
        action="wagtail.edit",
        data={"note": f"llamar a {NAME.upper()} al {PHONE}"},
        timestamp=now(),
    )
    page = course.lessons[0]
    Comment.objects.create(page=page, user=by.user, text=f"Esto lo dijo {NAME}", contentpath="title")
    revision: Revision = page.save_revision()
    content = revision.content | {"wagtail_admin_comments": [{"text": f"Preguntar a {NAME} ({MAIL})"}]}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    DBTaskResult.objects.create(
        task_path="x.y",
        args_kwargs={"args": [MAIL], "kwargs": {"name": NAME}},
        traceback=f"ValueError: {NAME} <{MAIL}>",
        status="FAILED",
    )
    profile = UserProfile.get_for_user(maria.user)
    profile.avatar.save("nusta.png", ContentFile(f"{NAME}".encode()))
    DataRequest.objects.create(
        person=maria.person, kind="correction", wish=f"Me llamo {NAME}", asked_at=now(), due_on=now().date()
    )


def test_a_dump_the_files_and_the_log_know_her_no_more(
    maria: Role,
    bruno: Role,
    course: SmallCourse,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    leave_traces(maria, course, bruno)
    assert len(dump.found(dump.database(), EVERYTHING)) > 8
    assert any(dump.found(iter(pair), EVERYTHING) for pair in dump.files(tmp_path))
    out, handler = io.StringIO(), None
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            erasing.erase(person=maria.person, by=maria.person)
    finally:
        logging.getLogger().removeHandler(handler)
    assert dump.found(dump.database(), EVERYTHING) == []
    assert [name for name, text in dump.files(tmp_path) if dump.found(iter([name, text]), EVERYTHING)] == []
    assert dump.found(iter([out.getvalue()]), EVERYTHING) == []
    assert Erasure.objects.get().residue == []


def test_what_was_counted_goes_on_being_counted(maria: Role) -> None:
    erasing.erase(person=maria.person, by=maria.person)
    enrolment = Enrolment.objects.get()
    assert Completion.objects.filter(enrolment=enrolment).count() == 1
    assert (enrolment.at_sex, enrolment.at_age_band, enrolment.at_country_id) == ("woman", "25-34", "MX")
    assert enrolment.at_institution_type == "public"
    assert (enrolment.at_institution, enrolment.at_position) == (None, "")
    assert not Membership.objects.exists()
    assert not Consent.objects.in_force().exists()


def test_her_certificate_stays_as_a_code_and_a_fingerprint(maria: Role, client: Client) -> None:
    certificate = Certificate.objects.get()
    address = f"/verificar/{certificate.code}/"
    assert NAME in client.get(address).content.decode()
    erasing.erase(person=maria.person, by=maria.person)
    page = client.get(address)
    assert page.status_code == 200
    assert page.context["verdict"].state == "withdrawn"
    assert "a petición de la persona" in str(page.context["verdict"].title) or "request" in str(
        page.context["verdict"].title
    )
    assert (page.context["verdict"].course_title, page.context["verdict"].issued_at) == ("", None)
    certificate.refresh_from_db()
    assert (certificate.frozen, certificate.holder_hash) == ({}, fingerprint(f" {NAME.upper()} "))
    assert issue_if_eligible(completion=Completion.objects.get()) == certificate


def test_her_links_answer_in_words_and_open_nothing(maria: Role, client: Client) -> None:
    from allauth.account.models import EmailConfirmationHMAC
    from allauth.account.utils import user_pk_to_url_str
    from django.contrib.auth.tokens import default_token_generator

    confirm = EmailConfirmationHMAC(EmailAddress.objects.get(user=maria.user)).key
    reset = f"{user_pk_to_url_str(maria.user)}-{default_token_generator.make_token(maria.user)}"
    file = f"/constancia/{Certificate.objects.get().key}/"
    erasing.erase(person=maria.person, by=maria.person)
    assert "/cuenta/entrar/" in maria.client.get("/cuenta/perfil/")["Location"]
    assert client.get(f"/cuenta/confirmar/{confirm}/").status_code in (200, 404)
    assert client.get(file).status_code == 302
    assert reset
    assert not client.login(username=MAIL, password="whatever")


def test_every_account_merged_with_hers_goes(maria: Role, bruno: Role) -> None:
    other = UserFactory(email="vieja@correo.example", person__certificate_name="María Ñusta de antes")
    Person.objects.filter(pk=other.person.pk).update(canonical=maria.person)
    PersonMerge.objects.create(
        duplicate=other.person, into=maria.person, merged_at=now(), reason="Se llamaba María Ñusta de antes"
    )
    other.refresh_from_db()
    erasing.erase(person=other.person, by=maria.person)
    gone = [*EVERYTHING, "María Ñusta de antes", "vieja@correo.example"]
    assert dump.found(dump.database(), gone) == []
    assert Erasure.objects.count() == 2
    assert PersonMerge.objects.count() == 1


def test_asked_twice_it_is_done_once(maria: Role) -> None:
    first = erasing.erase(person=maria.person, by=maria.person)
    assert erasing.erase(person=maria.person, by=maria.person).erased_at == first.erased_at


def test_nobody_erases_another_without_the_right(maria: Role, bruno: Role, chipo: Role, elena: Role) -> None:
    for other in (bruno, chipo, elena):
        with pytest.raises(erasing.ErasureRefused) as refusal:
            erasing.erase(person=maria.person, by=other.person)
        assert refusal.value.reason == erasing.Reason.NOT_YOURS
    assert not Erasure.objects.exists()


def test_staff_and_facilitators_ask_somebody(elena: Role, bruno: Role, cohort: Any) -> None:
    assert erasing.against_at_once(elena.person) == erasing.Reason.STAFF
    assert erasing.against_at_once(bruno.person) == erasing.Reason.FACILITATES


def test_the_last_administrator_stays(elena: Role) -> None:
    User.objects.filter(pk=elena.user.pk).update(is_superuser=True)
    with pytest.raises(erasing.ErasureRefused) as refusal:
        erasing.erase(person=elena.person, by=None)
    assert refusal.value.reason == erasing.Reason.LAST_ADMINISTRATOR


def test_a_case_in_a_lesson_that_bears_her_name_is_left_and_told(
    maria: Role, course: SmallCourse, django_capture_on_commit_callbacks: Any
) -> None:
    type(course.page).objects.filter(pk=course.page.pk).update(credits=f"Con ayuda de {NAME}")
    made = erasing.erase(person=maria.person, by=maria.person)
    assert made.residue == [
        {"table": "courses.CoursePage", "column": "credits", "rows": 1, "keys": [course.page.pk]}
    ]


def test_who_comes_back_with_an_old_backup_is_erased_again(
    maria: Role, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(person=maria.person, by=maria.person)
    listed = erased_list.path().read_text()
    assert str(maria.person.key) in listed
    assert NAME not in listed
    # Yesterday's backup: neither the erasure nor anything of it.
    Erasure.objects.all().delete()
    Person.objects.filter(pk=maria.person.pk).update(certificate_name=NAME, erased_at=None)
    assert erased_list.reapply() == 1
    assert dump.found(dump.database(), [NAME]) == []
    assert erased_list.reapply() == 0


def test_the_night_writes_the_list_anew(maria: Role) -> None:
    erasing.erase(person=maria.person, by=maria.person)  # nothing is committed here: the file was not written
    assert erased_list.write_anew() == 1
    assert [key for key, _way, _moment in erased_list.read()] == [maria.person.key]


def test_every_spelling_is_known() -> None:
    from accounts.scrubbing import cleaned, spellings

    known = spellings("María Ñusta")
    assert {
        "maria nusta",
        "MARÍA ÑUSTA",
        "maria-nusta",
        "Mar%C3%ADa%20%C3%91usta",
        "Mar%C3%ADa+%C3%91usta",
    } <= {*known}
    assert json.dumps("María Ñusta")[1:-1] in known
    assert cleaned({"a": ["Hola MARÍA ÑUSTA, maría ñusta"]}, ["María Ñusta"]) == {"a": ["Hola […], […]"]}


def test_reasons_that_others_typed_name_her_no_more(maria: Role, bruno: Role) -> None:
    """Whoever typed it left the accents out, turned the name around, or shouted."""
    ways = [NAME, "maria nusta izquierdo avila", "IZQUIERDO-ÁVILA, María Ñusta", f"Escribir a {MAIL.upper()}"]
    other = UserFactory().person
    for way in ways:
        row = Disclosure.objects.create(
            at=now(), by=bruno.person, role="staff", act="exported", what="people", reason=f"Ver a {way}."
        )
        assert row.of is None
        PersonMerge.objects.create(
            duplicate=other, into=bruno.person, merged_at=now(), undone_at=now(), undo_reason=f"No es {way}"
        )
    erasing.erase(person=maria.person, by=maria.person)
    texts = [*Disclosure.objects.values_list("reason", flat=True)]
    texts += PersonMerge.objects.values_list("undo_reason", flat=True)
    assert len(texts) == 8
    assert all(scrubbing.GONE in text for text in texts)
    assert not dump.found(iter(texts), [NAME, MAIL, "maria nusta izquierdo avila"])
    assert Erasure.objects.get().residue == []


@pytest.mark.parametrize(
    "written",
    [NAME, "maria nusta izquierdo avila", "Izquierdo Ávila, MARÍA ÑUSTA", f"pregunta a {MAIL.title()}"],
)
def test_staff_is_shown_where_her_name_is_left_however_it_is_written(
    maria: Role, bruno: Role, elena: Role, course: SmallCourse, written: str
) -> None:
    course.page.credits = f"Gracias a {written}"
    course.page.save(update_fields=["credits"])
    erasing.erase(person=maria.person, by=maria.person)
    left = Erasure.objects.get().residue
    by_mail = MAIL.title() in written
    # By her e-mail nobody else is meant: it is gone already.
    place = {"table": "courses.CoursePage", "column": "credits", "rows": 1, "keys": [course.page.pk]}
    assert left == ([] if by_mail else [place])
    for name in ("answer_data_request", "access_admin"):
        elena.user.user_permissions.add(Permission.objects.get(codename=name))
    page = elena.client.get("/admin/solicitudes/").content.decode()
    assert by_mail or "courses.CoursePage" not in page
    assert by_mail or "Página de curso (créditos)" in page
    assert not dump.found(iter([page]), EVERYTHING)


def test_a_name_that_only_shares_words_with_hers_stays_and_is_told(maria: Role, bruno: Role) -> None:
    reason = "María Izquierdo habló de la Ñusta y de Ávila"
    row = Disclosure.objects.create(
        at=now(), by=bruno.person, role="staff", act="exported", what="people", reason=reason
    )
    erasing.erase(person=maria.person, by=maria.person)
    row.refresh_from_db()
    assert row.reason == reason
    place = {"table": "accounts.Disclosure", "column": "reason", "rows": 1, "keys": [row.pk]}
    assert Erasure.objects.get().residue == [place]


WAYS = ["{mail}", "<{mail}>.", "{upper}", "{phone}", "{spaced}", "(502) {home}", "{dashes}", "00502 {home}"]


@pytest.mark.parametrize("way", WAYS)
def test_how_she_is_reached_goes_from_whatever_others_typed(
    maria: Role, bruno: Role, course: SmallCourse, way: str
) -> None:
    """A message to the group, the note of an institution, the page of a course and its body of blocks."""
    home = PHONE.removeprefix("+502")
    said = "Escribe a " + way.format(
        mail=MAIL,
        upper=MAIL.upper(),
        phone=PHONE,
        home=home,
        spaced=" ".join((home[:2], home[2:4], home[4:])),
        dashes="-".join((home[:4], home[4:])),
    )
    hospital = institution("Hospital del Valle", notes=said)
    lesson = course.lessons[0]
    type(lesson).objects.filter(pk=lesson.pk).update(
        body=lesson._meta.get_field("body").to_python(
            json.dumps([{"type": "text", "value": f"<p>{said}</p>", "id": str(uuid.uuid4())}])
        )
    )
    message = Message.objects.create(
        cohort=group_of(course),
        to="cohort",
        language="es",
        subject=said,
        body=said,
        by=bruno.person,
        at=now(),
    )
    assert len(dump.found(dump.database(), [said])) > 2
    erasing.erase(person=maria.person, by=maria.person)
    hospital.refresh_from_db()
    message.refresh_from_db()
    assert {scrubbing.GONE in text for text in (hospital.notes, message.subject, message.body)} == {True}
    assert not dump.found(dump.database(), [said, MAIL, home])
    assert Erasure.objects.get().residue == []


def test_the_e_mail_and_the_number_of_somebody_else_that_end_like_hers_stay(maria: Role, bruno: Role) -> None:
    kept = f"ana.{MAIL} {MAIL}.mx 9{PHONE[4:]} {PHONE[4:]}7"
    hospital = institution("Hospital del Valle", notes=kept)
    erasing.erase(person=maria.person, by=maria.person)
    hospital.refresh_from_db()
    assert hospital.notes == kept


def test_her_whole_name_goes_from_notes_unless_somebody_else_bears_it(maria: Role, bruno: Role) -> None:
    hospital = institution("Hospital del Valle")
    note = f"Hablar con {NAME.upper()} sobre el convenio."
    type(hospital).objects.filter(pk=hospital.pk).update(notes=note)
    namesake = UserFactory(email="otra@example.org", person__certificate_name=NAME.lower()).person
    traces = scrubbing.traces_of([maria.person])
    assert traces.whole == ()
    Person.objects.filter(pk=namesake.pk).update(certificate_name="Otra Persona", folded_name=" otra persona")
    erasing.erase(person=maria.person, by=maria.person)
    hospital.refresh_from_db()
    assert hospital.notes == "Hablar con […] sobre el convenio."
