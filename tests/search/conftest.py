"""What the tests of the search share."""

import pytest
from wagtail.models import Locale
from wagtail.search import index

from courses.indexing import FormsField
from courses.models import GlossaryTerm
from search import kinds


@pytest.fixture
def french(db) -> Locale:
    return Locale.objects.get_or_create(language_code="fr")[0]


@pytest.fixture
def glossary_kind(db, monkeypatch):
    """A kind that stands in no page tree, as a later room would register it."""

    monkeypatch.setattr(GlossaryTerm, "search_fields", [FormsField("term"), index.FilterField("id")])

    def cards(rows):
        return {row.pk: kinds.Card(title=row.term, url=f"/glosario/#{row.slug}", text="") for row in rows}

    def add(term: str, definition: str) -> GlossaryTerm:
        return GlossaryTerm.objects.create(
            slug=term.lower(), term=term, definition=definition, locale=Locale.get_default()
        )

    kinds.register(
        kinds.Kind(
            key="glossary",
            label="Glosario",
            one="Palabra del glosario",
            model="courses.GlossaryTerm",
            cards=cards,
            visible=lambda rows, language: rows.filter(locale__language_code="es"),
        )
    )
    yield add
    kinds.forget("glossary")
