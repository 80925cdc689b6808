"""Keeps activities done, attempts given beyond those of a quiz, and the private notebook."""

from django.db import models

from learning.models.choices import CompletionWay

__all__ = ["ActivityCompletion", "ActivitySkip", "CompletionWay", "ExtraAttempt", "Reflection"]


class ActivityCompletion(models.Model):
    """That an activity (a `translation_key`) was done within an enrolment. It never goes back."""

    enrolment = models.ForeignKey("learning.Enrolment", on_delete=models.PROTECT, related_name="done")
    activity = models.UUIDField()
    way = models.CharField(max_length=12, choices=CompletionWay, default=CompletionWay.DONE)
    completed_at = models.DateTimeField()
    completed_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    # Another record of hers, counted as one with the enrolment's, that was signed in. Empty: the enrolment's own.
    signed_in_as = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "activity"], name="activity_done_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.activity}"


class ActivitySkip(models.Model):
    """That a learner skipped a skippable activity for now. Only she sees it; to others the activity is «pending»."""

    enrolment = models.ForeignKey("learning.Enrolment", on_delete=models.PROTECT, related_name="skips")
    activity = models.UUIDField()
    skipped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="activity_skipped_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.activity}"


class ExtraAttempt(models.Model):
    """One more attempt at a quiz, the `number`th that a facilitator gave a learner who had used up her own."""

    enrolment = models.ForeignKey(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="extra_attempts"
    )
    activity = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    given_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity", "number"], name="extra_attempt_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.activity} +{self.number}"


class Reflection(models.Model):
    """What a person wrote for herself. Nobody else reads it; the nightly command deletes it after twelve months."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="reflections")
    activity = models.UUIDField()
    block = models.CharField(max_length=64)
    text = models.TextField(max_length=5000)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "activity", "block"], name="one_note_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.activity}"
