"""What was written is not lost: terms, sources and recordings keep each state, also the one before the first change."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse

from tests.factories.courses import GlossaryTermFactory, SourceFactory
from tests.factories.media_library import RecordingFactory
from tests.journeys.reader import filled

pytestmark = pytest.mark.django_db

KINDS = [
    (GlossaryTermFactory, "term", "Retorno asistido", "Retorno"),
    (SourceFactory, "title", "Guía de campo", "Otra guía"),
    (RecordingFactory, "title", "Una pausa", "Otra pausa"),
]


def untouched(page: HttpResponse) -> dict[str, Any]:
    """Return what the form of the page would send."""
    form = BeautifulSoup(page.text, "html.parser").find("form", attrs={"data-edit-form": True})
    return filled(form)


@pytest.mark.parametrize(("factory", "field", "first", "second"), KINDS)
def test_a_trainer_finds_what_stood_there_before_and_brings_it_back(
    admin_client, factory, field, first, second
):
    thing = factory(**{field: first})
    where = f"wagtailsnippets_{thing._meta.label_lower.replace('.', '_')}"
    edit = reverse(f"{where}:edit", args=[thing.pk])
    answer = admin_client.post(edit, untouched(admin_client.get(edit)) | {field: second})
    assert answer.status_code == 302
    thing.refresh_from_db()
    assert getattr(thing, field) == second
    before, after = thing.revisions.order_by("pk")
    page = admin_client.get(reverse(f"{where}:revisions_compare", args=[thing.pk, before.pk, after.pk]))
    shown = BeautifulSoup(page.text, "html.parser").select_one("td.comparison").get_text(" ")
    assert all(word in shown for word in (first + " " + second).split())
    back = reverse(f"{where}:revisions_revert", args=[thing.pk, before.pk])
    assert back in admin_client.get(reverse(f"{where}:history", args=[thing.pk])).text
    admin_client.post(edit, untouched(admin_client.get(back)) | {"revision": before.pk})
    thing.refresh_from_db()
    assert getattr(thing, field) == first
    if hasattr(thing, "file"):
        assert thing.file.read()
