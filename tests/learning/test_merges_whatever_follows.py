"""Whatever is done before, between and after merges: nothing is lost, nobody counts twice, and an undo gives back."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts import asking, consents, merging
from accounts.merging import MergeRefused
from accounts.models import Consent, DataRequest, Person, PersonMerge
from assessments.marking import AttemptRefused
from assessments.models import Attempt
from certificates.models import Certificate
from certificates.services import content_in, reasons_against
from institutions import confirming
from institutions import services as places
from institutions.models import Membership
from learning import services
from learning.models import ActivityCompletion, Cohort, Completion, Enrolment, EnrolmentState, Reflection
from learning.notebook import keep_note
from learning.overtaken import overtaken
from learning.queries import find_enrolment
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, committed
from tests.factories.learning import do, enrol, finish, lessons_of, tells_details, try_quiz

pytestmark = pytest.mark.django_db

# Two may be certified, one has said no name; which of them are one human being nobody knows.
NAMES = ("Amina Xol Caal", "", "Ana Choc Caal")
OWNED = (Attempt, Consent, DataRequest, Enrolment, Membership, Reflection)
REFUSALS = (services.Refused, services.NotAsked, AttemptRefused, confirming.Refused, MergeRefused)

ACTS = (
    "enrol",
    "in_group",
    "lesson",
    "quiz",
    "finish",
    "leave",
    "claim",
    "confirm",
    "yes",
    "no",
    "note",
    "ask",
    "take_back",
)
STEP = st.tuples(
    st.sampled_from([*ACTS, *["merge", "undo"] * 4]), st.integers(0, 2), st.integers(0, 2), st.booleans()
)


class World:
    """Three records, one course, one group, one hospital; whatever happens keeps its books."""

    def __init__(self, course: SmallCourse, cohort: Cohort, hospital: Any, by: Person) -> None:
        self.course, self.cohort, self.hospital, self.by = course, cohort, hospital, by
        users = [UserFactory(person__display_name=f"Una {number}") for number in range(len(NAMES))]
        self.keys = [user.person_id for user in users]
        for key, name in zip(self.keys, NAMES, strict=True):
            if name:
                tells_details(Person(pk=key), certificate_name=name)

    def one(self, number: int) -> Person:
        return Person.objects.select_related("country", "canonical").get(pk=self.keys[number])

    def take(self, act: str, one: int, other: int, flag: bool) -> None:
        """Do one step; a refusal is an answer, and changes nothing."""
        before, done = rows(self.keys), work(self.keys)
        try:
            with transaction.atomic(), committed():
                self._take(act, one, other, flag)
        except REFUSALS:
            assert rows(self.keys) == before, "A refusal changes nothing."
            return
        if act == "undo":
            self._each_has_her_work(before, done)
            return
        if act == "merge":
            assert rows(self.keys) == before, "Who counts as whom is all that a merge decides."
        else:
            self._only_hers(before, one)
        assert lost(before, rows(self.keys)) == []

    def _each_has_her_work(self, before: dict[Any, Any], done: set[Any]) -> None:
        """Compare what each login did before an undo with what each human being has after it."""
        human = {key: end_of(key) for key in self.keys}
        has = {(human[who], what) for who, what in work(self.keys)}
        assert {(human[who], what) for who, what in done} <= has, "Her work is hers, wherever she did it."
        after = rows(self.keys)
        moved = {"Attempt", "done"}
        assert lost({key: row for key, row in before.items() if key[0] not in moved}, after) == []
        assert {key for key in before if key[0] == "Attempt"} <= set(after)
        strangers = Attempt.objects.filter(person__in=self.keys, signed_in_as__isnull=False)
        strangers = strangers.exclude(signed_in_as__canonical=F("person__canonical"))
        rested = Completion.objects.filter(enrolment__key__in=strangers.values("context")).count()
        assert rested == strangers.values("context").distinct().count(), "Nobody reads another's answers."

    def _take(self, act: str, one: int, other: int, flag: bool) -> None:
        if act == "merge":
            merging.merge(duplicate=self.one(one), into=self.one(other), by=self.by)
        elif act == "undo":
            self.undo(last=flag)
        else:
            getattr(self, f"_{act}")(self.one(one), other, flag)

    def undo(self, *, last: bool) -> bool:
        row = PersonMerge.objects.filter(undone_at=None, duplicate__in=self.keys).order_by(
            "-pk" if last else "pk"
        )
        if found := row.first():
            merging.undo(merge=found, by=self.by)
        return found is not None

    def _only_hers(self, before: dict[Any, Any], one: int) -> None:
        family = set(Person.objects.the_same_as(self.one(one)).values_list("pk", flat=True))
        after = rows(self.keys)
        changed = {key for key in after if after[key] != before.get(key)}
        owners = {after[key].get("person_id") for key in changed if "person_id" in after[key]}
        assert owners <= family, "What she does touches nobody who does not count as her."

    def _enrol(self, person: Person, other: int, flag: bool) -> None:
        enrol(person, self.course)

    def _in_group(self, person: Person, other: int, flag: bool) -> None:
        enrol(person, self.course, cohort=self.cohort)

    def _hers(self, person: Person) -> Enrolment | None:
        found = find_enrolment(person, self.course.lessons[0].translation_key)
        return found if found and found.state == EnrolmentState.ACTIVE else None

    def _lesson(self, person: Person, other: int, flag: bool) -> None:
        if hers := self._hers(person):
            do(hers, lessons_of(hers)[other % len(lessons_of(hers))], signed_in=person)

    def _quiz(self, person: Person, other: int, flag: bool) -> None:
        if hers := self._hers(person):
            try_quiz(hers, right=flag, signed_in=person)

    def _finish(self, person: Person, other: int, flag: bool) -> None:
        if hers := self._hers(person):
            finish(hers)

    def _leave(self, person: Person, other: int, flag: bool) -> None:
        if hers := self._hers(person):
            services.leave(enrolment=hers)

    def _claim(self, person: Person, other: int, flag: bool) -> None:
        places.claim_membership(person=person, institution=self.hospital)

    def _confirm(self, person: Person, other: int, flag: bool) -> None:
        for row in Membership.objects.of(person).filter(ends_on=None):
            confirming.confirm(membership=row, by=self.by)

    def _yes(self, person: Person, other: int, flag: bool) -> None:
        consents.give(person=person, purpose="share_employer")

    def _no(self, person: Person, other: int, flag: bool) -> None:
        consents.withdraw(person=person, purpose="share_employer")

    def _note(self, person: Person, other: int, flag: bool) -> None:
        keep_note(person=person, activity=self.course.keys[0], block="b", text=f"Nota de {person.pk}")

    def _ask(self, person: Person, other: int, flag: bool) -> None:
        asking.ask(person=person, kind="erasure")

    def _take_back(self, person: Person, other: int, flag: bool) -> None:
        for row in DataRequest.objects.of(person).open():
            asking.take_back(request=row)

    def counts_nobody_twice(self) -> None:
        """Compare what the site counts with groups reckoned by hand from the rows of merges in force."""
        ends = {key: end_of(key) for key in self.keys}
        everybody = Person.objects.filter(pk__in=self.keys)
        assert everybody.one_each().count() == len(set(ends.values()))
        assert dict(everybody.values_list("pk", "canonical_id")) == ends
        begun = list(Enrolment.objects.filter(person__in=self.keys).select_related("person"))
        in_progress = [
            row
            for row in begun
            if row.state == "active" and row.pk not in overtaken(begun, human=lambda r: ends[r.person_id])
        ]
        assert max(Counter(ends[row.person_id] for row in in_progress).values(), default=1) == 1
        counted = Completion.objects.filter(enrolment__person__in=self.keys).aggregate(
            people=Count("enrolment__person__canonical", distinct=True)
        )["people"]
        assert counted == len({ends[row.person_id] for row in begun if row.state == "completed"})

    def everybody_is_herself(self) -> None:
        """All undone: each reads what stands under her key, and no certificate bears another's name."""
        assert all(person.canonical_id == person.pk for person in Person.objects.filter(pk__in=self.keys))
        for model in (Enrolment, Membership, Consent, DataRequest):
            for number, key in enumerate(self.keys):
                hers = set(model.objects.of(self.one(number)).values_list("pk", flat=True))
                assert hers == set(model.objects.filter(person=key).values_list("pk", flat=True))
        for key, name in zip(self.keys, NAMES, strict=True):
            stand = Certificate.objects.filter(person=key, revoked_at=None, replaced_by=None)
            assert {content_in(row, row.language).holder for row in stand} <= {name}, (
                "Nobody keeps another's name."
            )
        self._all_are_certified()

    def _all_are_certified(self) -> None:
        waiting = Completion.objects.filter(enrolment__person__in=self.keys)
        for completion in waiting.select_related("enrolment__person__canonical", "version"):
            valid = completion.certificates.filter(revoked_at=None, replaced_by=None).count()
            assert valid == (0 if reasons_against(completion) else 1)


def rows(keys: list[int]) -> dict[Any, dict[str, Any]]:
    """Return every row that is anybody's, certificates and what is computed apart."""
    found = {}
    for model in OWNED:
        found |= {(model.__name__, row["id"]): row for row in model.objects.filter(person__in=keys).values()}
    done = ActivityCompletion.objects.filter(enrolment__person__in=keys)
    completed = Completion.objects.filter(enrolment__person__in=keys)
    for name, these in (("done", done), ("completed", completed)):
        found |= {(name, row["id"]): row for row in these.values()}
    return found


def work(keys: list[int]) -> set[Any]:
    """Return which login did what: lessons and quizzes by their activity, attempts by their key."""
    done = ActivityCompletion.objects.filter(enrolment__person__in=keys)
    tries = Attempt.objects.filter(person__in=keys)
    return {(row.signed_in_as_id or row.enrolment.person_id, row.activity) for row in done} | {
        (row.signed_in_as_id or row.person_id, row.pk) for row in tries
    }


def lost(before: dict[Any, Any], after: dict[Any, Any]) -> list[Any]:
    """Return what is gone, or stands under another record than it did. A note may be taken away by its writer."""
    return [
        key
        for key, row in before.items()
        if key not in after or row.get("person_id") != after[key].get("person_id")
    ]


def end_of(key: int) -> int:
    """Follow the rows in force one step at a time."""
    while row := PersonMerge.objects.filter(undone_at=None, duplicate=key).first():
        key = row.into_id
    return key


@pytest.fixture
def elena_confirms(elena: Role) -> Person:
    """Somebody of the programme who may say where people work."""
    type(elena.user).objects.filter(pk=elena.user.pk).update(is_superuser=True, is_staff=True)
    return elena.person


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=3, max_size=14))
@example(steps=[("enrol", 1, 0, True), ("merge", 1, 0, True), ("finish", 1, 0, True), ("undo", 0, 0, True)])
@example(
    steps=[
        *[("enrol", 0, 0, True), ("merge", 1, 0, True), ("lesson", 1, 0, True), ("lesson", 0, 1, True)],
        *[("quiz", 1, 0, False), ("quiz", 1, 0, True), ("undo", 0, 0, True), ("lesson", 1, 1, True)],
    ]
)
@example(steps=[("finish", 0, 0, True), ("merge", 0, 1, True), ("merge", 1, 2, True), ("enrol", 1, 0, True)])
@example(
    steps=[(act, who, 0, True) for act in ("in_group", "finish", "claim", "yes", "ask") for who in (0, 1)]
    + [("merge", 0, 1, True), ("merge", 1, 2, True), ("in_group", 2, 0, True), ("no", 2, 0, True)]
    + [("undo", 0, 0, False), ("finish", 1, 0, True)]
)
def test_whatever_is_done_undone_and_merged(
    steps: Any, course: SmallCourse, cohort: Cohort, hospital: Any, elena_confirms: Person
) -> None:
    with transaction.atomic():
        world = World(course, cohort, hospital, elena_confirms)
        for step in steps:
            world.take(*step)
            world.counts_nobody_twice()
        while PersonMerge.objects.filter(undone_at=None, duplicate__in=world.keys).exists():
            world.take("undo", 0, 0, True)
        world.counts_nobody_twice()
        world.everybody_is_herself()
        assert merging.astray() == {}
        transaction.set_rollback(True)
