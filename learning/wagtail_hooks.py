"""What this room adds to the Wagtail admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from learning.staff.people import PeopleViewSet
from learning.staff.people_acts import ConfirmWhereTheyWork
from learning.staff.viewsets import CohortsGroup


@hooks.register("register_admin_viewset")
def cohorts_in_the_admin() -> CohortsGroup:
    """Add cohorts and enrolment codes."""
    return CohortsGroup()


@hooks.register("register_admin_viewset")
def people_in_the_admin() -> PeopleViewSet:
    """Add the people."""
    return PeopleViewSet()


hooks.register("register_bulk_action", ConfirmWhereTheyWork)


@hooks.register("register_admin_urls")
def addresses_of_learning() -> list[URLPattern | URLResolver]:
    """Put how learners are doing below the trainer's courses."""
    return [path("cursos/", include("learning.staff.urls"))]
