"""Does the form of a lesson offer what the rules know, and lose nothing that stands there?"""

import pytest
from django.urls import reverse

from tests.factories.courses import make_course
from tests.factories.programme import CountryFactory

pytestmark = pytest.mark.django_db


def test_a_lesson_is_for_the_programmes_countries_and_another_chosen_before_stays(admin_client):
    lesson = make_course(quiz=False, lessons=1).lessons[0]
    CountryFactory()
    chile = CountryFactory(code="CL", name_es="Chile", in_programme=False)
    CountryFactory(code="AR", name_es="Argentina", in_programme=False)
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).context["form"]
    assert "Chile" not in str(form["countries"])
    assert "México" in str(form["countries"])
    lesson.countries.add(chile)
    lesson.save_revision()
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).context["form"]
    assert "Chile" in str(form["countries"])
    assert "Argentina" not in str(form["countries"])
