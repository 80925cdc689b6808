"""What editors find in the admin from this room: support lines, projects, and the file that starts widgets."""

import datetime as dt

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from programme.models import SupportLine
from programme.staff import comparing, meanwhile, reviewing, schedule  # noqa: F401  they register hooks or comparisons
from programme.staff.projects import ProjectsGroup
from programme.support import is_old

# The name under which base.html looks for it.
EDITOR = "works_in_the_admin"


def verification(line: SupportLine, *, today: dt.date | None = None) -> str:
    """Return in a few words whether readers see a line, and whether it is time to call it again."""
    if line.unverified:
        return gettext("To be verified: hidden")
    if is_old(line.verified_on, today=today or timezone.localdate()):
        return gettext("Older than a year: warned")
    return gettext("Verified")


class SupportLineViewSet(SnippetViewSet):
    """The support lines of every country."""

    model = SupportLine
    icon = "mobile-alt"
    menu_label = _("Support lines")
    menu_order = 350
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("shown", label=_("number"), accessor=lambda line: line.display or line.number),
        Column("country", label=_("country"), sort_key="country__position"),
        StatusTagColumn(
            "verification",
            label=_("verification"),
            accessor=verification,
            primary=lambda line: not line.unverified,
        ),
        DateColumn("verified_on", label=_("last verified on"), sort_key="verified_on"),
        Column("owner", label=_("who verifies it")),
    ]
    list_filter = ["country", "unverified", "free"]
    search_fields = ["name", "number", "description"]
    ordering = ["country__position", "position", "name"]
    list_per_page = 50
    inspect_view_enabled = True


register_snippet(SupportLineViewSet)


@hooks.register("register_admin_viewset")
def projects_in_the_admin() -> ProjectsGroup:
    """Add projects and donors."""
    return ProjectsGroup()


@hooks.register("construct_help_menu")
def hide_what_is_new(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out the notes on Wagtail's releases: they are for developers, and lead off this site."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("insert_global_admin_js")
def start_widgets_without_inline_scripts() -> SafeString:
    """Bring the file that starts what `programme.desk_scripts` marks."""
    return format_html('<script src="{}"></script>', static("js/desk-start.js"))


@hooks.register("construct_main_menu")
def remember_an_editor(request: HttpRequest, items: list[MenuItem]) -> None:
    """Note that somebody works in the admin: only then do the site's pages ask whether to show her Wagtail's bar.

    Asking it of every learner would cost two queries a page. The bar itself still asks for the right.
    """
    if not request.session.get(EDITOR):
        request.session[EDITOR] = True


@hooks.register("insert_global_admin_css")
def fit_tables_on_a_phone() -> SafeString:
    """Load what the admin's own style sheet lacks for our tables."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
