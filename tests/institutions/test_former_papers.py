"""Is a file that another one replaced still there for who may read it, and gone with its agreement?"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from institutions.former_papers import forget
from institutions.models import Agreement, FormerPaper, Institution
from tests.conftest import Role
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import committed
from tests.factories.learning import institution
from tests.institutions.agreed import docx, form_of, looks_after_agreements, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Institution:
    return institution("Clínica de los papeles")


@pytest.fixture
def elena() -> Any:
    return log_in(looks_after_agreements("Elena"))


@pytest.fixture
def twice(elena: Any, place: Institution) -> Agreement:
    """An agreement whose scan was replaced by a text."""
    elena.post(reverse("convenios:add"), form_of(place, paper=upload("uno.pdf")))
    made = Agreement.objects.get()
    party = made.parties.get()
    data = form_of(place, paper=upload("dos.docx", docx()))
    data |= {"parties-INITIAL_FORMS": 1, "parties-0-id": party.pk}
    assert elena.post(reverse("convenios:edit", args=[made.pk]), data).status_code == 302
    return Agreement.objects.get()


def test_the_earlier_file_stays_dated_on_the_page(elena: Any, twice: Agreement) -> None:
    former = FormerPaper.objects.get()
    assert former.agreement == twice
    assert former.paper.name != twice.paper.name
    assert former.replaced_by is not None
    page = elena.get(reverse("convenios:inspect", args=[twice.pk])).content.decode()
    address = reverse("convenios:former_paper", args=[former.pk])
    assert address in page
    assert b"".join(elena.get(address).streaming_content).startswith(b"%PDF")


def test_saved_again_with_the_same_file_nothing_is_former(
    elena: Any, twice: Agreement, place: Institution
) -> None:
    data = form_of(place) | {"parties-INITIAL_FORMS": 1, "parties-0-id": twice.parties.get().pk}
    elena.post(reverse("convenios:edit", args=[twice.pk]), data)
    assert FormerPaper.objects.count() == 1


def test_bruno_and_amina_find_it_not(twice: Agreement, amina: Role, bruno: Role) -> None:
    address = reverse("convenios:former_paper", args=[FormerPaper.objects.get().pk])
    for other in (amina, bruno):
        assert other.client.get(address).status_code in (302, 404)


def test_one_that_came_by_mistake_is_deleted_from_the_disk(twice: Agreement) -> None:
    former = FormerPaper.objects.get()
    storage, name = former.paper.storage, former.paper.name
    with committed():
        forget(paper=former)
    assert not storage.exists(name)
    assert storage.exists(twice.paper.name)


def test_who_may_not_delete_agreements_deletes_no_file(twice: Agreement) -> None:
    reader = UserFactory(is_staff=True, person__display_name="Lee")
    rights = ["access_admin", "view_agreement", "change_agreement"]
    reader.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    address = reverse("convenios:forget_paper", args=[FormerPaper.objects.get().pk])
    assert log_in(reader).post(address).status_code == 404
    assert FormerPaper.objects.exists()


def test_with_an_agreement_all_its_files_go(twice: Agreement) -> None:
    storage = twice.paper.storage
    names = [twice.paper.name, FormerPaper.objects.get().paper.name]
    with committed():
        twice.delete()
    assert [storage.exists(name) for name in names] == [False, False]
