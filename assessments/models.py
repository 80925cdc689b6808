"""Keeps question banks, quizzes, their frozen versions, and attempts."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index

from assessments.blocks import ChoiceBlock, QuizItemBlock


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    TRUE_FALSE = "true_false", _("True or false")


class CognitiveLevel(models.TextChoices):
    """What a question asks of the mind, after Bloom (revised)."""

    REMEMBER = "remember", _("Remember")
    UNDERSTAND = "understand", _("Understand")
    APPLY = "apply", _("Apply")
    ANALYSE = "analyse", _("Analyse")
    EVALUATE = "evaluate", _("Evaluate")


class Question(
    DraftStateMixin, RevisionMixin, LockableMixin, PreviewableMixin, TranslatableMixin, index.Indexed, models.Model
):
    """A question of the bank. Learners never meet it: they meet the copy that a `QuizVersion` froze."""

    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind, default=QuestionKind.SINGLE)
    stem = models.TextField(_("question"), max_length=1000)
    choices = StreamField([("choice", ChoiceBlock())], verbose_name=_("choices"))
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    level = models.CharField(_("cognitive level"), max_length=12, choices=CognitiveLevel, blank=True)
    objective = models.CharField(_("objective"), max_length=200, blank=True)
    sources = models.CharField(_("sources"), max_length=200, blank=True)
    tags = TaggableManager(blank=True)

    search_fields = [index.SearchField("stem"), index.AutocompleteField("stem"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.stem[:80]


class Quiz(DraftStateMixin, RevisionMixin, LockableMixin, PreviewableMixin, TranslatableMixin, models.Model):
    """An ordered list of questions of the bank, with how often it may be tried and when it is passed."""

    title = models.CharField(_("title"), max_length=160)
    items = StreamField([("question", QuizItemBlock())], verbose_name=_("questions"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, in %"), default=70, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    max_attempts = models.PositiveSmallIntegerField(_("attempts"), default=3, validators=[MinValueValidator(1)])
    shuffle = models.BooleanField(_("shuffle the choices"), default=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return self.title


class QuizVersion(models.Model):
    """A quiz with its questions and its key as they stood when published. Never changed, never deleted.

    `quiz_key` is the `translation_key` of the quiz; `content` is the JSON of `assessments.content.QuizContent`.
    """

    quiz_key = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["quiz_key", "number"]
        constraints = [models.UniqueConstraint(fields=["quiz_key", "number"], name="quiz_version_number_once")]

    def __str__(self) -> str:
        return f"{self.quiz_key} v{self.number}"


class Attempt(models.Model):
    """One try of a person at a quiz. `context` is opaque here: within it the number of attempts is limited."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="attempts")
    context = models.UUIDField(db_index=True)
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField(db_index=True)
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    pass_mark = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    max_points = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["context", "quiz_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["context", "quiz_key"], condition=Q(submitted_at__isnull=True), name="one_open_attempt"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, passed__isnull=True)
                | Q(submitted_at__isnull=False, passed__isnull=False, points__isnull=False),
                name="attempt_marked_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"


class AttemptAnswer(models.Model):
    """What a person answered to one question of an attempt, saved when given, marked when submitted."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="answers")
    question_key = models.UUIDField()
    chosen = models.JSONField(default=list)
    answered_at = models.DateTimeField()
    points = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "question_key"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question_key}"
