"""A notice names the organisation that runs the site."""

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from home.templatetags.placeholders import filled
from tests.factories.home import make_home, make_page
from tests.factories.programme import identity_of


@pytest.mark.django_db
def test_amina_reads_who_answers_for_her_data(client):
    cache.clear()
    make_page(
        make_home(), "Aviso", "aviso", body=[("text", {"text": "<p>Responsable: {{organisation}}.</p>"})]
    )
    identity_of(organisation="Médicos & Mundo")
    cache.clear()
    page = client.get("/aviso/").content.decode()
    assert "Responsable: Médicos &amp; Mundo." in page
    assert "{{" not in page


def test_a_site_without_an_organisation_answers_by_its_own_name():
    assert filled("{{ organisation }} · {{site}}", organisation="", site="Senda") == "Senda · Senda"


@given(st.text())
def test_a_name_can_never_become_markup(name):
    assert "<" not in filled("{{organisation}}", organisation=name, site="Senda")
