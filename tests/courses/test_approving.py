"""Can Bruno, who may not publish, hand in a page; and the coordinator approve it, send it back, comment, compare?"""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Comment, GroupPagePermission, Page, PageSubscription, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import Person, User
from courses.models import LessonPage
from home.starter.records import Report
from home.starter.workflow import COORDINATORS, make_workflow
from tests.courses.cast import log_in, may_edit, person
from tests.factories.courses import committed, publish


@pytest.fixture
def desk(small):
    """Bruno, who may write in this course and not publish."""
    make_workflow(small.index, Report())
    bruno = person("Bruno")
    may_edit(bruno, small.page, "add_page", "change_page")
    return log_in(bruno)


@pytest.fixture
def coordinator(desk):
    carla = person("Carla")
    carla.groups.add(Group.objects.get(name=COORDINATORS))
    return log_in(carla)


def form(page, *, title, **changes):
    return nested_form_data(
        {
            "title": title,
            "slug": page.slug,
            "summary": "",
            "required": "on",
            "others": "read",
            "body": streamfield([("text", {"text": rich_text("<p>Escuchar primero.</p>")})]),
            "equivalent": rich_text(""),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            **changes,
        }
    )


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def submit(desk, page):
    desk.post(edit(page), form(page, title="Escuchar", **{"action-submit": "1"}))
    return Page.objects.get(pk=page.pk).current_workflow_task_state


def decide(coordinator, page, state, action, comment=""):
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return coordinator.post(address, {"comment": comment})


def test_bruno_hands_in_and_carla_approves(desk, coordinator, small):
    lesson = small.lessons[0]
    state = submit(desk, lesson)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lección 1"
    assert decide(coordinator, lesson, state, "approve").status_code in (200, 302)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Escuchar"


@pytest.mark.parametrize(
    ("action", "words"), [("approve", "y está publicada"), ("reject", "volvió con tus palabras")]
)
def test_carla_reads_what_came_of_her_answer(desk, coordinator, small, action, words):
    lesson = small.lessons[0]
    submit(desk, lesson)
    sent = {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": '{"comment": "Falta un ejemplo"}',
    }
    page = coordinator.post(edit(lesson), form(lesson, title="Escuchar", **sent), follow=True)
    assert words in page.content.decode()


def test_bruno_reads_in_the_editor_why_his_page_came_back(desk, coordinator, small):
    lesson = small.lessons[0]
    state = submit(desk, lesson)
    decide(coordinator, lesson, state, "reject", "Falta un ejemplo <b>")
    page = desk.get(edit(lesson)).content.decode()
    assert "volvió de Carla" in page
    assert "«Falta un ejemplo &lt;b&gt;»" in page
    submit(desk, lesson)
    assert "volvió de Carla" not in desk.get(edit(lesson)).content.decode()


def test_carla_who_is_no_trainer_finds_it_on_the_front_page_and_opens_it(desk, coordinator, small):
    lesson = small.lessons[0]
    home = reverse("wagtailadmin_home")
    task = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", 1]).rsplit("/", 2)[0]
    assert task not in coordinator.get(home).content.decode()
    state = submit(desk, lesson)
    front = coordinator.get(home).content.decode()
    approve = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", state.pk])
    assert approve in front
    assert coordinator.get(edit(lesson)).status_code == 200
    assert approve not in desk.get(home).content.decode()


def test_carla_sends_it_back_with_a_comment_that_bruno_reads(desk, coordinator, small):
    lesson = small.lessons[0]
    state = submit(desk, lesson)
    decide(coordinator, lesson, state, "reject", "Falta la fuente")
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lección 1"
    assert "Falta la fuente" in desk.get(edit(lesson)).content.decode()


def gets_mail(name, *, language):
    """Give somebody an address and a language."""
    user = User.objects.get(person__display_name=name)
    User.objects.filter(pk=user.pk).update(email=f"{name.lower()}@senda.example")
    Person.objects.filter(user=user).update(language=language)
    return User.objects.get(pk=user.pk)


def test_each_is_written_to_in_her_own_language_whoever_acts(desk, coordinator, small, mailoutbox):
    """Carla reads Spanish and Bruno French: she is told that he hands in, and he that she sends it back."""
    gets_mail("Bruno", language="fr")
    gets_mail("Carla", language="es")
    lesson = small.lessons[0]
    desk.cookies["senda_language"] = "fr"
    coordinator.cookies["senda_language"] = "es"
    with committed():
        state = submit(desk, lesson)
    handed_in = list(mailoutbox)
    mailoutbox.clear()
    with committed():
        decide(coordinator, lesson, state, "reject", "Falta la fuente")
    [back] = mailoutbox
    assert handed_in
    assert all("Hola" in mail.body for mail in handed_in)
    assert (back.to, "Salut" in back.body) == (["bruno@senda.example"], True)


def test_a_reply_to_a_comment_is_told_in_the_language_of_who_wrote_it(desk, coordinator, small, mailoutbox):
    lesson = small.lessons[0]
    bruno = gets_mail("Bruno", language="fr")
    remark = Comment.objects.create(
        page=Page.objects.get(pk=lesson.pk), user=bruno, text="¿Así?", contentpath="title"
    )
    PageSubscription.objects.create(page_id=lesson.pk, user=bruno, comment_notifications=True)
    reply = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(remark.pk),
        "comments-0-contentpath": "title",
        "comments-0-text": remark.text,
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "1",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "",
        "comments-0-replies-0-text": "Sí, así.",
    }
    coordinator.cookies["senda_language"] = "es"
    with committed():
        coordinator.post(edit(lesson), form(lesson, title=lesson.title, **reply))
    [told] = mailoutbox
    assert told.to == [bruno.email]
    assert "Salut" in told.body


def test_bruno_sees_what_is_missing_before_he_hands_it_in(desk, small):
    assert desk.get(reverse("course_desk:ready", args=[small.page.course_id])).status_code == 200


def test_bruno_cannot_approve_his_own_work(desk, coordinator, small):
    lesson = small.lessons[0]
    state = submit(desk, lesson)
    decide(desk, lesson, state, "approve")
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lección 1"


def test_the_starter_gives_the_catalogue_one_workflow_and_leaves_it_alone(small):
    make_workflow(small.index, Report())
    chosen = WorkflowPage.objects.get(page=small.index).workflow
    make_workflow(small.index, Report())
    assert WorkflowPage.objects.get(page=small.index).workflow == chosen
    assert GroupPagePermission.objects.filter(group__name=COORDINATORS).exists()


def test_carla_leaves_a_comment_on_a_block(coordinator, small):
    lesson = publish(small.lessons[0])
    block = lesson.body.raw_data[0]["id"]
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-id": "",
        "comments-0-contentpath": f"body.{block}",
        "comments-0-text": "¿De dónde sale?",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "",
    }
    sent = form(lesson, title=lesson.title, **comment)
    sent["body-0-id"] = block
    coordinator.post(edit(lesson), sent)
    assert Comment.objects.get().text == "¿De dónde sale?"


def test_two_revisions_are_compared_block_by_block(coordinator, small):
    lesson = small.lessons[0]
    first = publish(lesson, body=[("text", {"text": "<p>Mirar y escuchar.</p>"})]).latest_revision
    note = {"text": "<p>Hay una pérdida.</p>", "covers": 1}
    check = {
        "question": "¿Qué haces?",
        "explanation": "",
        "options": [{"text": "Preguntar", "correct": True, "feedback": ""}],
    }
    page = LessonPage.objects.get(pk=lesson.pk)
    page.body = json.dumps(
        [
            {**page.body.raw_data[0], "value": {"text": "<p>Mirar y callar.</p>"}},
            {"type": "content_note", "value": note},
            {"type": "knowledge_check", "value": check},
        ]
    )
    second = publish(page).latest_revision
    address = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, first.pk, second.pk])
    shown = coordinator.get(address).content.decode()
    for word in ("callar", "Hay una pérdida.", "Preguntar"):
        assert word in shown


def test_a_copied_course_is_a_draft_without_code_and_bruno_is_told_of_its_quiz(office, small):
    address = reverse("wagtailadmin_pages:copy", args=[small.page.pk])
    sent = {
        "new_title": "Otro curso",
        "new_slug": "otro-curso",
        "new_parent_page": str(small.index.pk),
        "copy_subpages": "on",
        "publish_copies": "on",
    }
    answer = office.post(address, sent, follow=True)
    copied = Page.objects.get(slug="otro-curso").specific
    assert (copied.code, copied.live) == ("", False)
    assert not copied.get_descendants().live().exists()
    said = [str(message) for message in answer.context["messages"]]
    assert any(reverse("course_desk:ready", args=[copied.course_id]) in words for words in said)
