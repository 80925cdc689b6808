"""Do the groups of the starter let people work, and no further?"""

from django.contrib.auth.models import Group
from django.urls import reverse

from home.starter.groups import STAFF, TRAINERS, make_groups
from home.starter.records import Report
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course, writes


def member(name, *courses):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    writes(user, *courses)
    return log_in(user)


def status(browser, *names):
    return {name: browser.get(reverse(name)).status_code for name in names}


def test_a_trainer_writes_the_courses_of_her_teams_and_opens_cohorts(db):
    small = make_course()
    make_groups(Report())
    browser = member(TRAINERS, small.course)
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[small.page.pk])).status_code == 200
    assert browser.get(reverse("course_versions:history", args=[small.course.pk])).status_code == 200
    assert browser.get(reverse(small.quiz.snippet_viewset.get_url_name("list"))).status_code == 200
    open_ones = ("cohortes:add", "codigos:add", "wagtailimages:add", "wagtaildocs:add")
    assert set(status(browser, *open_ones).values()) == {200}
    assert set(status(browser, "constancias:index", "instituciones:index").values()) == {302}


def test_a_trainer_without_a_team_begins_a_course_and_does_nothing_else(db):
    small = make_course()
    make_groups(Report())
    browser = member(TRAINERS)
    begin = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", small.index.pk])
    assert browser.get(begin).status_code == 200
    closed = ("cohortes:add", "codigos:add", "wagtailimages:add", "wagtaildocs:add")
    assert set(status(browser, *closed).values()) == {302}
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[small.page.pk])).status_code == 302


def test_a_trainer_does_not_edit_the_front_page(db):
    small = make_course()
    make_groups(Report())
    home = small.index.get_parent()
    assert member(TRAINERS).get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302


def test_programme_staff_keep_institutions_and_the_register(db):
    small = make_course()
    make_groups(Report())
    browser = member(STAFF)
    open_ones = ("constancias:index", "instituciones:add", "cohortes:add", "codigos:add")
    assert set(status(browser, *open_ones).values()) == {200}
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[small.page.pk])).status_code == 302
    assert browser.get(reverse("course_versions:history", args=[small.course.pk])).status_code == 404


def test_made_again_they_keep_what_an_administrator_changed(db):
    make_course()
    make_groups(Report())
    group = Group.objects.get(name=TRAINERS)
    taken = group.permissions.get(codename="add_course")
    group.permissions.remove(taken)
    make_groups(Report())
    assert Group.objects.filter(name__in=[TRAINERS, STAFF]).count() == 2
    assert taken not in group.permissions.all()
