"""Does every test begin with what the migrations wrote, whatever the one before it did?"""

import pytest
from django.db import connection
from wagtail.models import Locale, Page, Site


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_with_transactions_of_its_own_finds_the_root_page(transactional_db, time):
    assert Page.objects.filter(depth=1).exists()
    Locale.objects.exclude(language_code="es").delete()
    Page.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()


def test_the_test_after_it_finds_it_too(db):
    assert Site.objects.exists()
    assert Page.objects.filter(depth=2).exists()


def test_sequences_go_on_behind_what_migrations_wrote(db):
    taken = set(Locale.objects.values_list("pk", flat=True))
    assert Locale.objects.create(language_code="pt").pk not in taken
    if connection.vendor == "postgresql":
        connection.check_constraints()
