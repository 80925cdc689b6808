"""Elena knows that two records are one woman, although nothing is alike; and she may change her mind."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts import erasing, merging
from accounts.models import Person, PersonMerge
from institutions import duplicates
from institutions.models import DuplicateSuggestion
from tests.conftest import Role
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
WHY = {"reason": "Me lo dijo ella por teléfono"}


@pytest.fixture
def office(elena: Role) -> Role:
    rights = ["erase_person", "access_admin", "add_personmerge", "view_personmerge", "view_person"]
    elena.user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    type(elena.user).objects.filter(pk=elena.user.pk).update(is_staff=True)
    return elena


@pytest.fixture
def ximena() -> Person:
    return PersonFactory(certificate_name="Ximena Uc")


def choose(person: Person) -> str:
    return reverse("duplicados:choose", args=[person.pk])


def test_two_records_with_nothing_alike_are_united_by_hand(office: Role, amina: Role, ximena: Person) -> None:
    record = office.client.get(reverse("personas:inspect", args=[amina.person.pk])).content.decode()
    assert choose(amina.person) in record
    assert "Ximena Uc" in office.client.get(choose(amina.person), {"q": "ximena"}).content.decode()
    page = office.client.post(choose(amina.person), {"otra": ximena.pk})
    row = DuplicateSuggestion.objects.get()
    assert page["Location"] == reverse("duplicados:pair", args=[row.pk])
    duplicates.suggest()
    assert office.client.get(page["Location"]).status_code == 200, (
        "A search does not drop what somebody chose."
    )
    office.client.post(page["Location"], {"into": amina.person.pk, **WHY})
    merged = PersonMerge.objects.get()
    assert (merged.duplicate, merged.into, merged.merged_by) == (ximena, amina.person, office.person)


def test_herself_who_is_erased_and_who_is_one_already_are_refused(
    office: Role, amina: Role, ximena: Person
) -> None:
    office.client.post(choose(amina.person), {"otra": amina.person.pk})
    gone = PersonFactory(certificate_name="Se Fue")
    erasing.erase(person=gone, by=office.person, reason="Erased.")
    assert office.client.post(choose(amina.person), {"otra": gone.pk}).status_code == 404
    merging.merge(duplicate=ximena, into=amina.person, by=None)
    # She stands under the record that she counts as, and is not met under the other.
    assert office.client.post(choose(amina.person), {"otra": ximena.pk}).status_code == 404
    with pytest.raises(merging.MergeRefused):
        duplicates.by_hand(one=amina.person, other=Person.objects.get(pk=ximena.pk))
    assert not DuplicateSuggestion.objects.exists()


def test_who_may_not_unite_finds_no_such_page(chipo: Role, bruno: Role, amina: Role, ximena: Person) -> None:
    for other in (chipo, bruno):
        assert other.client.post(choose(amina.person), {"otra": ximena.pk}).status_code in (302, 404)
    assert not DuplicateSuggestion.objects.exists()


def test_not_the_same_can_be_taken_back(office: Role, amina: Role, ximena: Person) -> None:
    row = duplicates.by_hand(one=amina.person, other=ximena)
    office.client.post(reverse("duplicados:different", args=[row.pk]))
    pair, again = reverse("duplicados:pair", args=[row.pk]), reverse("duplicados:reopen", args=[row.pk])
    assert office.client.get(pair).status_code == 404
    for page in (reverse("duplicados:decided"), reverse("personas:inspect", args=[amina.person.pk])):
        assert again in office.client.get(page).content.decode()
    assert office.client.post(again)["Location"] == pair
    assert office.client.get(pair).status_code == 200
    entry = ModelLogEntry.objects.get(action="institutions.pair_reopened")
    assert (entry.user, entry.object_id) == (office.user, str(row.pk))
    assert office.client.post(again).status_code == 404


def test_who_was_parted_can_be_united_again(office: Role, amina: Role, ximena: Person) -> None:
    row = duplicates.by_hand(one=amina.person, other=ximena)
    merge = duplicates.merge_pair(suggestion=row, into=amina.person, by=office.person, reason="x")
    duplicates.part(merge=merge, by=office.person, reason="No era")
    duplicates.reopen(suggestion=row, by=office.person)
    row.refresh_from_db()
    assert duplicates.merge_pair(suggestion=row, into=amina.person, by=office.person, reason="x").in_force


def test_undo_is_not_offered_for_somebody_erased(office: Role, amina: Role, ximena: Person) -> None:
    merge = merging.merge(duplicate=ximena, into=amina.person, by=office.person)
    page, undo = reverse("duplicados:merges"), reverse("duplicados:undo", args=[merge.pk])
    assert undo in office.client.get(page).content.decode()
    erasing.erase(person=Person.objects.get(pk=amina.person.pk), by=office.person, reason="Erased.")
    assert undo not in office.client.get(page).content.decode()
    assert office.client.get(undo).status_code == 404
