"""Keeps question banks, quizzes, their frozen versions, and attempts."""

import logging
import uuid
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from assessments.blocks import ChoiceBlock, DrawBlock, QuizItemBlock
from assessments.choices import CognitiveLevel, EndedBy, ExtraTime, Feedback, QuestionKind, RegradeWay
from assessments.querysets import AttemptQuerySet, QuizVersionQuerySet
from assessments.translating import questions_missing
from common.marks import plain_judge, refuse_open_marks
from institutions.models import RouteStage
from media_library.belonging import Belonging
from programme.countries import choices as country_choices
from programme.evidence import EvidenceStatus
from programme.fields import CodesField
from programme.scope import Scope

if TYPE_CHECKING:
    from assessments.content import QuizContent

logger = logging.getLogger(__name__)

# So much of a question stands in lists and messages: enough to tell two with one beginning apart.
SHOWN_CHARACTERS = 160


def _holds_open_mark(field: models.Field, value: Any) -> bool:
    """Say whether an open mark of an unverified claim stands in a text of a question, or of one of its choices."""
    if field.name != "choices":
        return plain_judge(field, value)
    names = ("text", "feedback", "match")
    return any(plain_judge(field, choice.value.get(name) or "") for choice in value for name in names)


class Question(
    Belonging,
    DraftStateMixin,
    RevisionMixin,
    LockableMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A question of the bank. Learners never meet it: they meet the copy that a `QuizVersion` froze."""

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=QuestionKind,
        default=QuestionKind.SINGLE,
        help_text=_(
            "One answer: exactly one choice is correct. Several answers: one or more are, never all of them. "
            "Short text and number are typed: each choice is an answer that may come, the correct ones count. "
            "Match: each choice with what goes with it. Put in order: the choices in their right order. "
            "Text with gaps: write [1], [2] … in the question; the first choice fills gap 1, the second gap 2. "
            "Open answer: a person reads it; each choice is a criterion, and each one that is met gives its share. "
            "Place in a picture: each choice is an area of the picture, and exactly one is correct."
        ),
    )
    stem = models.TextField(
        _("question"),
        max_length=1000,
        help_text=_("One idea, a whole sentence, no double negation. A case first, then what you ask."),
    )
    choices = StreamField(
        [("choice", ChoiceBlock())],
        verbose_name=_("choices"),
        max_num=8,
        help_text=_(
            "Two to eight. Learners see them shuffled: write none like «all of the above». Of a question that "
            "is typed, one to eight; learners do not see them. What fills a gap in several ways: listen | hear."
        ),
    )
    picture = models.ForeignKey(
        "media_library.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Shown above the choices. A place in a picture is asked for in it; other kinds need none."
        ),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_("For whoever does not see it, without saying which place is right."),
    )
    explanation = models.TextField(
        _("explanation"),
        max_length=1000,
        blank=True,
        help_text=_("What the learner reads after handing in, whatever she chose: why it is so."),
    )
    level = models.CharField(
        _("cognitive level"),
        max_length=12,
        choices=CognitiveLevel,
        blank=True,
        help_text=_("What the question asks of the mind."),
    )
    objective = models.CharField(
        _("objective"),
        max_length=200,
        blank=True,
        help_text=_("The course's objective that this question measures."),
    )
    sources = models.CharField(
        _("sources"), max_length=200, blank=True, help_text=_("Keys of the source list, such as S1, S4b.")
    )
    evidence_status = models.CharField(
        _("evidence"),
        max_length=12,
        choices=EvidenceStatus,
        default=EvidenceStatus.SOURCED,
        help_text=_("How far the question and its answers were checked. Seen by editors alone."),
    )
    countries = CodesField(
        _("countries"),
        codes=country_choices,
        help_text=_("None ticked: asked in all countries. A mark is out of the questions that were asked."),
    )
    routes = CodesField(
        _("stages of the route"),
        codes=RouteStage.choices,
        help_text=_("None ticked: all. Asked of people whose institution works at one of these stages."),
    )
    tags = TaggableManager(blank=True, help_text=_("Words by which you find the question again."))

    search_fields = [
        *Belonging.search_fields,
        index.SearchField("stem"),
        index.AutocompleteField("stem"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("sources", overridable=False),
        SynchronizedField("evidence_status", overridable=False),
        SynchronizedField("countries", overridable=False),
        SynchronizedField("routes", overridable=False),
        SynchronizedField("picture", overridable=False),
        SynchronizedField("collection", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return shorten(self.stem, SHOWN_CHARACTERS, placeholder="…")

    @property
    def scope(self) -> Scope:
        """Return whom the question is asked of."""
        return Scope.of(self.countries, self.routes)

    @property
    def picture_ratio(self) -> float:
        """Return the height of its picture by its width, where it asks of a place in one; else 0."""
        if self.kind != QuestionKind.AREA or self.picture is None or not self.picture.width:
            return 0
        return float(self.picture.height / self.picture.width)

    def clean(self) -> None:
        """Refuse choices that nobody could answer, and open marks, saying in words what to mend."""
        super().clean()
        refuse_open_marks(self, _holds_open_mark)
        from assessments.wording import CLAIMS_LEFT, fault_messages, holds_claims

        messages = fault_messages(self)
        if messages:
            raise ValidationError({"choices": messages})
        if (self.kind == QuestionKind.AREA or self.picture) and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": _("Say what the picture shows.")})
        if self.evidence_status == EvidenceStatus.REVIEWED and holds_claims(self):
            raise ValidationError({"evidence_status": CLAIMS_LEFT})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the page on which an editor sees the question as a learner will."""
        return "assessments/preview_question.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Add the question, its unverified claims already hidden."""
        from assessments.preview import question_preview

        return {**super().get_preview_context(request, mode_name), "screen": question_preview(question=self)}


class Quiz(
    Belonging,
    DraftStateMixin,
    RevisionMixin,
    LockableMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """An ordered list of questions of the bank, with how often it may be tried and when it is passed."""

    title = models.CharField(
        _("title"), max_length=160, help_text=_("Learners read it above every question.")
    )
    items = StreamField(
        [("question", QuizItemBlock())],
        verbose_name=_("questions"),
        blank=True,
        max_num=60,
        help_text=_("In this order, each once. A question that is not published is left out until it is."),
    )
    draws = StreamField(
        [("draw", DrawBlock())],
        verbose_name=_("drawn at random"),
        blank=True,
        max_num=10,
        help_text=_(
            "After the questions above. Each attempt draws anew from the published questions of this course's bank, "
            "and none twice."
        ),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, in %"),
        default=70,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of all points; each question is worth one."),
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("How often one enrolment may hand it in."),
    )
    shuffle = models.BooleanField(
        _("shuffle the choices"), default=True, help_text=_("True and false always keep their order.")
    )

    time_limit = models.PositiveSmallIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_(
            "Empty: none, which most quizzes need. In a sensitive course it does not count; whoever facilitates may "
            "give somebody more time."
        ),
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "Then open attempts are handed in as they stand, and none begins any more. Empty: never."
        ),
    )
    feedback = models.CharField(
        _("what the result tells"), max_length=8, choices=Feedback, default=Feedback.AFTER
    )

    override_translatable_fields = [
        # Read through the frozen version alone: a translation must not keep an older mark until it is synchronised.
        SynchronizedField("pass_mark", overridable=False),
        SynchronizedField("max_attempts", overridable=False),
        SynchronizedField("shuffle", overridable=False),
        SynchronizedField("draws", overridable=False),
        SynchronizedField("time_limit", overridable=False),
        SynchronizedField("opens_at", overridable=False),
        SynchronizedField("closes_at", overridable=False),
        SynchronizedField("feedback", overridable=False),
        SynchronizedField("collection", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a question that stands in the list twice, in whatever language, and an open mark."""
        super().clean()
        refuse_open_marks(self)
        from assessments.wording import duplicate_message, vague_draws

        message = duplicate_message(self)
        if message:
            raise ValidationError({"items": message})
        vague = vague_draws(self)
        if vague:
            raise ValidationError({"draws": vague})
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("It closes after it has opened: write a later moment.")})
        if self.feedback == Feedback.CLOSED and not self.closes_at:
            raise ValidationError({"closes_at": _("Say when it closes: then its result tells the answers.")})

    def publish(self, revision: Any, *args: Any, **how: Any) -> Any:
        """Publish, unless this is a translation whose questions nobody can read in its language yet.

        The last door, behind the timer too; the editor's own say why before. It then stays the draft that it was.
        """
        missing = questions_missing(self, self.locale)
        if missing:
            logger.warning("Quiz %s is not published yet: %s questions", revision.object_id, len(missing))
            return None
        return super().publish(revision, *args, **how)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the page on which an editor sees the whole quiz as a learner would."""
        return "assessments/preview_quiz.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Add the questions that would be frozen now, and those left out with the reason."""
        from assessments.preview import quiz_preview

        return {**super().get_preview_context(request, mode_name), "screen": quiz_preview(quiz=self)}


class QuizVersion(models.Model):
    """A quiz with its questions and its key as they stood when published. Never changed, never deleted.

    `quiz_key` is the `translation_key` of the quiz; `content` is the JSON of `assessments.content.QuizContent`.
    """

    quiz_key = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    frozen_at = models.DateTimeField()

    objects = QuizVersionQuerySet.as_manager()

    class Meta:
        ordering = ["quiz_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz_key", "number"], name="quiz_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} v{self.number}"

    @cached_property
    def quiz(self) -> "QuizContent":
        """The frozen content as typed data, read once: it never changes."""
        from assessments.content import QuizContent

        return QuizContent.from_json(self.content)


class FrozenQuestion(models.Model):
    """That a question stands in a frozen quiz, so that «did it ever?» is one indexed look on any database."""

    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="frozen_questions")
    question_key = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "question_key"], name="question_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.position}: {self.question_key}"


class Attempt(models.Model):
    """One try of a person at a quiz. `context` is opaque here: within it the number of attempts is limited.

    `questions` are the keys of those that it asks, in order, chosen from the version when it began.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="attempts")
    # Another record of hers, counted as one with `person`, that was signed in when it began. Empty: her own.
    signed_in_as = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    context = models.UUIDField(db_index=True)
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField(db_index=True)
    # Taken before the course, so that it can be told what was learned: it has its own number, and is not told.
    before = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    questions = models.JSONField(default=list)
    pass_mark = models.PositiveSmallIntegerField()
    max_attempts = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    # When it ends by itself; empty where it waits for her.
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=4, choices=EndedBy, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    max_points = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    # Open answers that somebody still has to read; until then the points may only grow.
    to_read = models.PositiveSmallIntegerField(default=0)
    # Their term is over: the mark stays, the answers are gone.
    answers_ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["context", "quiz_key", "before", "number"], name="attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["context", "quiz_key", "before"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_attempt",
            ),
            # Of two parallel forms she takes one before, the other one afterwards.
            models.UniqueConstraint(
                fields=["context"], condition=Q(before=True), name="one_attempt_before_the_course"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, passed__isnull=True)
                | Q(submitted_at__isnull=False, passed__isnull=False, points__isnull=False),
                name="attempt_marked_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"

    @property
    def quiz(self) -> "QuizContent":
        """The frozen quiz with the questions that this attempt asks, and no others."""
        return self.version.quiz.only(self.questions)


class AttemptAnswer(models.Model):
    """What a person answered to one question of an attempt, saved when given, marked when submitted."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="answers")
    question_key = models.UUIDField()
    chosen = models.JSONField(default=list)
    answered_at = models.DateTimeField()
    # What the device called the answer when it was given: sent twice, it is one.
    client_id = models.UUIDField(null=True, blank=True)
    # Of an open answer: the criteria that whoever read it found met, and what she writes to the learner.
    met = models.JSONField(null=True, blank=True)
    read_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(max_length=1000, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question_key"], name="one_answer_a_question")
        ]
        # How often a question of the bank was answered.
        indexes = [models.Index(fields=["question_key"], name="answers_of_a_question")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question_key}"


class Accommodation(models.Model):
    """That a person may take longer over every quiz with a time limit. Why is asked of nobody, and kept nowhere."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="accommodations")
    extra_percent = models.PositiveSmallIntegerField(_("longer"), choices=ExtraTime)
    given_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_accommodation_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} +{self.extra_percent} %"


class Handover(models.Model):
    """That whoever reads an open answer told the safeguarding contact of it. What she wrote stands nowhere else."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The answer may end with its term; that there was a hand-over is remembered.
    answer = models.ForeignKey(AttemptAnswer, null=True, on_delete=models.SET_NULL, related_name="handovers")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="handovers")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["answer"], name="handed_over_once")]

    def __str__(self) -> str:
        return str(self.key)


class Regrade(models.Model):
    """That a bad question is marked otherwise in every attempt that asked it as it stood. Never changed, never deleted.

    What was answered and how it was first marked stay: this is read beside them.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # A version in which it stood so; those of the same quiz that ask the same in the same words are meant, too.
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="regrades")
    quiz_key = models.UUIDField(db_index=True)
    question_key = models.UUIDField()
    way = models.CharField(_("what is done"), max_length=8, choices=RegradeWay)
    # The key of a choice, or what was typed; empty unless another answer is accepted.
    accepted = models.CharField(_("answer"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # When all attempts had been marked again; until then the timer goes on.
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "question_key", "way", "accepted"], name="regraded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.way}"

    @cached_property
    def meant(self) -> str:
        """The signature of the question that was bad; a question with another one is another question."""
        found = (each.signature for each in self.version.quiz.questions if each.key == self.question_key)
        return next(found, "")
