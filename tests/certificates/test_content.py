"""The frozen words: what is stored at issue comes back exactly, or not at all."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.content import CertificateContent, Picture, Signatory, UnreadableContent

from .samples import AMINA, FULL

texts = st.text(max_size=40)
pictures = st.builds(Picture, path=texts, digest=texts, alt=texts)
signatories = st.builds(Signatory, name=texts, role=texts, signature=st.none() | pictures)
PLAIN = [entry.name for entry in dataclasses.fields(CertificateContent) if entry.type == "str"]
contents = st.builds(
    CertificateContent,
    **dict.fromkeys(PLAIN, texts),
    objectives=st.lists(texts, max_size=12).map(tuple),
    activities=st.lists(texts, max_size=4).map(tuple),
    signatories=st.lists(signatories, max_size=2).map(tuple),
    logos=st.lists(pictures, max_size=3).map(tuple),
)


@given(contents)
def test_whatever_was_frozen_comes_back_exactly(content):
    assert CertificateContent.from_json(content.to_json()) == content


def test_equal_contents_are_stored_as_equal_texts():
    assert AMINA.to_json() == dataclasses.replace(AMINA).to_json()
    assert AMINA.to_json() != FULL.to_json()
    assert "Constancia de aprobación" in AMINA.to_json()


def test_a_frozen_certificate_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        AMINA.holder = "Dalia"


def changed(**values) -> str:
    return json.dumps(json.loads(FULL.to_json()) | values)


def without(name: str) -> str:
    data = json.loads(FULL.to_json())
    del data[name]
    return json.dumps(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        changed(format=2),
        changed(holder=None),
        changed(holder=["x"]),
        changed(surprise="x"),
        changed(objectives=[1]),
        changed(signatories=[{"name": "x"}]),
        changed(signatories=[{"name": 1, "role": "x", "signature": None}]),
        changed(logos=[{"path": "x", "digest": "y", "alt": 3}]),
        changed(logos="x"),
        without("holder"),
        without("format"),
        without("logos"),
    ],
)
def test_what_is_not_a_certificates_content_is_refused(text):
    with pytest.raises(UnreadableContent):
        CertificateContent.from_json(text)


def test_a_picture_knows_whether_it_is_still_itself():
    picture = Picture.of(b"abc", path="a.png", alt="A")
    assert picture.is_made_of(b"abc")
    assert not picture.is_made_of(b"abd")
