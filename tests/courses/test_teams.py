"""May a trainer write her own courses, and does she meet no other's?"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import User
from assessments.models import Question, Quiz
from courses import teams
from courses.models import Course, CoursePage, LessonPage, QuizPage, Team
from courses.staff.permissions import own_courses
from home.starter.groups import MODELS, STAFF, TRAINERS, make_groups
from home.starter.records import Report
from learning.models import Cohort
from learning.staff.permissions import OwnCourses
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import (
    GlossaryTermFactory,
    SmallCourse,
    catalogue,
    make_course,
    shelf_of,
    writes,
)
from tests.factories.learning import group_of
from tests.factories.media_library import PictureFactory


@pytest.fixture
def psychology(db: Any) -> SmallCourse:
    return make_course()


@pytest.fixture
def health(db: Any) -> SmallCourse:
    return make_course(code="DSM-02", title="Derecho a la salud")


def trainer(*courses: Course) -> User:
    make_groups(Report())
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=TRAINERS))
    writes(user, *courses)
    return User.objects.get(pk=user.pk)


QUIZ_PAGE = {"required": "on", "others": "read", "comments-TOTAL_FORMS": 0}
QUIZ_PAGE |= {"comments-INITIAL_FORMS": 0}


def edit(thing: Any) -> str:
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


def quiz_form(*questions: Question) -> dict[str, Any]:
    items = [("question", question.pk) for question in questions]
    plain = {"title": "Prueba", "pass_mark": 70, "max_attempts": 3, "shuffle": "on"}
    return nested_form_data(
        {**plain, "items": streamfield(items), "draws": streamfield([]), "feedback": "after"}
    )


def test_a_course_has_one_team_however_often_it_is_made(psychology: SmallCourse) -> None:
    before = [model.objects.count() for model in (Team, Group, Collection, GroupPagePermission)]
    teams.ensure_all()
    teams.ensure_all()
    after = [model.objects.count() for model in (Team, Group, Collection, GroupPagePermission)]
    # `ensure_all` makes the one collection that all courses share.
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 0, 1, 0]


def test_the_names_follow_the_code_of_the_course(db: Any) -> None:
    small = make_course(code="", title="Curso sin código", live=False)
    team = Team.objects.get(course=small.course)
    small.page.code = "NUE-09"
    small.page.save()
    team.refresh_from_db()
    assert "NUE-09" in team.group.name
    assert team.collection.name == "NUE-09"


def test_a_deleted_group_comes_back_with_its_rights(psychology: SmallCourse) -> None:
    Team.objects.get(course=psychology.course).group.delete()
    teams.ensure_all()
    bruno = trainer(psychology.course)
    assert list(own_courses(bruno)) == [psychology.course]


def test_two_groups_of_one_name_are_two_groups(psychology: SmallCourse) -> None:
    team = Team.objects.get(course=psychology.course)
    name = team.group.name
    team.group.delete()
    mine = Group.objects.create(name=name)
    assert teams.ensure_team(course=psychology.course).group != mine


def test_the_team_writes_the_translated_page_too(psychology: SmallCourse) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    bruno = trainer(psychology.course)
    home = psychology.index.get_parent().specific.copy_for_translation(english)
    psychology.index.copy_for_translation(english)
    page = CoursePage.objects.get(pk=psychology.page.pk).copy_for_translation(english)
    assert page.is_descendant_of(home)
    assert page.permissions_for_user(bruno).can_publish()


def test_bruno_begins_a_course_and_writes_it(db: Any) -> None:
    index, bruno = catalogue(), trainer()
    browser = log_in(bruno)
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])
    assert address in browser.get(reverse("course_desk:index")).content.decode()
    form = browser.get(address).context["form"]
    empty = {
        "audience-count": 0,
        "objectives-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    values = {name: form[name].value() for name in form.fields}
    initial = {name: value for name, value in values.items() if value is not None and value is not False}
    data = {
        **initial,
        **empty,
        "title": "Mi curso",
        "slug": "mi-curso",
        "summary": "Algo.",
        "content_note": "null",
    }
    answer = browser.post(address, {name: value for name, value in data.items() if value != ""})
    assert answer.status_code == 302, answer.context["form"].errors
    page = CoursePage.objects.get(slug="mi-curso")
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert browser.get(answer["Location"]).status_code == 200
    assert list(own_courses(User.objects.get(pk=bruno.pk))) == [page.record]


def test_to_begin_a_course_gives_no_right_on_another(psychology: SmallCourse) -> None:
    gael = trainer()
    assert psychology.index.permissions_for_user(gael).can_add_subpage()
    assert not psychology.page.permissions_for_user(gael).can_add_subpage()
    assert not own_courses(gael).exists()


def test_who_leaves_the_team_keeps_no_right_on_what_he_began(psychology: SmallCourse) -> None:
    bruno = trainer(psychology.course)
    CoursePage.objects.filter(pk=psychology.page.pk).update(owner=bruno)
    bruno.groups.remove(Team.objects.get(course=psychology.course).group)
    page = CoursePage.objects.get(pk=psychology.page.pk)
    assert not page.permissions_for_user(User.objects.get(pk=bruno.pk)).can_edit()


def test_bruno_copies_his_course_and_writes_the_copy(psychology: SmallCourse) -> None:
    bruno = trainer(psychology.course)
    data = {"new_title": "Copia", "new_slug": "copia", "new_parent_page": psychology.index.pk}
    log_in(bruno).post(reverse("wagtailadmin_pages:copy", args=[psychology.page.pk]), data)
    copy = CoursePage.objects.get(slug="copia")
    assert set(own_courses(User.objects.get(pk=bruno.pk))) == {psychology.course, copy.record}


def test_no_collection_is_deleted_with_questions_in_it(psychology: SmallCourse) -> None:
    collection = shelf_of(psychology.course)
    admin = UserFactory(is_staff=True, is_superuser=True)
    log_in(admin).post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))
    assert Question.objects.filter(collection=collection).count() == 2


def test_what_all_courses_share_is_chosen_and_copied_and_not_changed(psychology: SmallCourse) -> None:
    term = GlossaryTermFactory(collection=teams.ensure_shared())
    browser = log_in(trainer(psychology.course))
    names = term.snippet_viewset.get_url_name
    chosen = reverse("wagtailsnippetchoosers_courses_glossaryterm:chosen", args=[term.pk])
    assert browser.get(chosen).status_code == 200
    assert browser.get(reverse(names("copy"), args=[term.pk])).status_code == 200
    assert browser.get(edit(term)).status_code == 404
    assert browser.post(reverse(names("delete"), args=[term.pk])).status_code == 404
    listed = browser.get(reverse(names("list"))).content.decode()
    assert term.term in listed
    assert edit(term) not in listed
    browser.post(f"/admin/bulk/courses/glossaryterm/delete/?id={term.pk}")
    assert type(term).objects.filter(pk=term.pk).exists()


def test_elena_keeps_what_all_courses_share(psychology: SmallCourse) -> None:
    make_groups(Report())
    elena = UserFactory(is_staff=True)
    elena.groups.add(Group.objects.get(name=STAFF))
    shared, own = GlossaryTermFactory(collection=teams.ensure_shared()), psychology.questions[0]
    assert log_in(elena).get(edit(shared)).status_code == 200
    assert log_in(elena).get(edit(own)).status_code == 404


def test_a_question_that_bruno_writes_lies_in_his_course(
    psychology: SmallCourse, health: SmallCourse
) -> None:
    browser = log_in(trainer(health.course))
    page = browser.get(reverse(Quiz.snippet_viewset.get_url_name("add")))
    assert 'name="collection"' not in page.content.decode()
    browser.post(reverse(Quiz.snippet_viewset.get_url_name("add")), quiz_form())
    assert Quiz.objects.latest("pk").collection == shelf_of(health.course)


def test_who_writes_two_courses_says_in_which_and_may_name_no_third(
    psychology: SmallCourse, health: SmallCourse
) -> None:
    third = make_course(code="TER-03", title="Tercero", live=False, quiz=False)
    browser = log_in(trainer(health.course, psychology.course))
    address = reverse(Quiz.snippet_viewset.get_url_name("add"))
    before = Quiz.objects.count()
    # The first of a list is soon taken for an answer: none is chosen beforehand.
    for kind in (Quiz, Question):
        form = browser.get(reverse(kind.snippet_viewset.get_url_name("add"))).context["form"]
        assert next(iter(form.fields)) == "collection"
        assert form["collection"].value() is None
    upload = browser.get(reverse("wagtailimages:add")).context["form"]
    assert upload["collection"].value() is None
    browser.post(address, quiz_form() | {"collection": ""})
    browser.post(address, quiz_form() | {"collection": shelf_of(third.course).pk})
    assert Quiz.objects.count() == before
    browser.post(address, quiz_form() | {"collection": shelf_of(health.course).pk})
    assert Quiz.objects.latest("pk").collection == shelf_of(health.course)


def test_the_way_to_a_quiz_is_told_from_its_page_to_its_questions_and_back(
    psychology: SmallCourse,
) -> None:
    new = make_course(code="NUE-01", title="Curso nuevo", live=False, quiz=False)
    module = new.page.get_children().first()
    page = module.add_child(instance=QuizPage(title="Prueba final", slug="prueba-final"))
    browser = log_in(trainer(new.course, psychology.course))
    edit_page = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"title": "Prueba final", "slug": "prueba-final", "introduction": rich_text("")}
    answer = browser.post(edit_page, nested_form_data(form | QUIZ_PAGE))
    assert answer.status_code == 302, answer.context["form"].errors
    said = browser.get(edit_page).content.decode()
    for words in (
        "Escribir una pregunta",
        "Armar la prueba con preguntas",
        "Elegir la prueba en esta página",
    ):
        assert words in said
    browser.post(
        reverse(Quiz.snippet_viewset.get_url_name("add")),
        quiz_form() | {"collection": shelf_of(new.course).pk},
    )
    assert "Elegir la prueba en «Prueba final»" in browser.get(edit_page).content.decode()


@pytest.mark.parametrize("code", ["hig 1", "hig-1", "HIG_1", "-HIG"])
def test_a_code_that_is_printed_has_capitals_digits_and_hyphens(code: str, psychology: SmallCourse) -> None:
    page = CoursePage(title="Higiene", slug="higiene", code=code)
    with pytest.raises(ValidationError, match="mayúsculas"):
        page.clean()


def test_a_forged_form_takes_no_question_of_another_course(
    psychology: SmallCourse, health: SmallCourse
) -> None:
    browser = log_in(trainer(health.course))
    foreign, own = psychology.questions[0], QuestionFactory(collection=shelf_of(health.course))
    address = edit(health.quiz)
    browser.post(address, quiz_form(own, foreign))
    assert foreign.pk not in _asked(health.quiz)
    browser.post(address, quiz_form(own))
    assert _asked(health.quiz) == [own.pk]


def _asked(quiz: Quiz) -> list[int]:
    items = Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object().items
    return [item.value.pk for item in items]


def test_an_old_draft_gives_a_question_back_to_nobody(psychology: SmallCourse, health: SmallCourse) -> None:
    question = psychology.questions[0]
    question.save_revision()
    Question.objects.filter(pk=question.pk).update(collection=shelf_of(health.course))
    question = Question.objects.get(pk=question.pk)
    question.get_latest_revision().publish()
    assert Question.objects.get(pk=question.pk).collection == shelf_of(health.course)


def test_a_quiz_page_takes_no_quiz_of_another_course(psychology: SmallCourse, health: SmallCourse) -> None:
    form = _form_of(health.quiz_page, trainer(health.course), {"quiz": psychology.quiz.pk})
    assert "quiz" in form.errors
    assert "quiz" not in _form_of(health.quiz_page, trainer(health.course), {"quiz": health.quiz.pk}).errors


def test_a_lesson_takes_no_picture_of_another_course(psychology: SmallCourse, health: SmallCourse) -> None:
    gael, said = trainer(health.course), []
    for course in (psychology.course, health.course):
        picture = PictureFactory(collection=shelf_of(course))
        body = streamfield([("picture", {"image": picture.pk, "alt": "Una mano", "decorative": ""})])
        form = _form_of(
            LessonPage.objects.get(pk=health.lessons[0].pk), gael, nested_form_data({"body": body})
        )
        said.append(
            "otro curso" in str(form.non_field_errors()) or "another course" in str(form.non_field_errors())
        )
    assert said == [True, False]


def _form_of(page: Any, user: User, data: dict[str, Any]) -> Any:
    form_class = page.get_edit_handler().get_form_class()
    whole = {"title": page.title, "slug": page.slug, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    form = form_class({**whole, **data}, instance=page, for_user=user, parent_page=page.get_parent())
    form.is_valid()
    return form


def test_gael_makes_groups_for_his_course_alone(psychology: SmallCourse, health: SmallCourse) -> None:
    gael = trainer(health.course)
    own, foreign = (
        group_of(health, facilitator=gael.person, code="G-1"),
        group_of(psychology, facilitator=gael.person, code="G-2"),
    )
    browser = log_in(gael)
    listed = browser.get(reverse("cohortes:index")).content.decode()
    assert reverse("cohortes:edit", args=[own.pk]) in listed
    assert reverse("cohortes:edit", args=[foreign.pk]) not in listed
    form = {
        "name": "Grupo",
        "course": psychology.course.pk,
        "modality": "self_paced",
        "activity_type": "training",
        "people": gael.email,
    }
    browser.post(reverse("cohortes:add"), form)
    assert not Cohort.objects.filter(name="Grupo").exists()
    browser.post(reverse("cohortes:edit", args=[foreign.pk]), form)
    assert list(OwnCourses(Cohort).own(gael)) == [own]


def test_the_upgrade_locks_nobody_out(psychology: SmallCourse) -> None:
    """The earlier release: «Trainers» with rights on the whole catalogue, no teams, everything in the root."""
    Group.objects.all().delete()
    Team.objects.all().delete()
    root = Collection.get_first_root_node()
    Question.objects.update(collection=root)
    Quiz.objects.update(collection=root)
    Collection.objects.filter(depth__gt=1).delete()
    root = Collection.get_first_root_node()
    group = Group.objects.create(name=TRAINERS)
    group.permissions.set(teams.permissions([*teams.TOOLS, "learning.add_cohort", "accounts.hand_out_login"]))
    for permission in teams.permissions(teams.PAGES):
        GroupPagePermission.objects.create(group=group, page=psychology.index, permission=permission)
    for permission in teams.permissions(["wagtailimages.add_image"]):
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    question = QuestionFactory(collection=root)
    bruno = UserFactory(is_staff=True)
    bruno.groups.add(group)
    import_module("home.migrations.0003_own_courses").bring_over(apps, None)
    bruno, group = User.objects.get(pk=bruno.pk), Group.objects.get(pk=group.pk)
    assert list(own_courses(bruno)) == [psychology.course]
    assert log_in(bruno).get(edit(psychology.quiz)).status_code == 200
    assert log_in(bruno).get(edit(question)).status_code == 200
    assert not group.page_permissions.exists()
    kept = {f"{row.content_type.app_label}.{row.codename}" for row in group.permissions.all()}
    assert kept == {*MODELS[TRAINERS], "accounts.hand_out_login", "wagtail_localize.submit_translation"} | {
        code for code in teams.TOOLS if code.split(".")[1].startswith(("view_", "lock_", "unlock_"))
    }
    assert not Collection.find_problems()[0]
