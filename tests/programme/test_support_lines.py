"""Support lines: who sees which, and what is said of an old one."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from programme.support import is_old, support_by_country, year_before
from programme.wagtail_hooks import verification
from tests.factories.home import make_home
from tests.factories.programme import CountryFactory, SupportLineFactory

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()


@pytest.mark.django_db
def test_a_line_nobody_has_confirmed_is_seen_by_no_reader(client):
    make_home()
    SupportLineFactory(name="Línea dudosa", unverified=True)
    assert "Línea dudosa" not in client.get(reverse("programme:lines")).content.decode()
    assert "Línea dudosa" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_an_old_line_is_shown_with_a_warning_and_not_hidden():
    SupportLineFactory(name="Vieja", verified_on=dt.date(2025, 11, 21))
    SupportLineFactory(name="Nueva", verified_on=dt.date(2026, 10, 1))
    (mexico,) = support_by_country(today=TODAY)
    assert [(line.name, line.old) for line in mexico.lines] == [("Nueva", False), ("Vieja", True)]
    assert mexico.checked_on == dt.date(2026, 10, 1)
    assert mexico.old_since is None


@pytest.mark.django_db
def test_a_country_whose_lines_are_all_old_carries_one_warning(client):
    SupportLineFactory(verified_on=dt.date(2020, 1, 1))
    SupportLineFactory(verified_on=dt.date(2021, 1, 1))
    (mexico,) = support_by_country(today=TODAY)
    assert mexico.old_since == dt.date(2020, 1, 1)
    assert client.get(reverse("programme:lines")).content.decode().count("data-old") == 1


@pytest.mark.django_db
def test_countries_stand_in_the_order_of_the_programme_and_in_the_readers_language():
    CountryFactory(code="GT", name_es="Guatemala", name_en="Guatemala", name_fr="Guatemala", position=2)
    SupportLineFactory(country_id="GT")
    SupportLineFactory()
    with override("en"):
        assert [country.name for country in support_by_country(today=TODAY)] == ["Mexico", "Guatemala"]


@pytest.mark.django_db
def test_the_number_is_dialled_by_touching_it(client):
    SupportLineFactory(number="8009112000", display="800 911 2000")
    page = client.get(reverse("programme:lines")).content.decode()
    assert '<a href="tel:8009112000">800 911 2000</a>' in page


@pytest.mark.django_db
def test_without_any_line_the_page_says_what_to_do(client):
    assert client.get(reverse("programme:lines")).status_code == 200


@pytest.mark.django_db
def test_the_lines_cost_as_many_queries_for_two_as_for_forty(django_assert_num_queries):
    SupportLineFactory.create_batch(40)
    with django_assert_num_queries(1):
        support_by_country(today=TODAY)


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_a_line_is_in_order_for_a_whole_year_and_not_a_day_longer(today):
    assert not is_old(year_before(today), today=today)
    assert is_old(year_before(today) - dt.timedelta(days=1), today=today)


def test_bruno_reads_in_the_list_what_a_line_needs():
    line = SupportLineFactory.build(country=None, verified_on=TODAY)
    with override("en"):
        assert verification(line, today=TODAY) == "Verified"
        line.verified_on = dt.date(2024, 1, 1)
        assert "Older" in verification(line, today=TODAY)
        line.unverified = True
        assert "hidden" in verification(line, today=TODAY)
