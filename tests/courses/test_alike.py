"""Bruno's course has one lesson a country, all of one name: can he tell them apart wherever he sees them all?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import versions
from tests.courses.cast import person
from tests.factories.accounts import country
from tests.factories.courses import ModulePageFactory, SmallCourse, add_lesson, publish

TITLE = "Mi derecho a la salud en mi país"


@pytest.fixture
def alike(small: SmallCourse) -> SmallCourse:
    """Two countries, and twice the same country in two modules."""
    ways = ModulePageFactory(parent=small.page, title="Rutas de atención")
    for code in ("GT", "MX"):
        country(code)
        publish(add_lesson(small, title=TITLE, slug=f"derecho-{code.lower()}"), countries=[code])
    small.module = ways
    for number in range(2):
        publish(add_lesson(small, title=TITLE, slug=f"ruta-{number}"), countries=["MX"])
    return small


def test_in_what_a_new_version_would_add(alike: SmallCourse, office: Any) -> None:
    waiting = alike.course.proposals.get(state="open")
    screen = office.get(reverse("course_versions:proposal", args=[waiting.pk])).context["screen"]
    titles = [item.title for item in screen.changes.added]
    place = _("place %(place)s")
    assert titles == [
        f"{TITLE} · Guatemala",
        f"{TITLE} · México · {alike.lessons[0].get_parent().title}",
        f"{TITLE} · México · Rutas de atención · {place % {'place': titles_before(alike) + 3}}",
        f"{TITLE} · México · Rutas de atención · {place % {'place': titles_before(alike) + 4}}",
    ]


def titles_before(small: SmallCourse) -> int:
    newest = versions.current(small.course)
    assert newest is not None
    return len(versions.manifest_of(newest).activities)


def test_in_the_versions_and_where_people_stop(alike: SmallCourse, office: Any) -> None:
    versions.release(proposal=alike.course.proposals.get(state="open"), by=person("Bruno").person)
    asked = office.get(reverse("course_versions:history", args=[alike.course.pk])).context["screen"].asked
    path = office.get(reverse("course_learning:report", args=[alike.course.pk])).context["screen"].path
    for rows in (asked, path):
        titles = [row.title for row in rows]
        assert f"{TITLE} · Guatemala" in titles
        assert len(set(titles)) == len(titles)
        assert {"Lección 1", "Lección 2"} <= set(titles)
