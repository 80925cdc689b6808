"""Keeps that a person was erased or pseudonymised, and whom the site warned before: keys and dates, no names."""

from django.db import models

from accounts.models.person import Person


class Erasure(models.Model):
    """That a person's identity was taken away: when, in which way, by whom, and what was left of her elsewhere.

    `residue` lists places (table, column, how many, keys of some rows) where her name still stands in
    other people's texts, for somebody to look at; never the name.
    """

    class Way(models.TextChoices):
        """Who or what took it away."""

        REQUEST = "request", "request"
        TERM = "term", "term"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    way = models.CharField(max_length=8, choices=Way)
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    residue = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        permissions = [("erase_person", "May erase a person at her request")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.way} {self.erased_at:%Y-%m-%d}"


class RetentionWarning(models.Model):
    """That a person was told by e-mail that her unused account will lose her identity."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="retention_warning")
    warned_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id} {self.warned_at:%Y-%m-%d}"
