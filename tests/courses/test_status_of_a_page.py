"""Bruno looks at the status of a lesson in the admin: nothing there says that everybody reads or edits it."""

from __future__ import annotations

import pytest
from django.urls import reverse

UNTRUE = (
    "Visible para todos",
    "Visible pour tous",
    "Visible to all",
    "Cualquiera",
    "Anyone can edit",
    "par tous",
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("una lección o prueba, quien está inscrito en el curso", "Editable por quien tiene permiso")),
        ("fr", ("de qui est inscrit au cours", "Modifiable par qui en a le droit")),
        (
            "en",
            ("a lesson or quiz, whoever is enrolled in the course", "Whoever has permission can edit this"),
        ),
    ],
)
def test_it_says_who_reads_and_who_edits_a_lesson(small, office, language, words):
    office.cookies["senda_language"] = language
    address = reverse("wagtailadmin_pages:edit", args=[small.lessons[0].pk])
    page = office.get(address)
    assert [said for said in words if said not in page.text] == []
    status = page.text.split("w-privacy:changed")[1]
    assert [said for said in UNTRUE if said in status] == []
