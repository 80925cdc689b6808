"""Answers who sees which of a person's data at this moment: every room says it of its own people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Duty, DutyKind, Person, User


@dataclass(frozen=True)
class Watcher:
    """Who by her task, what she sees, and why her; nobody is named."""

    who: str
    sees: str
    why: str = ""


# Which looks at a page of several people concerned this one: by her places of work, her groups.
Reach = Callable[[Person], Q]
_reaches: list[Reach] = []
Answer = Callable[[Person], list[Watcher]]
_answers: list[Answer] = []


def register(answer: Answer) -> Answer:
    """Let an upper room say who sees what of a person by what it knows."""
    if answer not in _answers:
        _answers.append(answer)
    return answer


def register_reach(reach: Reach) -> Reach:
    """Let an upper room say which looks at pages of its own showed a person among others."""
    if reach not in _reaches:
        _reaches.append(reach)
    return reach


def reached(person: Person) -> Q:
    """Return the condition of disclosures under which a page of several people showed this one."""
    found = Q(pk__in=[])
    for reach in _reaches:
        found |= reach(person)
    return found


def watchers_of(person: Person) -> list[Watcher]:
    """Return everybody who sees something of a person today, the nearest to her first."""
    found = [watcher for answer in _answers for watcher in answer(person)]
    return [*found, *_on_duty(person), *_team(), _administration()]


def _on_duty(person: Person) -> list[Watcher]:
    reached = Q(country__isnull=True) | Q(country=person.country_id)
    kinds = set(Duty.objects.in_force(timezone.localdate()).filter(reached).values_list("kind", flat=True))
    return [watcher for kind, watcher in _of_duties(person).items() if kind in kinds]


def _of_duties(person: Person) -> dict[str, Watcher]:
    country = str(person.country or "")
    return {
        DutyKind.COORDINATOR: Watcher(
            _("The programme's coordination in %(country)s") % {"country": country},
            _(
                "Your profile, your enrolments and certificates, what you ask about your data."
                " No points, no answers, no notes."
            ),
            _("Because you work in this country."),
        ),
        DutyKind.MONITOR: Watcher(
            _("Who follows the programme's figures"),
            _("Counts, and lists in which a sign stands in place of your name. No contact, no points."),
        ),
        DutyKind.AUDITOR: Watcher(
            _("An audit, while it lasts"),
            _("The registers of people and certificates, to read only. No points, no answers, no notes."),
        ),
    }


def _team() -> list[Watcher]:
    """Whoever may list people by a group of the administration, and not by a duty in a country."""
    right = Permission.objects.filter(codename="view_person", content_type__app_label="accounts")
    if not User.objects.filter(is_active=True, is_superuser=False, groups__permissions__in=right).exists():
        return []
    return [
        Watcher(
            _("The programme's team"),
            _(
                "The list of people: your name, where you work, your courses and certificates."
                " No points, no answers, no notes."
            ),
        )
    ]


def _administration() -> Watcher:
    return Watcher(
        _("Who keeps the site running"),
        _("Your account: name, ways to sign in, last sign-in. No points, no answers, no notes."),
    )
