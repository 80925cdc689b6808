"""Measures the search for duplicates and the search by name among 200,000 invented people, in a process of its own.

The names are skewed as names are: one woman in twelve is a María, one surname in twenty a Hernández, and the largest
institution has one in ten of all people. One in forty is there twice, with a slip such as people make.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import uuid
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.site import Site

if TYPE_CHECKING:
    from accounts.models import Person
    from benchmarks.report import Report

PEOPLE = 200_000
PLACES = 2_000
TWICE = 40
SPOILT = ("order", "letter", "surname", "initial", "accent", "none")

GIVEN = (
    "María José Juan Ana Luis Rosa Carlos Guadalupe Miguel Carmen Pedro Elena Jorge Juana Francisco Claudia "
    "Manuel Sofía Antonio Gabriela Rafael Silvia Óscar Verónica Daniel Yolanda Víctor Xiomara Rubén Ixchel "
    "Mateo Zoila Tomás Nohemí Abel Rigoberta Nelson Wendy Marvin Ingrid Selvin Karla Edwin Heidy Wilmer"
).split()
SURNAMES = (
    "Hernández García López Martínez González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Morales "
    "Vásquez Reyes Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Méndez Ramos Chávez "
    "Rivera Juárez Domínguez Ajú Xol Caal Tzul Cuc Ixcoy Batz Choc Tum Pop Sicajau Zúñiga Íñiguez Núñez "
    "Güereca Peña Orellana Menjívar Umaña Portillo Alvarenga Bonilla Interiano Funes Zelaya Discua Euceda"
).split()


def run(report: Report) -> None:
    """Print how long the suggestions take, what they need, and how soon a name is found."""
    # A database of its own: two hundred thousand people would change what the other areas measure.
    environment = {**os.environ, "DATABASE_URL": report.site.server_url}
    command = [sys.executable, "-m", "benchmarks.bench_duplicates"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    found = json.loads(result.stdout.splitlines()[-1])
    size = f"{found['people']}-people-{found['places']}-institutions"
    report.figure("duplicates.suggest", found["seconds"], "s", size=size, at_most=600)
    report.figure("duplicates.memory", found["memory"], "MiB", size=size, at_most=300)
    report.figure("duplicates.compared", found["compared"], "pairs", size=size)
    report.figure("duplicates.suggested", found["suggested"], "pairs", size=size)
    report.figure("duplicates.found", found["found"], "percent", size=f"{found['twice']}-there-twice")
    fast = 150 if found["vendor"] == "postgresql" else None
    report.figure("duplicates.by_name", found["by_name"], "ms", size=size, at_most=fast)


def main() -> None:
    """Make a site with nothing in it, fill it, search, and print one line of JSON."""
    site = Site()
    try:
        if site.server_url:
            site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable"):
            site.run("manage.py", command, "--verbosity", "0", settings="development")
        os.environ.update(site.settings("production"))
        measure()
    finally:
        site.close()


def measure() -> None:
    """Fill, search, and print the figures."""
    import django

    django.setup()
    from django.db import connection

    from benchmarks.report import once, seconds
    from institutions.duplicates import suggest

    pairs = fill(random.Random(11), int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
    figures: dict[str, object] = {"vendor": connection.vendor, "people": pairs.pop(), "places": PLACES}
    before, results = peak(), []
    figures["seconds"] = once(lambda: results.append(suggest()))
    figures |= {"memory": peak(), "memory_before": before, "compared": results[0].compared}
    figures |= {"suggested": results[0].suggested, "twice": len(pairs), "found": share_found(pairs)}
    figures["by_name"] = max(seconds(partial(look_up, name)) for name in SOUGHT) * 1000
    print(json.dumps(figures))


SOUGHT = ("ixchel nunez", "maria", "HERNANDEZ garcia", "xol", "ru", "nadie que exista")


def look_up(name: str) -> list[object]:
    """Find one page of people, as a list of staff does, and count all of them."""
    from accounts.models import Person
    from accounts.names import people_named

    rows = people_named(name, Person.objects.one_each().not_erased())
    return [rows.count(), *rows.order_by("-pk")[:50]]


def peak() -> float:
    """Return the largest resident set of this process so far, in MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(dice: random.Random, people: int) -> list:
    """Make institutions and people; return the pairs that are one, and last how many people there are."""
    from django.db.models import F

    from accounts.models import Person
    from institutions.models import Institution, InstitutionType
    from programme.models import Country

    Country.objects.get_or_create(
        code="MX", defaults={"name_es": "México", "time_zone": "America/Mexico_City"}
    )
    Institution.objects.bulk_create(
        Institution(key=uuid.uuid4(), name=f"Lugar {n}", type=InstitutionType.PUBLIC, country_id="MX")
        for n in range(PLACES)
    )
    Institution.objects.filter(canonical=None).update(canonical=F("pk"))
    places = list(Institution.objects.order_by("pk").values_list("pk", flat=True))
    pairs: list = []
    for start in range(0, people, 5_000):
        pairs += some(dice, min(5_000, people - start), places)
    Person.objects.filter(canonical=None).update(canonical=F("pk"))
    return [*pairs, people]


def some(dice: random.Random, number: int, places: list[int]) -> list[tuple[int, int]]:
    """Make some people with their memberships."""
    from accounts.models import AgeBand, Person
    from institutions.models import Membership

    rows: list[Person] = []
    where: list[tuple[int, bool]] = []
    while len(rows) < number:
        person = Person(
            certificate_name=a_name(dice), country_id="MX", birth_year=dice.choice([None, a_year(dice)])
        )
        person.age_band = dice.choice(["", dice.choice(AgeBand.values)])
        copies = (
            [person] if dice.randrange(TWICE) or len(rows) + 2 > number else [person, spoilt(dice, person)]
        )
        place = places[0] if dice.random() < 0.1 else places[int(len(places) * dice.random() ** 2.5)]
        rows += copies
        where += [(place, len(copies) == 2)] * len(copies)
    made = Person.objects.bulk_create(rows)
    since = dt.date(2025, 1, 1)
    Membership.objects.bulk_create(
        Membership(person=person, institution_id=place, starts_on=since)
        for person, (place, _twice) in zip(made, where, strict=True)
    )
    doubled = [person.pk for person, (_place, twice) in zip(made, where, strict=True) if twice]
    return list(zip(doubled[::2], doubled[1::2], strict=True))


def a_name(dice: random.Random) -> str:
    """Return one or two given names and two surnames; the first of each list are borne by many."""
    given = {pick(dice, GIVEN) for _ in range(dice.choice((1, 2, 2)))}
    return " ".join([*given, pick(dice, SURNAMES), pick(dice, SURNAMES)])


def pick(dice: random.Random, names: list[str]) -> str:
    return names[int(len(names) * dice.random() ** 1.7)]


def a_year(dice: random.Random) -> int:
    return round(dice.triangular(1955, 2006, 1990))


def spoilt(dice: random.Random, person: Person) -> Person:
    """Return the same one as she signs up again: the surnames in another order, a wrong letter, a name left out."""
    from accounts.models import Person

    words, way = person.certificate_name.split(), dice.choice(SPOILT)
    if way == "order":
        words = [*words[1:], words[0]]
    elif way == "letter":
        words[-1] = words[-1][:-1] + dice.choice("aeiosz")
    elif way == "surname":
        words = words[:-1]
    elif way == "initial":
        words[0] = words[0][0] + "."
    name = " ".join(words)
    year = dice.choice([person.birth_year, None])
    return Person(
        certificate_name=name.upper() if way == "accent" else name, country_id="MX", birth_year=year
    )


def share_found(pairs: list[tuple[int, int]]) -> float:
    """Return how many of a hundred pairs were suggested."""
    from institutions.models import DuplicateSuggestion

    found = set(DuplicateSuggestion.objects.values_list("first_id", "second_id").iterator())
    return 100 * len(found & set(pairs)) / max(1, len(pairs))


if __name__ == "__main__":
    main()
