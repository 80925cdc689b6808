"""How long an editor waits who publishes a lesson that 5,000 people are studying, and how soon they follow.

On PostgreSQL, in a process and a database of its own: that of DATABASE_URL, or a server in a temporary folder. The
editor opens the page of the Wagtail admin and sends its form over HTTP; the following is done by the real worker
(`manage.py worker`), while a learner goes on reading lessons. One in ten learners is in a cohort with dates, which
keeps its version. The database itself counts how often each enrolment was moved (`benchmarks.moves`).
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from benchmarks.site import ROOT, Site

if TYPE_CHECKING:
    from accounts.models import Person, User
    from benchmarks.report import Report
    from courses.models import Course, LessonPage
    from courses.versions import CourseVersion
    from learning.models import ActivityCompletion, Cohort, Enrolment

LEARNERS = 5_000
IN_A_DATED_COHORT = 10
ROUNDS = ("first", "second", "third")
FOLLOWING_SECONDS = 180
LIMITS = {"edit_page": None, "publish": 1.5, "proposal_page": 1.5, "release": 1.5, "following": 60}


def run(report: Report) -> None:
    """Report the editor's requests, the following, and that nobody was moved or asked twice."""
    from benchmarks.peers import postgres

    with postgres.server() as url:
        command = [sys.executable, "-m", "benchmarks.bench_publishing"]
        environment = {**os.environ, "DATABASE_URL": url}
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    tell(report, json.loads(result.stdout.splitlines()[-1]))


def tell(report: Report, found: dict[str, Any]) -> None:
    """Print each publication apart: the first, and often the second, meets a process that never published."""
    size = f"{LEARNERS} learners in progress, postgresql, load {found['load']:.1f}"
    for name, waits in zip(ROUNDS, found["rounds"], strict=True):
        for step, limit in LIMITS.items():
            report.figure(f"publishing.{step}_{name}", waits[step], "s", size=size, at_most=limit)
        report.figure(f"publishing.learner_meanwhile_{name}", waits["learner"], "s", size=size)
    report.figure("publishing.moved_once", found["once"], "people", size=size, at_least=found["asked"])
    report.figure("publishing.moved_otherwise", found["otherwise"], "people", size=size, at_most=0)
    report.figure("publishing.asked_twice", found["twice"], "people", size=size, at_most=0)


def main() -> None:
    """Make a site with starter course and demo, fill it, publish several times, and print one line of JSON."""
    from benchmarks.run import set_up_django

    site = Site()
    try:
        site.prepare()
        set_up_django(site)
        print(json.dumps(measure(site)))
    finally:
        site.close()


def measure(site: Site) -> dict[str, Any]:
    """Return the seconds of each publication, and for how many people it went as it should."""
    from benchmarks import crowd, moves
    from courses.models import Course, LessonPage

    course = Course.objects.get(code="PAP-01")
    pinned = learners_of(course)
    editor = Reader(site.url, an_editor())
    lesson = LessonPage.objects.descendant_of(crowd.measured_course()).live().order_by("path")[0]
    moves.write_down()
    with a_worker(site):
        rounds = [one_round(editor, course, lesson, pinned) for _name in ROUNDS]
    once, otherwise = moves.judged(moves.counted(), followers=followers(course), releases=len(ROUNDS))
    return {
        "rounds": rounds,
        "once": once,
        "otherwise": otherwise,
        "asked": LEARNERS - pinned,
        "twice": asked_twice(course),
        "load": os.getloadavg()[0],
    }


def one_round(editor: Reader, course: Course, lesson: LessonPage, pinned: int) -> dict[str, float]:
    """Publish a changed requirement, look at what it means, release it, and wait for the learners."""
    from benchmarks import crowd
    from courses.models import VersionProposal
    from courses.versions import current

    waits = {"edit_page": 0.0, "publish": 0.0}
    waits["edit_page"], waits["publish"] = publish(editor, lesson)
    proposal = VersionProposal.objects.get(course=course, state="open")
    address = f"/admin/versiones/propuesta/{proposal.pk}/"
    waits["proposal_page"] = editor.look(address)
    learner, before = Reader(editor.url, crowd.reader()), current(course)
    waits["release"] = editor.send(f"{address}publicar/", [])
    version = current(course)
    if version is None or version == before:
        raise RuntimeError("The proposal was not released.")
    waits["following"], waits["learner"] = until_all_follow(course, version, pinned, learner, lesson.url)
    return waits


def publish(editor: Reader, lesson: LessonPage) -> tuple[float, float]:
    """Open the lesson in the admin, change whether it is required, publish; return the seconds of both requests."""
    from benchmarks.admin_form import form_data, sent_by_a_browser
    from courses.models import LessonPage

    page = LessonPage.objects.get(pk=lesson.pk)
    wanted = not page.required
    opened = editor.look(f"/admin/pages/{page.pk}/edit/")
    # The blocks of the body are drawn by the admin's scripts: their fields are not in what the server sent.
    form = sent_by_a_browser(editor.said, drawn=form_data(page, user=editor.user))
    form = [(name, value) for name, value in form if name != "required"]
    form += [("required", "on")] * wanted
    took = editor.send(f"/admin/pages/{page.pk}/edit/", [*form, ("action-publish", "action-publish")])
    if LessonPage.objects.get(pk=page.pk).required != wanted:
        raise RuntimeError("The editor's form did not publish the lesson.")
    return opened, took


def until_all_follow(
    course: Course, version: CourseVersion, pinned: int, learner: Reader, address: str
) -> tuple[float, float]:
    """Return after how many seconds the last one followed, and the longest wait of a learner meanwhile."""
    started, longest = time.perf_counter(), 0.0
    while (left := behind(course, version) - pinned) > 0:
        longest = max(longest, learner.look(address))
        if time.perf_counter() - started > FOLLOWING_SECONDS:
            raise RuntimeError(f"{left} learners have not followed after {FOLLOWING_SECONDS} s.")
        time.sleep(0.05)
    took = time.perf_counter() - started
    if behind(course, version) != pinned:
        raise RuntimeError("A cohort with dates followed without its facilitator.")
    return took, longest


def asked_twice(course: Course) -> int:
    """Return for how many something happens when all that was heard of is heard of again."""
    from learning.following import follow_version
    from learning.models import ActivityCompletion, Completion

    before = Completion.objects.count(), ActivityCompletion.objects.count()
    again = sum(follow_version.func(version_id=pk) for pk in course.versions.values_list("pk", flat=True))
    after = Completion.objects.count(), ActivityCompletion.objects.count()
    return again + sum(after) - sum(before)


# People


def followers(course: Course) -> set[int]:
    """Return the enrolments that must follow: those in no cohort with dates."""
    return set(_ours(course).filter(cohort=None).values_list("pk", flat=True))


def _ours(course: Course) -> Any:
    from accounts.models import Person
    from learning.models import Enrolment

    people = Person.objects.filter(display_name__startswith="Aprendiz ").values("pk")
    return Enrolment.objects.active().filter(course=course, person__in=people)


def learners_of(course: Course) -> int:
    """Enrol people who came more or less far; return how many of them are in a cohort that keeps its version."""
    from accounts.models import Person
    from common import clock
    from courses.versions import current
    from learning.models import ActivityCompletion, Cohort, Enrolment

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
    from common import clock
    from learning.models import Enrolment

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
    from common import clock
    from courses.versions import manifest_of
    from learning.models import ActivityCompletion

    dice, now = random.Random(5), clock.now()
    keys = [activity.key for activity in manifest_of(version)]
    for enrolment in enrolments:
        for key in keys[: int(len(keys) * 0.9 * dice.random() ** 2.3)]:
            yield ActivityCompletion(
                enrolment=enrolment, activity=key, completed_at=now, completed_on=now.date()
            )


def behind(course: Course, version: CourseVersion) -> int:
    """Return how many people in progress do not follow `version` yet."""
    return int(_ours(course).exclude(version=version).count())


def an_editor() -> User:
    """Return a new administrator with a second factor."""
    from allauth.mfa.models import Authenticator

    from accounts.models import Person, User

    person = Person.objects.create(country_id="MX", display_name="Editora", certificate_name="Editora")
    user = User(person=person, username=f"EDITORA{uuid.uuid4().hex[:8]}", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


class Reader:
    """Somebody signed in who asks over HTTP and waits."""

    def __init__(self, url: str, user: User) -> None:
        from allauth.account.internal.flows.login import record_authentication
        from django.conf import settings
        from django.http import HttpRequest
        from django.test import Client

        session = Client(HTTP_HOST="127.0.0.1")
        session.force_login(user)
        # As after the code of a second factor, without which production opens its admin to nobody.
        request = HttpRequest()
        request.session = session.session
        record_authentication(request, user, "mfa", type="totp")
        request.session.save()
        self.url, self.user, self.said = url, user, ""
        self.cookies = {settings.SESSION_COOKIE_NAME: session.cookies[settings.SESSION_COOKIE_NAME].value}

    def look(self, path: str) -> float:
        """Return how many seconds a page took; what it said is kept."""
        return self._ask("GET", path, None, 200)

    def send(self, path: str, form: list[tuple[str, str]]) -> float:
        """Return how many seconds a form took that leads on when it was taken."""
        from django.conf import settings

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
        self.said = answer.read().decode()
        took = time.perf_counter() - started
        if answer.status != expected:
            words = " ".join(re.findall(r"error[^<>]{0,20}>([^<]{3,80})<", self.said))
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.getheader('Location', '')} {words}")
        return took


@contextlib.contextmanager
def a_worker(site: Site) -> Iterator[None]:
    """Let the real worker take what is enqueued."""
    command = [sys.executable, "manage.py", "worker", "--verbosity", "0"]
    worker = subprocess.Popen(command, cwd=ROOT, env=site.settings("production"), stdout=sys.stderr)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


if __name__ == "__main__":
    main()
