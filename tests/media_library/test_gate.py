"""Who may fetch a recording or a document: whoever may open a lesson in which it stands, and nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.documents.views.serve import serve as wagtails_own
from wagtail.models import Collection, GroupCollectionPermission, ReferenceIndex

from accounts.models import Person, User
from courses import gate as lesson_gate
from courses.gate import Answer
from media_library.models import Handout, Recording
from tests.blocks.lessons import lesson_with, raw
from tests.factories.media_library import OGG, PDF, HandoutFactory, RecordingFactory

pytestmark = pytest.mark.django_db


class Keeper:
    """Lets into the lessons it was told of."""

    def __init__(self) -> None:
        self.open: set[int] = set()

    def may_open(self, request: Any, page: Any) -> Answer:
        return Answer() if page.pk in self.open else Answer(response=HttpResponse(status=302))

    def standing(self, request: Any, course: Any) -> None:
        return None


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Keeper:
    keeper = Keeper()
    monkeypatch.setattr(lesson_gate, "_doorkeeper", [keeper])
    return keeper


@pytest.fixture
def recording() -> Recording:
    return RecordingFactory()


@pytest.fixture
def handout() -> Handout:
    return HandoutFactory()


def fetch(client: Client, recording: Recording, **headers: str) -> Any:
    return client.get(reverse("media_library:recording", args=[recording.key]), headers=headers)


def lesson_that_plays(recording: Recording, **fields: Any) -> Any:
    page = lesson_with(raw("recording", {"recording": recording.pk}), **fields)
    ReferenceIndex.create_or_update_for_object(page)
    return page


def bruno() -> User:
    user = User.objects.create(person=Person.objects.create(display_name="Bruno"), email="bruno@example.org")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    group = Group.objects.create(name="Equipo")
    for codename in ("change_recording", "choose_document"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename),
        )
    user.groups.add(group)
    return user


def gael() -> User:
    """He works in the admin too, on another course."""
    user = User.objects.create(person=Person.objects.create(display_name="Gael"), username="gael")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_amina_plays_what_stands_in_a_lesson_that_she_may_open(
    client: Client, keeper: Keeper, recording: Recording
) -> None:
    keeper.open = {lesson_that_plays(recording).pk}
    answer = fetch(client, recording)
    assert answer.status_code == 200
    assert b"".join(answer) == OGG
    assert answer["Content-Type"] == "audio/ogg"


def test_dalia_who_may_not_open_the_lesson_finds_nothing(
    client: Client, keeper: Keeper, recording: Recording
) -> None:
    lesson_that_plays(recording)
    assert fetch(client, recording).status_code == 404


def test_what_stands_in_no_lesson_is_for_editors_only(
    client: Client, keeper: Keeper, recording: Recording
) -> None:
    assert fetch(client, recording).status_code == 404
    client.force_login(gael())
    assert fetch(client, recording).status_code == 404
    client.force_login(bruno())
    assert fetch(client, recording).status_code == 200


def test_a_lesson_that_is_a_draft_opens_nothing(client: Client, keeper: Keeper, recording: Recording) -> None:
    keeper.open = {lesson_that_plays(recording, live=False).pk}
    assert fetch(client, recording).status_code == 404


def test_another_lesson_opens_nothing_of_this_one(
    client: Client, keeper: Keeper, recording: Recording
) -> None:
    lesson_that_plays(recording)
    keeper.open = {lesson_with(raw("text", "<p>x</p>")).pk}
    assert fetch(client, recording).status_code == 404


def test_with_nobody_at_the_door_it_stays_shut(
    client: Client, monkeypatch: pytest.MonkeyPatch, recording: Recording
) -> None:
    monkeypatch.setattr("media_library.gate._doorkeeper", [])
    assert fetch(client, recording).status_code == 404


def test_a_published_lesson_plays_at_once_without_waiting_for_the_queue(
    client: Client, keeper: Keeper, recording: Recording
) -> None:
    page = lesson_with(raw("recording", {"recording": recording.pk}))
    ReferenceIndex.objects.all().delete()
    page.save_revision().publish()
    keeper.open = {page.pk}
    assert fetch(client, recording).status_code == 200


def test_an_open_document_is_for_everybody_and_another_for_nobody(
    client: Client, keeper: Keeper, handout: Handout
) -> None:
    assert client.get(handout.url).status_code == 404
    Handout.objects.update(public=True)
    answer = client.get(handout.url)
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment")


def test_amina_downloads_the_document_of_her_lesson(client: Client, keeper: Keeper, handout: Handout) -> None:
    page = lesson_with(raw("document", {"document": handout.pk, "title": ""}))
    ReferenceIndex.create_or_update_for_object(page)
    keeper.open = {page.pk}
    assert client.get(handout.url).status_code == 200


def test_wagtail_s_own_address_asks_at_the_same_door(keeper: Keeper, handout: Handout) -> None:
    from django.http import Http404

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        wagtails_own(request, handout.pk, handout.filename)


def test_private_files_have_no_public_address(recording: Recording, handout: Handout) -> None:
    for file in (recording.file, handout.file):
        with pytest.raises(NotImplementedError):
            _ = file.url


def test_nothing_is_sent_that_a_browser_could_take_for_a_page(
    client: Client, keeper: Keeper, handout: Handout
) -> None:
    client.force_login(bruno())
    for answer in (client.get(handout.url), fetch(client, RecordingFactory())):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer["Cache-Control"]
        assert "html" not in answer["Content-Type"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_file_is_only_read(client: Client, recording: Recording, method: str) -> None:
    address = reverse("media_library:recording", args=[recording.key])
    assert getattr(client, method)(address).status_code == 405


def test_a_file_lost_from_the_disk_is_not_found(client: Client, keeper: Keeper, recording: Recording) -> None:
    client.force_login(bruno())
    recording.file.storage.delete(recording.file.name)
    assert fetch(client, recording).status_code == 404


SIZE = len(OGG)


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-99", 206, 0, 99),
        ("bytes=100-", 206, 100, SIZE - 1),
        ("bytes=-100", 206, SIZE - 100, SIZE - 1),
        ("bytes=-99999999", 206, 0, SIZE - 1),
        ("bytes=10-99999999", 206, 10, SIZE - 1),
        ("bytes=5-4", 200, 0, SIZE - 1),
        ("bytes=-", 200, 0, SIZE - 1),
        ("bytes=0-1,5-6", 200, 0, SIZE - 1),
        ("lines=0-1", 200, 0, SIZE - 1),
        ("bytes=a-b", 200, 0, SIZE - 1),
        (f"bytes={SIZE}-", 416, 0, -1),
        ("bytes=-0", 416, 0, -1),
        ("bytes=" + "9" * 40 + "-", 200, 0, SIZE - 1),
    ],
)
def test_a_player_may_seek(
    client: Client, recording: Recording, asked: str, status: int, first: int, last: int
) -> None:
    client.force_login(bruno())
    answer = fetch(client, recording, range=asked)
    assert answer.status_code == status
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{SIZE}"
        return
    assert b"".join(answer) == OGG[first : last + 1]
    assert answer["Content-Length"] == str(last + 1 - first)
    assert answer["Accept-Ranges"] == "bytes"
    if status == 206:
        assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"


def test_a_recording_that_changed_is_sent_whole_to_who_kept_half_of_the_old_one(
    client: Client, recording: Recording
) -> None:
    client.force_login(bruno())
    tag = fetch(client, recording)["ETag"]
    assert fetch(client, recording, range="bytes=0-9", if_range=tag).status_code == 206
    assert fetch(client, recording, range="bytes=0-9", if_range='"old"').status_code == 200


def test_what_amina_s_phone_kept_is_not_sent_again(client: Client, recording: Recording) -> None:
    client.force_login(bruno())
    tag = fetch(client, recording)["ETag"]
    assert fetch(client, recording, if_none_match=tag).status_code == 304


def test_a_phone_that_takes_gzip_still_gets_the_length(client: Client, recording: Recording) -> None:
    client.force_login(bruno())
    assert fetch(client, recording, accept_encoding="gzip")["Content-Length"] == str(SIZE)


def test_a_look_at_the_head_reads_no_file(client: Client, recording: Recording) -> None:
    client.force_login(bruno())
    answer = client.head(reverse("media_library:recording", args=[recording.key]))
    assert answer.content == b""
    assert answer["Content-Length"] == str(SIZE)
