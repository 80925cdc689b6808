"""What editors see of this room in the admin, and the door that Wagtail's own address of documents shares."""

from typing import Any

from django.forms import FileInput
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Collection
from wagtail.snippets.models import get_snippet_models, register_snippet

from media_library import gate
from media_library.belonging import Belonging
from media_library.models import Recording
from media_library.staff.viewsets import BelongingViewSet


class RecordingViewSet(BelongingViewSet):
    """Audio and video."""

    model = Recording
    icon = "media"
    menu_label = _("Audio and video")
    menu_name = "recordings"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["title", "kind", "seconds", "size", "licence"]
    list_filter = ["kind", "licence"]
    search_fields = ["title"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title", help_text=_("Learners read it above the player: «Una pausa de dos minutos».")),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                # Without a link to the present file: private files have no address of their own.
                FieldPanel("file", widget=FileInput),
                FieldPanel(
                    "seconds", help_text=_("150 for two and a half minutes. It counts as study time.")
                ),
            ],
            heading=_("1 · The recording"),
        ),
        HelpPanel(
            _("Voice in Ogg Opus at 16 kb/s weighs some 120 KB a minute; learners pay for every one of them.")
        ),
        FieldPanel(
            "transcript",
            heading=_("2 · Transcript"),
            help_text=_("Every word, who says it, and the sounds that matter: [se cierra una puerta]."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("credit", help_text=_("Who speaks, who recorded.")),
                FieldPanel("licence", help_text=_("Under which terms it may stand here.")),
            ],
            heading=_("3 · Rights"),
        ),
    ]


register_snippet(RecordingViewSet)


@hooks.register("describe_collection_contents")
def say_what_lies_in_it(collection: Collection) -> dict[str, Any] | None:
    """Tell Wagtail, which deletes no collection in which something lies; the database would take it all away."""
    kinds = [model for model in get_snippet_models() if issubclass(model, Belonging)]
    counts = {model: model._default_manager.filter(collection=collection).count() for model in kinds}
    found = {model: count for model, count in counts.items() if count}
    if not found:
        return None
    return {
        "count": sum(found.values()),
        "count_text": ", ".join(
            f"{count} {model._meta.verbose_name_plural}" for model, count in found.items()
        ),
        "url": reverse(next(iter(found)).snippet_viewset.get_url_name("list")),
    }


@hooks.register("before_serve_document")
def ask_the_door(document: Any, request: HttpRequest) -> None:
    """Let Wagtail's own view ask the same question as ours."""
    if not gate.may_fetch(request, document):
        raise Http404
