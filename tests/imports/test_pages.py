"""Bruno imports on the site: columns, dry run, answers, progress, report, slips; nobody else sees his sheet."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Person, User
from imports.models import Import, ImportState, RememberedMapping
from learning.models import Enrolment
from tests.imports.sheets import PEOPLE

pytestmark = pytest.mark.django_db
ROSA = "Rosa Pérez Tun;mujer;rosa@example.org;;Hospital de Amina;MX\n"


def bring(role: Any, cohort: Any, *lines: str, kind: str = "people") -> Any:
    file = SimpleUploadedFile("lista.csv", (PEOPLE + "".join(lines)).encode())
    data = {"file": file, "kind": kind, "cohort": str(cohort.key) if cohort else ""}
    return role.client.post(reverse("imports:home"), data)


def to(name: str, batch: Import) -> str:
    return reverse(f"imports:{name}", kwargs={"batch": batch.key})


def mapped(role: Any, batch: Import, callbacks: Any) -> None:
    with callbacks(execute=True):
        data = {f"column-{letter}": which for letter, which in batch.sheets[0]["columns"].items()}
        assert role.client.post(to("columns", batch), data).status_code == 302
    batch.refresh_from_db()


def test_from_the_sheet_to_the_slip(bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any) -> None:
    answer = bring(bruno, cohort, ROSA)
    batch = Import.objects.get()
    assert answer.url == to("show", batch)
    assert b"column-A" in bruno.client.get(answer.url).content
    mapped(bruno, batch, django_capture_on_commit_callbacks)
    assert batch.state == ImportState.CHECKED
    page = bruno.client.get(to("show", batch)).content.decode()
    assert "Rosa Pérez Tun" in page
    assert not User.objects.filter(email="rosa@example.org").exists()
    with django_capture_on_commit_callbacks(execute=True):
        bruno.client.post(to("apply", batch), {"of_age": "on"})
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLIED
    assert Enrolment.objects.get(cohort=cohort).person.user.email == "rosa@example.org"
    assert bruno.client.get(to("report", batch)).json()["accepted"] == 1
    slips = bruno.client.post(to("slips", batch))
    assert slips["Cache-Control"] == "no-store"
    rosa = User.objects.get(email="rosa@example.org")
    assert rosa.readable_code in slips.content.decode()
    assert bruno.client.post(to("slips", batch)).status_code == 302


def test_without_the_word_that_all_are_of_age_nothing_begins(
    bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, ROSA)
    batch = Import.objects.get()
    mapped(bruno, batch, django_capture_on_commit_callbacks)
    bruno.client.post(to("apply", batch))
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKED


def test_what_is_asked_is_answered_on_the_page(
    bruno: Any, cohort: Any, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, ROSA.replace("mujer", "M"), ROSA.replace("mujer", "H").replace("rosa", "otra"))
    batch = Import.objects.get()
    mapped(bruno, batch, django_capture_on_commit_callbacks)
    page = bruno.client.get(to("show", batch)).content.decode()
    assert 'name="q0"' in page
    with django_capture_on_commit_callbacks(execute=True):
        data = {"q0": "woman", "q0-key": "values:sex:M", "q1": "man", "q1-key": "values:sex:H"}
        bruno.client.post(to("answer", batch), data)
    batch.refresh_from_db()
    assert batch.mapping["answers"] == {"values:sex:M": "woman", "values:sex:H": "man"}
    keys = {note["question"].split(":")[0] for row in batch.rows.all() for note in row.reasons}
    assert keys <= {"who"}


def test_the_next_sheet_comes_with_the_columns_that_were_said(
    bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, ROSA)
    batch = Import.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        said = {**batch.sheets[0]["columns"], "B": ""}
        bruno.client.post(to("columns", batch), {f"column-{key}": value for key, value in said.items()})
    assert RememberedMapping.objects.count() == 1
    bring(bruno, cohort, ROSA)
    assert Import.objects.latest("pk").sheets[0]["columns"]["B"] == ""


def test_a_page_of_progress_survives_a_reload(bruno: Any, cohort: Any) -> None:
    bring(bruno, cohort, ROSA)
    Import.objects.update(state=ImportState.APPLYING)
    for _again in range(2):
        answer = bruno.client.get(to("show", Import.objects.get()))
        assert "<progress" in answer.content.decode()
        assert answer["Refresh"] == "5"


def test_nobody_else_sees_it(bruno: Any, cohort: Any, amina: Any, chipo: Any, elena: Any) -> None:
    bring(bruno, cohort, ROSA)
    batch = Import.objects.get()
    for role in (amina, chipo, elena):
        assert role.client.get(to("show", batch)).status_code == 404
        assert role.client.get(to("report", batch)).status_code == 404
        assert role.client.post(to("apply", batch), {"of_age": "on"}).status_code == 404
        assert role.client.get(reverse("imports:home")).status_code == 404
        assert bring(role, cohort, ROSA).status_code == 404
    assert Import.objects.count() == 1


def test_into_another_ones_group_nothing_is_brought(bruno: Any, cohort: Any, dalia: Any) -> None:
    cohort.facilitators.set([dalia.person])
    other = type(cohort).objects.create(code="G-2", name="Otro", course=cohort.course)
    other.facilitators.add(bruno.person)
    assert bring(bruno, cohort, ROSA).status_code == 400
    assert bring(bruno, None, ROSA).status_code == 400
    assert not Import.objects.exists()
    assert Person.objects.named("rosa").count() == 0


def test_a_cell_is_never_a_formula_in_the_rejected_lines(
    bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, "=cmd|' /C calc'!A0;mujer;x;;;MX\n")
    batch = Import.objects.get()
    mapped(bruno, batch, django_capture_on_commit_callbacks)
    text = b"".join(bruno.client.get(to("rejected", batch)).streaming_content).decode()
    assert "'=cmd" in text


def test_a_file_that_is_no_sheet_is_refused_with_the_remedy(bruno: Any, cohort: Any) -> None:
    file = SimpleUploadedFile("lista.xlsx", b"nothing of a sheet")
    data = {"file": file, "kind": "people", "cohort": str(cohort.key)}
    page = bruno.client.post(reverse("imports:home"), data, follow=True).content.decode()
    assert Import.objects.get().state == ImportState.REFUSED
    assert 'role="alert"' in page
