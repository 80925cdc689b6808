"""The sheet that is signed: what is printed on it, what is taken as its scan, and who fetches that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import erasing, retention
from accounts.models import Disclosure, DutyKind
from learning import meeting, scans
from learning.models import Cohort, Enrolment, Modality, Session, SheetScan
from learning.sign_in_sheet import TEMPLATE
from tests.conftest import Role
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory, country
from tests.factories.courses import SmallCourse, committed, make_course, publish
from tests.factories.learning import enrol, group_of
from tests.factories.room import mark, session_of
from tests.institutions.holders import with_duty
from tests.learning.pages import press
from tests.plugins.starter import module_transaction


@pytest.fixture(scope="module")
def made_workshop(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallCourse]:
    with module_transaction(django_db_blocker):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        publish(small.page, workshop_minutes=240)
        yield small


@pytest.fixture
def group(made_workshop: SmallCourse, bruno: Role) -> Cohort:
    return group_of(made_workshop, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)


@pytest.fixture
def enrolment(group: Cohort, amina: Role, made_workshop: SmallCourse) -> Enrolment:
    return enrol(amina.person, made_workshop, cohort=group)


@pytest.fixture
def session(group: Cohort, bruno: Role) -> Session:
    return session_of(group, bruno.person, title="Escuchar", place="Aula 2")


def page_of(session: Session) -> str:
    return f"/aprender/sesion/{session.key}/hoja/"


def photograph(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), exif: bool = False) -> bytes:
    out, picture = BytesIO(), Image.new("RGB", size, "white")
    told = Image.Exif()
    if exif:
        # Who took it, with what, and that it lies on its side.
        told[0x010F], told[0x013B], told[0x0112] = "Telefonica Uno", "Amina Xol", 6
    picture.save(out, kind, exif=told)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF\n"


def send(role: Role, session: Session, content: bytes, name: str = "hoja.jpg") -> Any:
    return press(role, page_of(session), {"file": SimpleUploadedFile(name, content)})


def test_the_sheet_has_names_and_nothing_else_of_anybody(
    session: Session, enrolment: Enrolment, bruno: Role, amina: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting.add_walk_in(
        cohort=session.cohort, name="Señora de la fila", by=bruno.person, institution="Clínica"
    )
    handed: dict[str, str] = {}

    def keep(template: Path, inputs: dict[str, str], *, at: Any) -> bytes:
        assert template == TEMPLATE
        handed.update(inputs)
        return b"%PDF-"

    monkeypatch.setattr("common.sheets.typesetting.compile_pdf", keep)
    bruno.client.get(f"{page_of(session)}imprimir/")
    said = handed["content"]
    for word in (str(amina.person), "Señora de la fila", "Escuchar", "Aula 2", "Bruno"):
        assert word in said, word
    for word in ("amina@senda.example", "Clínica", "Hospital de Amina", amina.person.key.hex):
        assert word not in said, word


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_it_is_printed_in_three_languages(
    session: Session, enrolment: Enrolment, bruno: Role, language: str
) -> None:
    answer = bruno.client.get(f"{page_of(session)}imprimir/?lengua={language}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert f"/Lang({language}".encode() in answer.content
    assert "attachment" in answer["Content-Disposition"]


def test_two_hundred_people_with_long_names_take_several_numbered_pages(
    session: Session, group: Cohort, bruno: Role, made_workshop: SmallCourse
) -> None:
    for number in range(200):
        name = f'María de los Ángeles Ñúñez-Xicoténcatl Pérez {number} #read("x")'
        enrol(UserFactory(person__display_name=name).person, made_workshop, cohort=group)
    pdf = bruno.client.get(f"{page_of(session)}imprimir/").content
    pages = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    assert pages
    assert int(pages.group(1)) > 5


def test_who_prints_a_sheet_of_names_is_kept(session: Session, enrolment: Enrolment, bruno: Role) -> None:
    bruno.client.get(f"{page_of(session)}imprimir/")
    assert Disclosure.objects.filter(
        by=bruno.person, what="group", rows=1, group_id=session.cohort_id
    ).exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_drawn_anew_upright_and_tells_nothing_besides(
    session: Session, bruno: Role, kind: str
) -> None:
    send(bruno, session, photograph(kind, exif=True), "Lista de Amina Xol.png")
    row = SheetScan.objects.get()
    kept = storages["private"].open(row.file).read()
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 60), {})
    assert b"Amina" not in kept
    assert "Amina" not in row.file
    assert row.size == len(kept)


def test_a_large_photograph_is_made_smaller(session: Session, bruno: Role) -> None:
    send(bruno, session, photograph(size=(5000, 3000)))
    with Image.open(storages["private"].open(SheetScan.objects.get().file)) as picture:
        assert max(picture.size) == scans.LONGEST_SIDE


def test_a_pdf_is_kept_as_it_is(session: Session, bruno: Role) -> None:
    send(bruno, session, PDF, "hoja.jpg")
    assert SheetScan.objects.get().kind == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a not taken",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\x00 a program",
        photograph()[:200],
        b"%PDF-1.7 cut off",
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert) >>"),
        PDF.replace(b"/Catalog", b"/Catalog /EmbeddedFile"),
        b"%PDF-" + b"0" * scans.HEAVIEST + b"%%EOF",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_no_scan_is_refused_and_leaves_no_file(session: Session, bruno: Role, content: bytes) -> None:
    answer = send(bruno, session, content, "hoja.pdf")
    assert answer.status_code == 400
    assert not SheetScan.objects.exists()


def test_a_bomb_of_pixels_is_refused(session: Session, bruno: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PIXELS", 60 * 40 - 1)
    assert send(bruno, session, photograph()).status_code == 400


def test_the_same_file_twice_is_kept_once(session: Session, bruno: Role) -> None:
    for _time in range(2):
        assert send(bruno, session, PDF).status_code == 302
    assert SheetScan.objects.count() == 1


def test_a_scan_is_sent_to_be_saved_and_each_time_is_kept(session: Session, bruno: Role) -> None:
    send(bruno, session, photograph())
    row = SheetScan.objects.get()
    answer = bruno.client.get(f"/aprender/hoja/{row.key}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == storages["private"].open(row.file).read()
    assert (
        Disclosure.objects.filter(by=bruno.person, what="sheet_scan", group_id=session.cohort_id).count() == 1
    )


def test_nobody_else_prints_attaches_or_fetches(
    session: Session, enrolment: Enrolment, bruno: Role, amina: Role, dalia: Role, made_workshop: SmallCourse
) -> None:
    group_of(made_workshop, facilitator=dalia.person, code="T-D")
    send(bruno, session, photograph())
    row = SheetScan.objects.get()
    for nobody in (amina, dalia):
        for address in (page_of(session), f"{page_of(session)}imprimir/", f"/aprender/hoja/{row.key}/"):
            assert nobody.client.get(address).status_code == 404
        assert send(nobody, session, PDF).status_code == 404
        assert press(nobody, f"/aprender/hoja/{row.key}/").status_code == 404
    assert SheetScan.objects.count() == 1


@pytest.mark.parametrize(("code", "status"), [("GT", 200), ("HN", 404)])
def test_who_coordinates_the_groups_country_fetches_it_and_no_other_coordinator(
    session: Session, bruno: Role, code: str, status: int
) -> None:
    Cohort.objects.update(country=country("GT"))
    send(bruno, session, photograph())
    row = SheetScan.objects.get()
    browser = log_in(with_duty(DutyKind.COORDINATOR, code))
    assert browser.get(f"/aprender/hoja/{row.key}/").status_code == status
    assert browser.get(page_of(session)).status_code == status


def test_a_file_that_came_by_mistake_is_gone_from_the_disk(session: Session, bruno: Role) -> None:
    send(bruno, session, PDF)
    row = SheetScan.objects.get()
    with committed():
        bruno.client.post(f"/aprender/hoja/{row.key}/")
    assert not SheetScan.objects.exists()
    assert not storages["private"].exists(row.file)


def test_whoever_erases_her_is_told_on_which_sheets_her_signature_may_stand(
    session: Session, enrolment: Enrolment, bruno: Role, amina: Role
) -> None:
    send(bruno, session, PDF)
    mark(session, enrolment, by=bruno.person)
    erased = erasing.erase(person=amina.person, by=amina.person)
    place = {"table": "learning.SheetScan", "column": session.cohort.name, "rows": 1}
    assert place in erased.residue


def test_scans_end_with_the_register_and_their_files_too(
    session: Session, bruno: Role, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    send(bruno, session, PDF)
    row = SheetScan.objects.get()
    SheetScan.objects.update(attached_at=row.attached_at.replace(year=row.attached_at.year - 3))
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(dry_run=False)
    assert storages["private"].exists(row.file)
    settings.SENDA_RETAIN_REGISTER_MONTHS = 24
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(dry_run=False)
    assert not SheetScan.objects.exists()
    assert not storages["private"].exists(row.file)
