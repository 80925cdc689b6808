"""What focal points of the demo did: confirmed most of their people, proposed courses; who accepted and who shares."""

from __future__ import annotations

from accounts import consents
from accounts.models import Consent, Person
from courses.models import Course
from home.demo import people
from institutions import confirming
from institutions.models import Membership
from learning import nominating
from learning.models import Nomination

# Whose claims still wait, so that the page has something to answer.
WAITING = ("Solange", "Eulalia")
SHARE = ("Itzel", "Begoña")
OTHER_COURSE = "DSM-02"


def load_nominations(course: Course) -> None:
    """Do it once: once something was confirmed, what people answer stays as it is."""
    chipo = people.find(people.CHIPO.key)
    if chipo is None or Membership.objects.filter(confirmed_by=chipo).exists():
        return
    for focal in filter(None, map(people.find, (people.CHIPO.key, people.DALIA.key))):
        _confirm(focal)
    for name in SHARE:
        for person in Person.objects.filter(display_name=name, is_demo=True):
            consents.give(person=person, purpose=Consent.Purpose.SHARE_EMPLOYER)
    _propose(chipo, course)


def _confirm(focal: Person) -> None:
    place = Membership.objects.filter(person=focal).speaking().get().institution
    claims = Membership.objects.filter(institution=place).working().claimed().select_related("person")
    for row in claims.exclude(person=focal):
        if row.person.display_name not in WAITING:
            confirming.confirm(membership=row, by=focal)


def _propose(chipo: Person, course: Course) -> None:
    place = Membership.objects.filter(person=chipo).speaking().get().institution
    other = Course.objects.filter(code=OTHER_COURSE).first() or course
    working = Membership.objects.filter(institution=place).working().confirmed()
    asked = [row.person for row in working.exclude(person=chipo).select_related("person__user")]
    nominating.nominate(institution=place, people=asked, course=other, by=chipo)
    answers = Nomination.objects.filter(institution=place, course=other).select_related("person")
    by_name = {row.person.display_name: row for row in answers}
    if "Begoña" in by_name:
        nominating.decline(nomination=by_name["Begoña"], person=by_name["Begoña"].person)
    if "María" in by_name:
        person = by_name["María"].person
        nominating.accept(nomination=by_name["María"], person=person, country=person.country)
