"""One person's record in the admin: what she told, where she works, what she took. Who looks at it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import InspectView

from accounts import disclosures
from accounts.masking import name_of
from accounts.models import Person, User
from accounts.sight import sight_of
from institutions import confirming
from institutions.models import Membership
from institutions.staff.alike import DecidedLine, decided_of
from institutions.staff.duplicates import MERGE
from learning.former import FormerTraining, former_trainings
from learning.models import Completion, Enrolment, EnrolmentState
from learning.overtaken import overtaken
from learning.staff import coarse

WHAT = "person_record"


@dataclass(frozen=True)
class Place:
    """Where she works or worked, who has said so, and whether the reader may say so."""

    pk: int
    institution_id: int
    institution: str
    role: str
    position: str
    since: dt.date
    until: dt.date | None
    state: str
    refusal: str
    waits: bool
    may_decide: bool
    may_end: bool


@dataclass(frozen=True)
class PersonRecord:
    """A person, all her records together."""

    name: str
    masked: bool
    facts: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    may_write: bool
    may_unite: bool
    told_apart: tuple[DecidedLine, ...]
    former: tuple[FormerTraining, ...] = ()


def person_record(person: Person, reader: User) -> PersonRecord:
    """Gather the page. What she scored, attempted or wrote is not for it; a masked reader reads no place of work."""
    rows = Membership.objects.of(person).select_related("institution__country", "person")
    rows = rows if sight_of(reader).names else rows.none()
    today = timezone.localdate()
    return PersonRecord(
        name=name_of(person, sight_of(reader)),
        facts=tuple(_facts(person, reader)),
        masked=not sight_of(reader).names,
        places=tuple(_place(row, reader, today) for row in rows.order_by("-starts_on", "-pk")),
        may_unite=_may_unite(person, reader),
        told_apart=tuple(decided_of(person, sight_of(reader))) if _may_unite(person, reader) else (),
        former=former_trainings(person) if sight_of(reader).names else (),
        may_write=confirming.may_write(reader) and person.erased_at is None,
    )


def _may_unite(person: Person, reader: User) -> bool:
    may = reader.has_perm(MERGE) and sight_of(reader).changes and sight_of(reader).names
    return may and person.erased_at is None


def _facts(person: Person, reader: User) -> list[tuple[str, str]]:
    printed = name_of(person, sight_of(reader), printed=True)
    names, of = sight_of(reader).names, _coarsely(person)
    begun = list(Enrolment.objects.of(person))
    gone_past = overtaken(begun)
    active = {
        row.course_id for row in begun if row.state == EnrolmentState.ACTIVE and row.pk not in gone_past
    }
    done = Completion.objects.filter(
        enrolment__person__canonical_id=person.canonical_id, annulment__isnull=True
    )
    courses = done.order_by().values("enrolment__course").distinct().count()
    records = Person.objects.the_same_as(person).count()
    said = [
        (_("Name on the certificate"), printed),
        (_("country of work"), str(person.country or "")),
        (_("Type of institution"), "" if names else of.kind),
        (_("What the person does"), person.get_position_display() if names else of.position),
        (_("courses in progress"), str(len(active))),
        (_("courses completed"), str(courses)),
        (_("Records that count as this person"), str(records) if records > 1 else ""),
    ]
    return [(label[:1].upper() + label[1:], str(value)) for label, value in said if value]


def _coarsely(person: Person) -> coarse.Said:
    now = Membership.objects.of(person).filter(ends_on__isnull=True).working().standing()
    return coarse.coarse(person, list(now.select_related("institution")), coarse.groups())


def _place(row: Membership, reader: User, today: dt.date) -> Place:
    may = confirming.why_not(row, reader.person, on=today) is None
    return Place(
        pk=row.pk,
        institution_id=row.institution_id,
        institution=str(row.institution),
        role=row.get_role_display(),
        position=row.get_position_display(),
        since=row.starts_on,
        until=row.ends_on,
        state=row.get_state_display(),
        refusal=row.get_refusal_display() or row.get_end_reason_display(),
        waits=row.state == "claimed",
        may_decide=may,
        may_end=may and row.state != "refused" and row.ended_at is None,
    )


class PersonInspect(InspectView):
    """The record of one person; somebody merged away is met under the record that she counts as."""

    template_name = "learning/staff/person.html"
    fields: list[str] = []

    def get_page_subtitle(self) -> str:
        """Call her as the reader may."""
        return name_of(self.object, sight_of(self.request.user))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Call her as the reader may, here too."""
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {**items[-1], "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, and keep who looked."""
        reader = self.request.user
        if sight_of(reader).names:
            disclosures.seen(by=reader.person, what=WHAT, of=self.object)
        return super().get_context_data(screen=person_record(self.object, reader), **kwargs)
