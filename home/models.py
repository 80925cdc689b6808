"""Keeps the front door: the home page and the information and help pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from common.marks import refuse_open_marks
from courses.blocks import LessonBlocks
from courses.indexing import AnalysedPage
from courses.translated import TranslatedPage, reading_of, synchronised


class HomePage(TranslatedPage, Page):
    """The first page: what the programme is, for whom, and its courses."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    override_translatable_fields = synchronised("slug")
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count_per_parent = 3

    class Meta:
        verbose_name = _("home page")

    def clean(self) -> None:
        """Refuse a mark of an unverified claim that is not closed, naming the field."""
        super().clean()
        refuse_open_marks(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the shelf of courses and the reader's own doors."""
        from home.queries import home_screen

        editing = getattr(request, "is_preview", False)
        context = super().get_context(request, *args, **kwargs)
        screen = home_screen(page=self, request=request, editing=editing)
        return {**context, "screen": screen, "reading": reading_of(self, request)}


class InformationKind(models.TextChoices):
    """What an information page is for."""

    INFORMATION = "info", _("Information")
    HELP = "help", _("Help")


# The role of the page that shows the privacy notice.
PRIVACY = "privacy"


class Audience(models.TextChoices):
    """For whom an information page was written."""

    EVERYONE = "everyone", _("Everybody")
    LEARNER = "learner", _("Learners")
    TRAINER = "trainer", _("Trainers")
    STAFF = "staff", _("Programme staff")


class InformationPage(AnalysedPage):
    """A page about the programme, a notice, or a page of help."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    kind = models.CharField(
        _("kind"), max_length=8, choices=InformationKind, default=InformationKind.INFORMATION
    )
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    role = models.SlugField(
        _("role"),
        max_length=40,
        blank=True,
        help_text=_("A name by which the site links here, such as «privacy»."),
    )
    body = StreamField(LessonBlocks(), verbose_name=_("content"), blank=True)

    override_translatable_fields = synchronised("slug", "kind", "audience", "role")
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("kind"),
        FieldPanel("audience"),
        FieldPanel("role"),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.InformationPage"]

    class Meta:
        verbose_name = _("information page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way here and the pages below."""
        from accounts.privacy_queries import notice_screen
        from home.queries import information_screen

        editing = getattr(request, "is_preview", False)
        context = super().get_context(request, *args, **kwargs)
        screen = information_screen(page=self, request=request, editing=editing)
        # The versions of the notice are files: the page shows the one in force, editors write what stands around it.
        notice = notice_screen() if self.role == PRIVACY else None
        said = {"screen": screen, "reading": reading_of(self, request), "editing": editing, "notice": notice}
        return {**context, **said}


class StarterRecord(models.Model):
    """What the starter loader made: from which text, and which revision it published last.

    A page whose newest revision is another one was edited by a trainer: the loader leaves it alone.
    """

    name = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    object_id = models.PositiveBigIntegerField()
    revision_id = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name
