"""Makes countries, support lines and the identity of a site."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Site

from programme.models import Country, Identity, SupportLine


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


def identity_of(**fields: object) -> Identity:
    """Return the settings of the default site, with `fields` set."""
    identity = Identity.for_site(Site.objects.get(is_default_site=True))
    for name, value in fields.items():
        setattr(identity, name, value)
    identity.save()
    return identity
