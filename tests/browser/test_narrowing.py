"""Can Gael find one of many sources on his form, with every box still there for who has no JavaScript?"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from courses.models import CoursePage, Source


@pytest.fixture
def many(world: Any) -> Any:
    titles = [f"Manual {n}" for n in range(1, 20)] + ["Cuaderno del faro añil"]
    shared = Source.objects.order_by("key").first().collection
    made = [
        Source.objects.create(key=f"ZZ{n}", title=title, collection=shared) for n, title in enumerate(titles)
    ]
    yield made
    for source in made:
        source.delete()


def test_gael_types_two_words_without_accents_and_ticks_the_source_he_looked_for(open_page, many):
    course = CoursePage.objects.order_by("path").first()
    with open_page("bruno") as page:
        page.goto(f"/admin/pages/{course.pk}/edit/")
        boxes = page.locator("[data-narrow] input[type=checkbox]")
        shown = page.locator("[data-narrow] label:visible")
        ticked = page.locator("[data-narrow] input:checked").count()
        assert shown.count() == boxes.count() > len(many)
        page.fill("[data-narrow] input[type=search]", "FARO anil")
        expect(shown).to_have_count(ticked + 1)
        page.get_by_label("Cuaderno del faro añil").check()
        page.fill("[data-narrow] input[type=search]", "")
        assert page.locator("[data-narrow] input:checked").count() == ticked + 1
        assert str(ticked + 1) in page.inner_text("[data-narrow] [role=status]")
