"""Keeps the pages that trainers edit: index, course, module, lesson, quiz. No learner's row points at any of them."""

import logging
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from courses import gate
from courses.blocks import LessonBlocks
from courses.blocks.scoping import scope_of
from courses.indexing import AnalysedPage
from courses.models import panels
from courses.models.choices import Level, Moment, Others
from courses.models.course import Course
from courses.models.forms import CoursesPageForm
from courses.narrowed import is_own_only
from courses.opening import why_closed
from courses.translated import plain_address, reading_of, synchronised
from institutions.models import RouteStage
from institutions.stages import scope_names
from programme import wholes
from programme.evidence import EvidenceStatus
from programme.fields import CodesField
from programme.scope import Scope

logger = logging.getLogger(__name__)

CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")

SHORT_TEXT = ["bold", "italic", "ul", "ol", "link"]


class CourseIndexPage(AnalysedPage):
    """The catalogue: every open course, with filters and a search."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("catalogue of courses")

    def permissions_for_user(self, user: Any) -> Any:
        """Return what `user` may do here: trainers may begin a course, and have no right on those that stand here."""
        from courses.staff.catalogue import CatalogueTester

        return CatalogueTester(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the catalogue: as it was rendered before, unless the address filters it."""
        if not wholes.may_be_kept(request):
            return super().serve(request, *args, **kwargs)
        template = self.get_template(request, *args, **kwargs)
        return wholes.answer(
            request, self, template, shown=(), words=lambda: self.get_context(request, *args, **kwargs)
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the courses that answer the filters of the address."""
        from courses.catalogue import catalogue

        return {
            **super().get_context(request, *args, **kwargs),
            "catalogue": catalogue(page=self, query=request.GET),
            "reading": reading_of(self, request),
        }


class CoursePage(AnalysedPage):
    """What a course is, for whom, how long, and what it takes to finish, in one language."""

    base_form_class = CoursesPageForm
    # A copy is a new draft course without code: the record never follows a copied page.
    exclude_fields_in_copy = ["course", "code"]

    course = models.ForeignKey(
        "courses.Course",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    code = models.CharField(
        _("code"), max_length=20, blank=True, help_text=_("Such as PAP-01; stays for ever.")
    )
    summary = models.TextField(_("what it gives"), max_length=500)
    neutral_name = models.CharField(
        _("neutral name"),
        max_length=80,
        blank=True,
        help_text=_("Shown in messages and on shared screens when the course is sensitive."),
    )
    audience = StreamField([("who", CharBlock(label=_("Who")))], verbose_name=_("for whom"), blank=True)
    objectives = StreamField(
        [("objective", TextBlock(label=_("Objective")))], verbose_name=_("objectives"), blank=True
    )
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BASIC)
    topics = ParentalManyToManyField("courses.Topic", verbose_name=_("topics"), blank=True)
    countries = ParentalManyToManyField(
        "programme.Country", verbose_name=_("countries"), blank=True, help_text=_("None chosen: all.")
    )
    sensitive = models.BooleanField(_("sensitive"), default=False)
    content_note = RichTextField(_("content note"), features=SHORT_TEXT, blank=True)
    evidence_status = models.CharField(
        _("evidence"), max_length=12, choices=EvidenceStatus, default=EvidenceStatus.SOURCED
    )
    review_date = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_date = models.DateField(_("next review"), null=True, blank=True)
    review_owner = models.CharField(_("who reviews it"), max_length=120, blank=True)
    cover = models.ForeignKey(
        "media_library.Picture",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    credits = models.TextField(_("credits"), blank=True)
    sources = ParentalManyToManyField("courses.Source", verbose_name=_("sources"), blank=True)
    validity_months = models.PositiveSmallIntegerField(
        _("months for which the certificate is valid"), null=True, blank=True
    )
    workshop_minutes = models.PositiveIntegerField(_("minutes of the workshop in the room"), default=0)
    blended_minutes = models.PositiveIntegerField(_("minutes in the room when blended"), default=0)
    attendance_share = models.PositiveSmallIntegerField(
        _("attendance asked, in %"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    search_fields = [*AnalysedPage.search_fields, index.SearchField("summary")]
    override_translatable_fields = synchronised(
        *("slug", "code", "level", "topics", "countries", "sensitive", "sources", "evidence_status"),
        *("review_date", "next_review_date", "validity_months"),
        *("workshop_minutes", "blended_minutes", "attendance_share"),
    )
    content_panels = panels.course_panels()
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]

    class Meta:
        verbose_name = _("course page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the course as learners see it, and the reader's own standing in it."""
        from courses.queries import course_view

        context = super().get_context(request, *args, **kwargs)
        standing = gate.standing(request, self.course)
        return {
            **context,
            "view": course_view(
                page=self,
                request=request,
                states=getattr(standing, "states", None),
                reader=getattr(standing, "reader", None),
                version=getattr(standing, "version", None),
            ),
            "standing": standing,
            "reading": reading_of(self, request),
            "editing": getattr(request, "is_preview", False),
        }

    @property
    def record(self) -> Course:
        """Return the course's record, which every saved page has. Raises LookupError for a page never saved."""
        if self.course is None:
            raise LookupError(self.title)
        return self.course

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the record of the course: found by translation key, made on the first save."""
        from courses.services import attach_course, name_course

        if self.locale_id is None:
            self.locale = self.get_default_locale()
        self.course = attach_course(page=self)
        self.code = self.code or self.course.code or ""
        super().save(*args, **kwargs)
        # After the page's own validation: the record never takes a code that another course has.
        name_course(page=self)

    def with_content_json(self, content: dict[str, Any]) -> "CoursePage":
        """Return a revision's content on this page; an old revision changes neither the record nor its code."""
        page = super().with_content_json(content)
        page.course_id = self.course_id
        if self.course and self.course.code and self.course.versions.exists():
            page.code = self.course.code
        return page

    def publish(self, revision: Any, *args: Any, **how: Any) -> Any:
        """Publish, unless the course has no code or is retired: it stays as it was, whoever or whatever publishes."""
        closed = why_closed(revision.as_object())
        if closed:
            logger.warning("Course page %s is not published: %s", revision.object_id, closed)
            return None
        return super().publish(revision, *args, **how)

    def clean(self) -> None:
        """Refuse a code that another course has, and a change of code after the first release."""
        super().clean()
        if not self.code:
            # The timer publishes past the hook that asks an editor for a code.
            if self.go_live_at:
                raise ValidationError(
                    {"code": _("Give the course a code before you set a day for its publication.")}
                )
            return
        from courses.models import Course

        if not CODE.fullmatch(self.code) and not (self.course and self.course.code == self.code):
            raise ValidationError(
                {"code": _("A code has capitals, digits and hyphens alone, such as PAP-01: it is printed.")}
            )
        if Course.objects.filter(code=self.code).exclude(key=self.translation_key).exists():
            raise ValidationError({"code": _("Another course has this code.")})
        if self.course and self.course.code not in (None, self.code) and self.course.versions.exists():
            raise ValidationError({"code": _("People have studied this course under its code: it stays.")})


class ModulePage(AnalysedPage):
    """A part of a course: a stretch of the path with a name."""

    base_form_class = CoursesPageForm

    summary = models.CharField(_("summary"), max_length=300, blank=True)

    content_panels = panels.module_panels()
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]

    class Meta:
        verbose_name = _("module")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the course: a module has no page of its own."""
        return redirect(plain_address(self.get_parent(), request))


class ActivityPage(AnalysedPage):
    """What a lesson and a quiz have in common: a summary, a scope, and a door that asks who may come in."""

    base_form_class = CoursesPageForm

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    required = models.BooleanField(_("required"), default=True)
    countries = ParentalManyToManyField(
        "programme.Country", verbose_name=_("countries"), blank=True, help_text=_("None chosen: all.")
    )
    routes = CodesField(
        _("stages of the route"),
        codes=RouteStage.choices,
        help_text=_("None chosen: all. Asked of people whose institution works at one of these stages."),
    )
    others = models.CharField(
        _("the others"),
        max_length=4,
        choices=Others,
        default=Others.READ,
        help_text=_("Where countries or stages are chosen: what the page is to people of the others."),
    )

    search_fields = [*AnalysedPage.search_fields, index.SearchField("summary")]
    # A translation follows its source: only what the source says is asked of anybody.
    override_translatable_fields = synchronised("slug", "required", "countries", "routes", "others")
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @property
    def scope(self) -> Scope:
        """Return whom this activity concerns."""
        return Scope.of((country.pk for country in self.countries.all()), self.routes)

    @property
    def scope_names(self) -> str:
        """Return the countries and stages that it is for, in words."""
        return scope_names(self.scope)

    @property
    def is_own_only(self) -> bool:
        """Say whether the page does not exist for those whom it does not concern, by the word of any language."""
        return Page.objects.filter(is_own_only(), pk=self.pk).exists()

    def is_own_only_to(self, *, enrolled: bool) -> bool:
        """Say the same of somebody of whom it is not asked. A wider page opens to the `enrolled` by the release."""
        return (enrolled and self.others == Others.NONE) or self.is_own_only

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the door; show the page with the reader's own part, or lead to where she is let in."""
        answer = gate.ask(request, self)
        if answer.response is not None:
            return answer.response
        request.study = answer.study  # type: ignore[attr-defined]  # for blocks, which are handed only the request
        return self.kept_answer(request, answer.study) or super().serve(request, *args, **kwargs)

    def kept_answer(self, request: HttpRequest, study: Any) -> HttpResponse | None:
        """Return the page as it was rendered before, or None where it must be rendered for this reader alone."""
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the reader's own part (None in a preview)."""
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "study": getattr(request, "study", None),
            "reading": reading_of(self, request),
            "editing": getattr(request, "is_preview", False),
        }


class LessonPage(ActivityPage):
    """A lesson: blocks to read, look at, listen to and try."""

    skippable = models.BooleanField(_("may be skipped"), default=False)
    equivalent = RichTextField(
        _("gentle equivalent"), features=SHORT_TEXT, blank=True, help_text=_("What to do alone in its place.")
    )
    is_case = models.BooleanField(
        _("is a case"),
        default=False,
        help_text=_("Its knowledge checks count as decisions, four minutes each."),
    )
    body = StreamField(LessonBlocks(), verbose_name=_("content"), blank=True)
    sources = ParentalManyToManyField("courses.Source", verbose_name=_("sources"), blank=True)
    review_date = models.DateField(_("reviewed on"), null=True, blank=True)

    override_translatable_fields = [
        *ActivityPage.override_translatable_fields,
        *synchronised("skippable", "is_case", "sources", "review_date"),
    ]
    content_panels = panels.lesson_panels()

    class Meta:
        verbose_name = _("lesson")

    def kept_answer(self, request: HttpRequest, study: Any) -> HttpResponse | None:
        """Return the lesson as learners share it, with this learner's own filled in."""
        from courses.whole_lesson import whole_lesson

        return whole_lesson(self, request, study)

    @property
    def tells_sources(self) -> bool:
        """Say whether the content has a place for the sources that everybody is shown; its end then leaves them out."""
        return any(
            block["type"] == "sources" and not scope_of(block["value"]) for block in self.body.raw_data
        )


class QuizPage(ActivityPage):
    """A quiz at its place on the path. What it asks stands in the quiz itself, a snippet."""

    exclude_fields_in_copy = ["quiz"]

    introduction = RichTextField(_("introduction"), features=SHORT_TEXT, blank=True)
    quiz = models.ForeignKey(
        "assessments.Quiz",
        verbose_name=_("quiz"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    moment = models.CharField(
        _("when it is taken"),
        max_length=6,
        choices=Moment,
        blank=True,
        default=Moment.ANY,
        help_text=_(
            "For a pair that tells what was learned: one page before the course, one after it. Both ask the same "
            "quiz, or two parallel forms on the same objectives: then half of the people begin with the one, half with "
            "the other. The first is never required, is taken once, and tells no answers."
        ),
    )

    override_translatable_fields = [
        *ActivityPage.override_translatable_fields,
        *synchronised("moment"),
    ]
    content_panels = panels.quiz_page_panels()

    class Meta:
        verbose_name = _("quiz page")

    def clean(self) -> None:
        """Refuse a translated page that shows the quiz in another language than its own."""
        super().clean()
        if self.quiz and self.locale_id and self.quiz.locale_id != self.locale_id:
            raise ValidationError(
                {"quiz": _("Translate the quiz first, and choose it here in this page's language.")}
            )
