"""Do the groups of the starter let people work, and no further?"""

from django.contrib.auth.models import Group
from django.urls import reverse

from home.starter.groups import STAFF, TRAINERS, make_groups
from home.starter.records import Report
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course


def member(name):
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    return log_in(user)


def status(browser, *names):
    return {name: browser.get(reverse(name)).status_code for name in names}


def test_a_trainer_writes_courses_and_quizzes_and_opens_cohorts(db):
    small = make_course()
    make_groups(Report())
    browser = member(TRAINERS)
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[small.page.pk])).status_code == 200
    assert browser.get(reverse("course_versions:history", args=[small.course.pk])).status_code == 200
    assert browser.get(reverse(small.quiz.snippet_viewset.get_url_name("list"))).status_code == 200
    open_ones = ("cohortes:add", "codigos:add", "wagtailimages:add", "wagtaildocs:add")
    assert set(status(browser, *open_ones).values()) == {200}
    assert set(status(browser, "constancias:index", "instituciones:index").values()) == {302}


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
    taken = group.permissions.get(codename="delete_cohort")
    group.permissions.remove(taken)
    make_groups(Report())
    assert Group.objects.filter(name__in=[TRAINERS, STAFF]).count() == 2
    assert taken not in group.permissions.all()
