"""Makes people and their logins."""

import factory
from factory.django import DjangoModelFactory

from accounts.managers import new_code
from accounts.models import Person, User
from common.clock import now
from programme.models import Country

SECRET = "una garza sobre el agua"
PIN = "482913"

COUNTRIES = {
    "MX": ("México", "Mexico", "Mexique", "America/Mexico_City"),
    "GT": ("Guatemala", "Guatemala", "Guatemala", "America/Guatemala"),
    "HN": ("Honduras", "Honduras", "Honduras", "America/Tegucigalpa"),
    "SV": ("El Salvador", "El Salvador", "Salvador", "America/El_Salvador"),
}


def country(code: str = "MX") -> Country:
    """Return one of the programme's countries, made if it is not there."""
    es, en, fr, zone = COUNTRIES[code]
    defaults = {"name_es": es, "name_en": en, "name_fr": fr, "time_zone": zone, "in_programme": True}
    return Country.objects.get_or_create(code=code, defaults=defaults)[0]


class PersonFactory(DjangoModelFactory):
    """An adult who works in Mexico and has not filled in her profile."""

    class Meta:
        model = Person

    country = factory.LazyFunction(country)
    display_name = factory.Sequence(lambda number: f"Persona {number}")
    adult_confirmed_at = factory.LazyFunction(now)


class UserFactory(DjangoModelFactory):
    """A login with the password SECRET; give `email`, `phone`, or neither for a code alone."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    username = factory.LazyFunction(new_code)
    password = factory.django.Password(SECRET)


class CodeUserFactory(UserFactory):
    """A login by personal code with the PIN `PIN`, handed out by somebody."""

    has_pin = True
    must_change_secret = True
    password = factory.django.Password(PIN)
    handed_out_by = factory.SubFactory(PersonFactory)
    handed_out_at = factory.LazyFunction(now)
