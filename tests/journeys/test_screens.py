"""Every row of docs/reference/screens.md opens as the person that it names, and so does its help page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Site

from accounts.models import DataRequest, Duty, Person, PersonMerge, User
from assessments.models import Attempt, Question, Quiz
from certificates.models import Certificate
from courses.models import Course, CourseIndexPage, CoursePage, LessonPage
from home.demo import bank, people
from home.demo.cohorts import INVITED_CODE
from home.starter.files import key_of
from imports.models import Import
from institutions.models import (
    AdviceRecord,
    Agreement,
    DuplicateSuggestion,
    Institution,
    InstitutionMerge,
    Membership,
    OfficialBody,
)
from learning.models import (
    AnnulmentProposal,
    Cohort,
    Enrolment,
    Nomination,
    Session,
    SupervisionSession,
    WalkIn,
)
from messaging import refusals
from messaging.models import Message

PAGE = Path(settings.BASE_DIR) / "docs" / "reference" / "screens.md"
ROW = re.compile(
    r"^\| `(?P<address>[^`]+)` \| (?P<who>[^|]+) \| (?P<steps>[^|]+) \| `(?P<help>[^`]+)` \|$", re.M
)
ROWS = [tuple(part.strip() for part in row) for row in ROW.findall(PAGE.read_text(encoding="utf-8"))]
SIGNED_OUT = "Anybody"


def code_of(name: str, **filters: Any) -> str:
    return Certificate.objects.get(person__display_name=name, **filters).code


def proposed_to(name: str) -> Nomination:
    """With two courses the demo proposes the second one; where there is but one, she is asked for that."""
    here = Membership.objects.get(person__display_name=name, state="confirmed")
    focal = here.institution.memberships.get(role="focal_point")
    row, _made = Nomination.objects.get_or_create(
        institution=here.institution,
        person=here.person,
        state="open",
        defaults={
            "course": Course.objects.get(code="PAP-01"),
            "nominated_by": focal.person,
            "nominated_at": timezone.now(),
        },
    )
    return row


def focal_points(name: str) -> Any:
    return Membership.objects.filter(person__display_name=name, role="focal_point", ends_on=None)


def example(kind: str) -> int:
    return Question.objects.get(kind=kind, tags__name=bank.TAG).pk


def address_to_refuse() -> str:
    return refusals.address_of(Person.objects.get(display_name="María"), "message")


MEANT: dict[str, Callable[[], Any]] = {
    "course": lambda: Course.objects.get(code="PAP-01").key,
    "final quiz": lambda: (
        Quiz.objects.get(
            translation_key=key_of("quiz/pap-01/prueba/prueba-final"), locale__language_code="es"
        ).pk
    ),
    "compared group": lambda: Cohort.objects.get(code="DEMO-PAR").key,
    "course number": lambda: Course.objects.get(code="PAP-01").pk,
    "course page": lambda: CoursePage.objects.filter(code="PAP-01").order_by("path").first().pk,
    "code": lambda: code_of("María"),
    "expired code": lambda: code_of("Úrsula"),
    "replaced code": lambda: code_of("Ximena", replaced_by__isnull=False),
    "revoked code": lambda: code_of("Teófilo"),
    "erased code": lambda: Certificate.objects.get(erased_at__isnull=False).code,
    "notice": lambda: settings.SENDA_NOTICE_VERSION,
    "request": lambda: DataRequest.objects.open().first().pk,
    "certificate": lambda: Certificate.objects.get(person__display_name="María").key,
    "short text": lambda: example("short"),
    "number": lambda: example("number"),
    "matching": lambda: example("match"),
    "order": lambda: example("order"),
    "text with gaps": lambda: example("cloze"),
    "open answer": lambda: example("free"),
    "place in a picture": lambda: example("area"),
    "written try": lambda: Attempt.objects.get(to_read__gt=0).key,
    "each kind": lambda: Quiz.objects.get(translation_key=key_of(bank.QUIZ)).pk,
    "open try": lambda: Attempt.objects.open().get().key,
    "handed-in try": lambda: Attempt.objects.get(person__display_name="Yolanda").key,
    "her enrolment": lambda: Enrolment.objects.active().get(person__display_name="Amina").key,
    "group": lambda: Cohort.objects.get(code="DEMO-FECHAS").key,
    "full group": lambda: Cohort.objects.get(code="DEMO-FULL").key,
    "invitation": lambda: INVITED_CODE,
    "training": lambda: Cohort.objects.get(code="DEMO-TRAINING").key,
    "group over": lambda: Cohort.objects.get(code="DEMO-OVER").key,
    "supervision": lambda: SupervisionSession.objects.latest("held_on").key,
    "workshop": lambda: Cohort.objects.get(code="DEMO-TALLER").key,
    "held session": lambda: Session.objects.get(state="held", cohort__code="DEMO-TALLER").key,
    "message": lambda: Message.objects.get(cohort__code="DEMO-FECHAS").key,
    "signed no": lambda: address_to_refuse().split("/")[-2],
    "new sheet": lambda: Import.objects.get(name="octubre.csv").key,
    "sheet that asks": lambda: Import.objects.get(name="preguntas.csv").key,
    "taken sheet": lambda: Import.objects.get(name="jornada.csv").key,
    "sheet taken back": lambda: Import.objects.get(name="equivocada.csv").key,
    "broken sheet": lambda: Import.objects.get(name="cortada.xlsx").key,
    "guest": lambda: WalkIn.objects.get().key,
    "annulment": lambda: AnnulmentProposal.objects.get().key,
    "ministry": lambda: Institution.objects.get(short_name="Salud Los Volcanes").pk,
    "clinic": lambda: Institution.objects.get(short_name="CS Cafetales").pk,
    "merge": lambda: InstitutionMerge.objects.get(into__short_name="CS Cafetales").pk,
    "pair": lambda: DuplicateSuggestion.objects.get(first__display_name="Luz", state="open").pk,
    "merged pair": lambda: PersonMerge.objects.get(undone_at=None).pk,
    "body": lambda: OfficialBody.objects.get(key="mx-salud").pk,
    "catalogue": lambda: CourseIndexPage.objects.get(locale__language_code="es").pk,
    "login": lambda: User.objects.get(person__display_name="Bruno").pk,
    "agreement": lambda: Agreement.objects.with_terms(timezone.localdate()).in_state("renewing").first().pk,
    "duty": lambda: Duty.objects.get(person__display_name="Hilda").pk,
    "open nomination": lambda: proposed_to("Amina").key,
    "her institution": lambda: (
        Membership.objects.get(person__display_name="Chipo", role="focal_point").institution.key
    ),
    "colleague": lambda: (
        Membership.objects.working()
        .confirmed()
        .filter(ends_on=None, role="member", institution__memberships__in=focal_points("Chipo"))
        .exclude(person__display_name="Chipo")
        .latest("pk")
        .pk
    ),
    "focal point": lambda: focal_points("Chipo").get().pk,
    "focal place": lambda: focal_points("Chipo").get().institution_id,
    "somebody": lambda: Membership.objects.claimed().working().latest("pk").person_id,
    "claim": lambda: Membership.objects.claimed().working().latest("pk").pk,
    "claimed place": lambda: Membership.objects.claimed().working().latest("pk").institution_id,
    "advice": lambda: AdviceRecord.objects.filter(actions__isnull=False).first().pk,
    "site": lambda: Site.objects.get().pk,
    "lesson": lambda: LessonPage.objects.order_by("path").first().pk,
}


def address_of(written: str) -> str:
    return re.sub(r"<([^>]+)>", lambda named: str(MEANT[named.group(1)]()), written)


def browser_of(who: str) -> Client:
    client = Client()
    if who == SIGNED_OUT:
        return client
    named = {"Farid": {"username": people.FARID_CODE}, "Admin": {"email": people.ADMIN.contact}}
    client.force_login(User.objects.get(**named.get(who, {"person__display_name": who})))
    return client


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_table_is_read_whole() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(ROWS) == len(lines) > 60


@pytest.mark.parametrize(("address", "who", "steps", "help_page"), ROWS)
def test_the_screen_opens_for_who_is_named(
    demo: Path, address: str, who: str, steps: str, help_page: str
) -> None:
    browser = browser_of(who)
    if address == "/cuenta/segundo-paso/preparar/":
        # It is not prepared on a session of yesterday's: the password is asked once more.
        browser.post("/cuenta/confirmar/", {"password": people.PASSWORD})
    # Chipo looks after one institution: the list of them leads to its page.
    answer = browser.get(address_of(address), follow=address == "/aprender/institucion/")
    assert answer.status_code == 200, getattr(answer, "url", "")
    assert len(read(answer)) > 500


@pytest.mark.parametrize("help_page", sorted({row[3] for row in ROWS}))
def test_its_help_opens_for_everybody(demo: Path, help_page: str) -> None:
    assert Client().get(help_page).status_code == 200


@pytest.mark.parametrize(
    ("address", "steps"),
    [(row[0], row[2]) for row in ROWS if row[1] not in {SIGNED_OUT} and "privacidad" not in row[0]],
)
def test_a_page_of_somebody_is_not_everybodys(demo: Path, address: str, steps: str) -> None:
    """The public pages of courses and invitations apart, which show nobody's part without signing in."""
    answer = Client().get(address_of(address))
    if address == "/cursos/pap-01/":
        assert answer.context["standing"].signed_in is False
    elif address == "/e/<invitation>/":
        assert answer.status_code == 200
        assert "Casilda" not in answer.content.decode()
    else:
        assert answer.status_code in {302, 404}


# What answers no page of its own: buttons, files, machines, steps within a screen that the table names.
NOT_SCREENS = {
    "set_language",
    "learning:resume",
    "learning:complete",
    "learning:skip",
    "learning:reflect",
    "learning:start_quiz",
    "learning:accredit",
    "learning:accept_version",
    "learning:give_attempt",
    "learning:give_time",
    "learning:finish_action",
    "learning:mark",
    "learning:scanned",
    "learning:check_in",
    "learning:open_by_code",
    "learning:print_sheet",
    "learning:scan",
    "learning:add_walk_in",
    "learning:nominate",
    "learning:confirm_membership",
    "learning:take_back",
    "learning:answer_request",
    "learning:take_back_request",
    "learning:left_institution",
    "assessments:resume",
    "assessments:submit",
    "accounts:consent",
    "accounts:take_back",
    "accounts:reset_pin",
    "media_library:picture",
    "media_library:recording",
    "media_library:document",
    "programme:healthz",
    "programme:robots",
}


def named_addresses(resolver: URLResolver, prefix: str = "", space: str = "") -> list[tuple[str, str]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append((f"{space}{entry.name}", prefix + str(entry.pattern)))
        else:
            inner = f"{entry.namespace}:" if entry.namespace else space
            found += named_addresses(entry, prefix + str(entry.pattern), inner)
    return found


def test_no_page_of_our_own_is_missing() -> None:
    rooms = ("learning:", "assessments:", "accounts:", "certificates:", "programme:", "search:")
    ours = {name: path for name, path in named_addresses(get_resolver()) if name.startswith(rooms)}
    written = [re.sub(r"<[^>]+>|\d+(?=/)", "*", row[0].split("?")[0]).lstrip("/") for row in ROWS]
    missing = {
        name
        for name, path in ours.items()
        if name not in NOT_SCREENS and re.sub(r"<[^>]+>", "*", path) not in written
    }
    assert not missing
