"""Blocks that concern some readers only: nobody else is shown them, warned of them, or led to them."""

from __future__ import annotations

import pytest

from courses.blocks import LessonBlocks
from courses.blocks.from_starter import StarterError, to_stream
from courses.blocks.measure import measure, nominal_minutes, parts_asked, shares
from programme.scope import Reader
from tests.blocks.lessons import Study, raw, read, searched
from tests.blocks.samples import filled, sample
from tests.factories.accounts import country

GT, MX = {"countries": ["GT"], "routes": []}, {"countries": ["MX"], "routes": []}
KINDS = sorted(filled("x"))


@pytest.fixture(autouse=True)
def countries(db):
    return [country("MX"), country("GT")]


def only(block, scope):
    return {**block, "value": {**block["value"], "scope": scope}}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_to_its_own_alone(kind):
    block = only(sample(kind, "jade"), GT)
    assert "jade" in read(block, study=Study(country="GT"))
    for study in (Study(country="MX"), Study(), None):
        assert "jade" not in read(block, study=study)
    assert "jade" not in searched(block)


def test_an_editor_sees_it_and_for_whom_it_is():
    html = read(only(raw("text", "<p>jade</p>"), {"countries": ["GT"], "routes": ["transit"]}), editing=True)
    assert "jade" in html
    assert "Guatemala · " in html


def text(words, scope=None):
    return raw("text", {"text": f"<p>{words}</p>", "scope": scope or {}}, block_id=f"{words:0<8}-0000")


def test_a_note_jumps_over_what_its_reader_is_shown():
    note = raw("content_note", {"text": "<p>Un asalto.</p>", "covers": 2})
    blocks = [note, text("uno", MX), text("dos"), text("tres")]
    hers = read(*blocks, study=Study(country="GT"))
    assert 'href="#parte-tres0000"' in hers
    assert "uno" not in hers
    theirs = read(*blocks, study=Study(country="MX"))
    assert 'href="#parte-uno00000"' in theirs
    assert 'href="#parte-tres0000"' in theirs
    assert hers.count("2") < theirs.count("2")


def test_a_note_that_would_warn_of_nothing_is_not_shown():
    note = raw("content_note", {"text": "<p>Un asalto.</p>", "covers": 1})
    assert "asalto" not in read(note, text("uno", MX), text("dos"), study=Study(country="GT"))
    assert "asalto" in read(note, text("uno", MX), text("dos"), study=Study(country="MX"))


def test_minutes_are_those_of_what_a_reader_is_shown():
    long = " palabra" * 751
    body = LessonBlocks().to_python([text("uno"), raw("text", {"text": f"<p>{long}</p>", "scope": MX})])
    assert measure(body, reader=Reader("GT")).words == 1
    assert measure(body, reader=Reader("MX")).words == 752
    assert nominal_minutes(shares(body)) == 10
    assert [part.countries for part in parts_asked(shares(body))] == [(), ("MX",)]
    assert parts_asked(shares(LessonBlocks().to_python([text("uno")]))) == ()


def test_a_starter_file_says_whom_a_block_is_for():
    entry = {"callout": {"text": "Ojo"}, "only": {"countries": ["mx"], "routes": ["transit"]}}
    (block,) = to_stream([entry], key="x/y", resolve=None)
    assert block["value"]["scope"] == {"countries": ["MX"], "routes": ["transit"]}


@pytest.mark.parametrize("wrong", [{"country": ["MX"]}, {"routes": ["moon"]}, "MX", ["MX"]])
def test_a_scope_that_cannot_be_read_is_refused_with_its_place(wrong):
    with pytest.raises(StarterError, match="block 0"):
        to_stream([{"text": "x", "only": wrong}], key="x/y", resolve=None)
