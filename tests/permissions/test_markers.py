"""Are the looks for what must not be told able to find it, in a page, a book, a paper and a file of data?"""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models
from django.http import HttpResponse, JsonResponse
from pypdf import PdfReader

from tests.permissions.asking import answer
from tests.permissions.telling import marks_for, of_the_place, telling, text_of
from tests.permissions.world import NAME, POINTS, World


def book(text: str) -> bytes:
    """Return the least that a reader takes for a packed book."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("xl/sharedStrings.xml", f"<t>{text}</t>")
    return packed.getvalue()


@pytest.mark.parametrize("mark", ["place", "points", "name"])
def test_a_mark_is_found_in_a_page_a_book_and_data(world: World, mark: str) -> None:
    word = {"place": of_the_place()[1], "points": str(POINTS), "name": NAME}[mark]
    for response in (
        HttpResponse(f"<td>{word}</td>"),
        HttpResponse(book(word), content_type="application/vnd.ms-excel"),
        JsonResponse({"rows": [word]}, json_dumps_params={"ensure_ascii": False}),
    ):
        assert word in telling(world, "iker", response)


def test_a_paper_is_read(world: World) -> None:
    response = answer(world, "amina", "GET", "certificates:download")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert PdfReader(io.BytesIO(content)).pages
    assert "Amina" in text_of(HttpResponse(content, content_type="application/pdf"))


def test_where_the_shelter_is_stands_in_one_table_alone(world: World) -> None:
    """No history, revision, queue, search or copy carries it."""
    found = set()
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            text = _dumped(model)
            if any(mark in text for mark in of_the_place()):
                found.add(model._meta.label)
    assert found == {"institutions.ShelterPlace"}


def _dumped(model: type[models.Model]) -> str:
    rows = model._base_manager.all()
    text = serializers.serialize("json", rows, ensure_ascii=False)
    return text + json.dumps([str(row) for row in rows[:100]], ensure_ascii=False)


def test_a_masked_reader_is_looked_at_for_names_codes_and_ways_to_reach(world: World) -> None:
    marks = marks_for(world, "iker")
    assert {NAME, world.certificate.code, "amina@senda.example", world.users["farid"].username} <= set(marks)
