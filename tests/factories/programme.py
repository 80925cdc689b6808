"""Makes countries, support lines and the identity of a site."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from programme.models import Country, SupportLine


class CountryFactory(DjangoModelFactory):
    """One of the programme's countries."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "MX"
    name_es = "México"
    name_en = "Mexico"
    name_fr = "Mexique"
    time_zone = "America/Mexico_City"
    in_programme = True
    position = 1


class SupportLineFactory(DjangoModelFactory):
    """A line that somebody confirmed a moment ago."""

    class Meta:
        model = SupportLine

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda number: f"Línea {number}")
    number = factory.Sequence(lambda number: f"800911{number:04d}")
    verified_on = factory.LazyFunction(dt.date.today)
