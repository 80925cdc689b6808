"""Amina reads the front pages and the glossary of the starter in her language."""

import pytest
from wagtail.models import Locale

from courses.models import CourseIndexPage, GlossaryTerm
from home.models import HomePage
from home.starter.files import read, starter_dir
from home.starter.records import Report
from home.starter.site import lay_ground
from home.starter.translations import _Loader

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=["en", "fr"])
def words(request):
    """What the files of one language say, by the name of the file."""
    folder = starter_dir() / "translations" / request.param
    return request.param, {path.stem: read(path) for path in folder.glob("*.yaml")}


@pytest.fixture
def site(words):
    code, said = words
    report = Report()
    lay_ground(report)
    locale, _made = Locale.objects.get_or_create(language_code=code)
    _Loader(locale, report).site(starter_dir() / "translations" / code)
    return locale, said


def test_a_term_is_named_and_explained_in_her_language(site):
    locale, said = site
    terms = {term.slug: term for term in GlossaryTerm.objects.filter(locale=locale)}
    assert {key: term.term for key, term in terms.items()} == {
        item["key"]: item["term"] for item in said["glossary"]
    }
    assert all(item["definition"][:40] in terms[item["key"]].definition for item in said["glossary"])


def test_the_front_pages_greet_her_in_her_language(site):
    locale, said = site
    home = HomePage.objects.get(locale=locale)
    index = CourseIndexPage.objects.get(locale=locale)
    assert (home.title, home.lead) == (said["home"]["title"], said["home"]["lead"].strip())
    assert index.introduction == said["catalogue"]["introduction"]
