"""How long an editor waits who publishes a lesson that 5,000 people are studying, and how soon they follow.

The editor's requests go over HTTP through the Wagtail admin; the following is done by a worker of its own, while a
learner goes on finishing lessons. One in ten learners is in a cohort with dates, which keeps its version.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from accounts.models import Person, User
from benchmarks import crowd
from benchmarks.admin_form import form_data
from benchmarks.report import Report
from benchmarks.site import ROOT, Site
from common import clock
from courses.models import Course, LessonPage, VersionProposal
from courses.versions import CourseVersion, current, manifest_of
from learning.following import follow_version
from learning.models import ActivityCompletion, Cohort, Completion, Enrolment

LEARNERS = 5_000
IN_A_DATED_COHORT = 10
ROUNDS = 3
FOLLOWING_SECONDS = 180
SIZE = f"{LEARNERS} learners in progress"


def run(report: Report) -> None:
    """Report the editor's requests, the following, and that nobody was asked twice."""
    course = Course.objects.get(code="PAP-01")
    pinned = learners_of(course)
    editor = Reader(report.site.url, an_editor())
    lesson = LessonPage.objects.descendant_of(crowd.measured_course()).live().order_by("path")[0]
    waits: dict[str, list[float]] = {
        "publish": [],
        "proposal": [],
        "release": [],
        "follow": [],
        "learner": [],
    }
    with a_worker(report.site):
        for number in range(ROUNDS):
            one_round(editor, course, lesson, number, pinned, waits)
    tell(report, waits, asked_twice(course))


def one_round(
    editor: Reader,
    course: Course,
    lesson: LessonPage,
    number: int,
    pinned: int,
    waits: dict[str, list[float]],
) -> None:
    """Publish a changed requirement, look at what it means, release it, and wait for the learners."""
    page = LessonPage.objects.get(pk=lesson.pk)
    page.required = bool(number % 2)
    form = [*form_data(page, user=editor.user), ("action-publish", "action-publish")]
    waits["publish"].append(editor.send(f"/admin/pages/{page.pk}/edit/", form))
    if LessonPage.objects.get(pk=page.pk).required != page.required:
        raise RuntimeError("The editor's form did not publish the lesson.")
    proposal = VersionProposal.objects.get(course=course, state="open")
    address = f"/admin/versiones/propuesta/{proposal.pk}/"
    waits["proposal"].append(editor.look(address))
    learner = Reader(editor.url, crowd.reader())
    waits["release"].append(editor.send(f"{address}publicar/", []))
    started = time.perf_counter()
    version = current(course)
    if version is None or version.number < 2:
        raise RuntimeError("The proposal was not released.")
    while (left := behind(course, version) - pinned) > 0:
        waits["learner"].append(learner.look(lesson.url))
        if time.perf_counter() - started > FOLLOWING_SECONDS:
            raise RuntimeError(f"{left} learners have not followed after {FOLLOWING_SECONDS} s.")
        time.sleep(0.05)
    waits["follow"].append(time.perf_counter() - started)
    if behind(course, version) != pinned:
        raise RuntimeError("A cohort with dates followed without its facilitator.")


def tell(report: Report, waits: dict[str, list[float]], twice: int) -> None:
    """Print the longest wait of each kind."""
    where = f"{SIZE}, {connection.vendor}, load {os.getloadavg()[0]:.1f}"
    report.figure("publishing.publish", max(waits["publish"]), "s", size=where, at_most=1.5)
    report.figure("publishing.proposal_page", max(waits["proposal"]), "s", size=where, at_most=1.5)
    report.figure("publishing.release", max(waits["release"]), "s", size=where, at_most=1.5)
    report.figure("publishing.following", max(waits["follow"]), "s", size=where, at_most=60)
    report.figure("publishing.learner_meanwhile", max(waits["learner"], default=0), "s", size=where)
    report.figure("publishing.asked_twice", twice, "people", size=where, at_most=0)


def asked_twice(course: Course) -> int:
    """Return for how many something happens when all that was heard of is heard of again."""
    before = Completion.objects.count(), ActivityCompletion.objects.count()
    again = sum(follow_version.func(version_id=pk) for pk in course.versions.values_list("pk", flat=True))
    after = Completion.objects.count(), ActivityCompletion.objects.count()
    return again + sum(after) - sum(before)


# People


def learners_of(course: Course) -> int:
    """Enrol people who came more or less far; return how many of them are in a cohort that keeps its version."""
    version = current(course)
    if version is None:
        raise LookupError(course.code)
    people = Person.objects.bulk_create(
        Person(country_id=("MX", "GT", "HN", "SV")[number % 4], display_name=f"Aprendiz {number}")
        for number in range(LEARNERS)
    )
    for person in people:
        person.canonical_id = person.pk
    Person.objects.bulk_update(people, ["canonical"], batch_size=500)
    cohort = Cohort.objects.create(
        code="CON-FECHAS", name="Con fechas", course=course, version=version, starts_on=clock.now().date()
    )
    enrolments = Enrolment.objects.bulk_create(
        _enrolment(person, course, version, cohort if number % IN_A_DATED_COHORT == 0 else None)
        for number, person in enumerate(people)
    )
    ActivityCompletion.objects.bulk_create(_done(enrolments, version), batch_size=2_000)
    return LEARNERS // IN_A_DATED_COHORT


def _enrolment(person: Person, course: Course, version: CourseVersion, cohort: Cohort | None) -> Enrolment:
    now = clock.now()
    return Enrolment(
        person=person,
        course=course,
        version=version,
        cohort=cohort,
        way="self",
        enrolled_at=now,
        enrolled_on=now.date(),
        time_zone="America/Mexico_City",
        at_country_id=person.country_id or "MX",
    )


def _done(enrolments: list[Enrolment], version: CourseVersion) -> Iterator[ActivityCompletion]:
    """Half of the people have done a fifth of the way or less; nobody has done all of it."""
    dice, now = random.Random(5), clock.now()
    keys = [activity.key for activity in manifest_of(version)]
    for enrolment in enrolments:
        for key in keys[: int(len(keys) * 0.9 * dice.random() ** 2.3)]:
            yield ActivityCompletion(
                enrolment=enrolment, activity=key, completed_at=now, completed_on=now.date()
            )


def behind(course: Course, version: CourseVersion) -> int:
    """Return how many people in progress do not follow `version` yet."""
    people = Person.objects.filter(display_name__startswith="Aprendiz ").values("pk")
    rows = Enrolment.objects.active().filter(course=course, person__in=people)
    return int(rows.exclude(version=version).count())


def an_editor() -> User:
    person = Person.objects.create(country_id="MX", display_name="Editora", certificate_name="Editora")
    user = User(person=person, username=f"EDITORA{uuid.uuid4().hex[:8]}", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


class Reader:
    """Somebody signed in who asks over HTTP and waits."""

    def __init__(self, url: str, user: User) -> None:
        session = Client(HTTP_HOST="127.0.0.1")
        session.force_login(user)
        # As after the code of a second factor, without which production opens its admin to nobody.
        request = HttpRequest()
        request.session = session.session
        record_authentication(request, user, "mfa", type="totp")
        request.session.save()
        self.url, self.user = url, user
        self.cookies = {settings.SESSION_COOKIE_NAME: session.cookies[settings.SESSION_COOKIE_NAME].value}

    def look(self, path: str) -> float:
        """Return how many seconds a page took."""
        return self._ask("GET", path, None, 200)

    def send(self, path: str, form: list[tuple[str, str]]) -> float:
        """Return how many seconds a form took that leads on when it was taken."""
        token = "a" * 32
        self.cookies[settings.CSRF_COOKIE_NAME] = token
        return self._ask("POST", path, urlencode([*form, ("csrfmiddlewaretoken", token)]), 302)

    def _ask(self, method: str, path: str, body: str | None, expected: int) -> float:
        place = urlsplit(self.url)
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"{self.url}{path}",
            "Accept-Language": "es",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        line.request(method, path, body, headers)
        answer = line.getresponse()
        said = answer.read()
        took = time.perf_counter() - started
        if answer.status != expected:
            words = " ".join(re.findall(r"error[^<>]{0,20}>([^<]{3,80})<", said.decode()))
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.getheader('Location', '')} {words}")
        return took


@contextlib.contextmanager
def a_worker(site: Site) -> Iterator[None]:
    """Let the real worker take what is enqueued."""
    command = [
        sys.executable,
        "manage.py",
        "db_worker",
        "--no-reload",
        "--queue-name",
        "*",
        "--verbosity",
        "0",
    ]
    worker = subprocess.Popen(command, cwd=ROOT, env=site.settings("production"), stdout=sys.stderr)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)
