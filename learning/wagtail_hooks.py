"""What this room adds to the Wagtail admin."""

from wagtail import hooks

from learning.staff.viewsets import CohortsGroup


@hooks.register("register_admin_viewset")
def cohorts_in_the_admin() -> CohortsGroup:
    """Add cohorts and enrolment codes."""
    return CohortsGroup()
