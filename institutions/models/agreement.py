"""Keeps agreements with institutions: who signs, from when to when, what was added, who has been reminded."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from institutions.agreement_querysets import AgreementQuerySet
from institutions.models.institution import Institution
from institutions.models.topics import topic_names


def private_storage() -> Storage:
    """Return where agreements lie: outside of what the web server gives to anybody."""
    return storages["private"]


def place_of_paper(_row: models.Model, name: str) -> str:
    """Return a path that tells nothing: what somebody called her file may hold a name."""
    return f"agreements/{uuid.uuid4().hex}.{name.rsplit('.', 1)[-1].lower()}"


class AgreementKind(models.TextChoices):
    """What the parties call it."""

    AGREEMENT = "agreement", _("Cooperation agreement")
    LETTER = "letter", _("Letter of understanding")
    TECHNICAL = "technical", _("Technical agreement")


class PartyRole(models.TextChoices):
    """What an institution is in an agreement."""

    SIGNATORY = "signatory", _("Signs")
    ADHERES = "adheres", _("Joins it")
    WITNESS = "witness", _("Witness of honour")


class Agreement(ClusterableModel):
    """What the programme agreed with one institution or several. Unsigned it is a draft; a renewal is a new one."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind)
    title = models.CharField(_("title"), max_length=200)
    institutions = models.ManyToManyField(Institution, through="AgreementParty", related_name="agreements")
    signed_on = models.DateField(
        _("signed on"), null=True, blank=True, help_text=_("While empty it is a draft.")
    )
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True, help_text=_("Empty: without end."))
    ended_on = models.DateField(
        _("ended early on"),
        null=True,
        blank=True,
        help_text=_("Its last day, if a party ended it before its time."),
    )
    renews = models.OneToOneField(
        "self",
        verbose_name=_("renews"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewal",
    )
    scope = models.TextField(_("scope"), blank=True, max_length=2000)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    countries = ParentalManyToManyField(
        "programme.Country",
        verbose_name=_("countries"),
        blank=True,
        related_name="agreements",
        help_text=_("Where it applies. None: the countries of its institutions."),
    )
    paper = models.FileField(
        _("file"), storage=private_storage, upload_to=place_of_paper, blank=True, max_length=120
    )
    recorded_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(starts_on__isnull=False),
                name="agreement_signed_says_its_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(signed_on__isnull=False),
                name="agreement_ended_was_signed",
            ),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(renews=F("pk")), name="agreement_renews_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic_words(self) -> str:
        """Return the topics as a reader says them."""
        return topic_names(self.topics)


class AgreementParty(models.Model):
    """That an institution is a party, and as what."""

    agreement = ParentalKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="agreement_parts"
    )
    role = models.CharField(_("part"), max_length=10, choices=PartyRole, default=PartyRole.SIGNATORY)
    sort_order = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    # Wagtail's inline forms keep the order under this name.
    sort_order_field = "sort_order"

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "institution"], name="party_once_an_agreement")
        ]

    def __str__(self) -> str:
        return str(self.institution)


class Addendum(models.Model):
    """What was added to a signed agreement; the last one that names an end moves the agreement's."""

    agreement = ParentalKey(Agreement, on_delete=models.CASCADE, related_name="addenda")
    signed_on = models.DateField(_("signed on"))
    text = models.CharField(_("what it changes"), max_length=400)
    new_ends_on = models.DateField(_("new end"), null=True, blank=True)
    paper = models.FileField(
        _("file"), storage=private_storage, upload_to=place_of_paper, blank=True, max_length=120
    )

    class Meta:
        ordering = ["signed_on", "pk"]
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")

    def __str__(self) -> str:
        return f"{self.signed_on}"


class FormerPaper(models.Model):
    """A file that stood in an agreement or an addendum until another took its place: it stays a document of record."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="former_papers")
    # Of which addendum, by its date, which may be gone; None: of the agreement itself.
    addendum_of = models.DateField(null=True)
    paper = models.FileField(storage=private_storage, max_length=120)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.replaced_at:%Y-%m-%d}"


class AgreementReminder(models.Model):
    """That somebody is told, once, that an agreement ends in so many days. Another end is another reminder."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    last_day = models.DateField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person", "days", "last_day"], name="reminder_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.days} {self.person_id}"
