"""Keeps who runs this site: identity, countries, projects and donors, support lines, the timers' pulse."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from programme.querysets import SupportLineQuerySet


class Country(models.Model):
    """A country in which people work. The programme's own four come first in every list."""

    code = models.CharField(max_length=2, primary_key=True, help_text=_("ISO 3166-1 alpha-2"))
    name_es = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    name_fr = models.CharField(max_length=60)
    time_zone = models.CharField(max_length=40)
    in_programme = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name_es"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        language = (get_language() or "es")[:2]
        return getattr(self, f"name_{language}", self.name_es)


class Division(models.Model):
    """A department or state of a country."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="divisions")
    code = models.CharField(max_length=8, help_text=_("ISO 3166-2, such as MX-CHP"), unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["country", "name"]
        verbose_name = _("department or state")
        verbose_name_plural = _("departments and states")

    def __str__(self) -> str:
        return self.name


class Donor(models.Model):
    """Who pays for projects."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("donor")
        verbose_name_plural = _("donors")

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A project that pays for groups, with its donor and its dates. Several may pay for the same group."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=160)
    donor = models.ForeignKey(
        Donor, verbose_name=_("donor"), on_delete=models.PROTECT, related_name="projects"
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), related_name="projects", blank=True
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class SupportLine(models.Model):
    """A telephone line that helps, with the date on which somebody last called or confirmed it."""

    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="support_lines"
    )
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("number as dialled"), max_length=30, help_text=_("Digits only: 8009112000"))
    display = models.CharField(_("number as shown"), max_length=30, blank=True)
    description = models.CharField(_("whom it serves"), max_length=160, blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    free = models.BooleanField(_("free of charge"), default=False)
    verified_on = models.DateField(_("last verified on"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    owner = models.CharField(_("who verifies it"), max_length=120, blank=True)
    unverified = models.BooleanField(
        _("still to be verified"), default=False, help_text=_("While ticked, only editors see this line.")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = SupportLineQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldPanel("name"),
                FieldPanel("number"),
                FieldPanel("display"),
                FieldPanel("description"),
                FieldPanel("hours"),
                FieldPanel("free"),
                FieldPanel("position"),
            ],
            heading=_("The line"),
        ),
        MultiFieldPanel(
            [FieldPanel("verified_on"), FieldPanel("source"), FieldPanel("owner"), FieldPanel("unverified")],
            heading=_("Verification"),
        ),
    ]

    class Meta:
        ordering = ["country__position", "position", "name"]
        verbose_name = _("support line")
        verbose_name_plural = _("support lines")
        constraints = [
            models.UniqueConstraint(fields=["country", "number", "name"], name="support_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.display or self.number} {self.name}"


class Pulse(models.Model):
    """The last time that a process beside the site said it was alive."""

    TIMER = "timer"
    NIGHTLY = "nightly"

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M}"


class Palette(models.TextChoices):
    """The colours of actions and links. Each was measured at 7:1 or better in light and dark."""

    TEAL = "teal", _("Green (default)")
    BLUE = "blue", _("Blue")
    PLUM = "plum", _("Plum")


@register_setting(icon="site")
class Identity(BaseSiteSetting):
    """What the site calls itself, whom it belongs to, and where its readers can write."""

    site_name = models.CharField(_("name of the site"), max_length=60, default="Senda")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    place = models.CharField(_("city printed on certificates"), max_length=80, blank=True)
    about = models.CharField(_("one sentence for the foot of every page"), max_length=300, blank=True)
    quick_exit_url = models.URLField(
        _("where «Salir rápido» leads"), default="https://www.google.com/search?q=clima"
    )
    contact_email = models.EmailField(_("contact"), blank=True)
    abuse_email = models.EmailField(_("e-mail for reports of abuse by staff"), blank=True)
    abuse_phone = models.CharField(_("telephone for reports of abuse by staff"), max_length=30, blank=True)
    abuse_readers = models.CharField(_("who reads these reports"), max_length=200, blank=True)
    abuse_answer_time = models.CharField(_("when they are answered"), max_length=120, blank=True)
    abuse_anonymous_url = models.URLField(_("anonymous form"), blank=True)
    safeguarding_email = models.EmailField(
        _("e-mail of the safeguarding contact"),
        blank=True,
        help_text=_(
            "Whoever reads open answers tells this contact of a disclosure: by a reference, never what was written."
        ),
    )
    safeguarding_phone = models.CharField(
        _("telephone of the safeguarding contact"), max_length=30, blank=True
    )
    donate_url = models.URLField(_("donate"), blank=True)
    join_url = models.URLField(_("join"), blank=True)
    subscribe_url = models.URLField(_("subscribe"), blank=True)
    logo = models.ForeignKey(
        "media_library.Picture",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    palette = models.CharField(_("colour"), max_length=8, choices=Palette, default=Palette.TEAL)
    signatory_1_name = models.CharField(_("first signatory"), max_length=120, blank=True)
    signatory_1_role = models.CharField(_("first signatory's post"), max_length=120, blank=True)
    signatory_2_name = models.CharField(_("second signatory"), max_length=120, blank=True)
    signatory_2_role = models.CharField(_("second signatory's post"), max_length=120, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("organisation"),
                FieldPanel("about"),
                FieldPanel("logo"),
                FieldPanel("palette"),
                FieldPanel("place"),
            ],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("abuse_email"),
                FieldPanel("abuse_phone"),
                FieldPanel("abuse_readers"),
                FieldPanel("abuse_answer_time"),
                FieldPanel("abuse_anonymous_url"),
            ],
            heading=_("Reports of abuse by staff"),
        ),
        MultiFieldPanel(
            [FieldPanel("safeguarding_email"), FieldPanel("safeguarding_phone")],
            heading=_("Safeguarding"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("quick_exit_url"),
                FieldPanel("donate_url"),
                FieldPanel("join_url"),
                FieldPanel("subscribe_url"),
            ],
            heading=_("Addresses"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("signatory_1_name"),
                FieldPanel("signatory_1_role"),
                FieldPanel("signatory_2_name"),
                FieldPanel("signatory_2_role"),
            ],
            heading=_("Certificates"),
        ),
    ]

    class Meta:
        verbose_name = _("the organisation")

    def __str__(self) -> str:
        return self.organisation or self.site_name

    @property
    def reports_email(self) -> str:
        """Return the e-mail for reports of abuse by staff; until one is filled in, that of the installation."""
        return self.abuse_email or settings.SENDA_ABUSE_EMAIL

    @property
    def takes_reports(self) -> bool:
        """Say whether there is an address to which abuse by staff can be reported."""
        return bool(self.reports_email or self.abuse_phone)
