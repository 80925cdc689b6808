"""Keeps what lessons share: glossary terms, sources, topics."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from common.marks import refuse_open_marks
from courses import marks
from media_library.belonging import Belonging


class GlossaryTerm(
    Belonging, PreviewableMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model
):
    """A word of the field and what it means here."""

    slug = models.SlugField(max_length=60)
    term = models.CharField(_("term"), max_length=120)
    definition = RichTextField(_("definition"), features=["bold", "italic", "link"])

    search_fields = [
        *Belonging.search_fields,
        index.SearchField("term"),
        index.AutocompleteField("term"),
    ]
    override_translatable_fields = [SynchronizedField("collection", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        ordering = ["term"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Refuse a mark of an unverified claim that is not closed, naming the field."""
        super().clean()
        refuse_open_marks(self, marks.judge)


class Source(Belonging, RevisionMixin, index.Indexed, models.Model):
    """A document from which a lesson takes its facts."""

    key = models.CharField(_("key"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    year = models.CharField(_("year"), max_length=20, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    url = models.URLField(_("address"), max_length=400, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    search_fields = [
        *Belonging.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.AutocompleteField("key"),
    ]

    class Meta:
        ordering = ["key"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.key} · {self.title}"

    def clean(self) -> None:
        """Refuse a mark of an unverified claim that is not closed, naming the field."""
        super().clean()
        refuse_open_marks(self, marks.judge)


class Topic(models.Model):
    """A subject by which the catalogue is filtered."""

    slug = models.SlugField(max_length=60, unique=True)
    name_es = models.CharField(_("name in Spanish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)

    class Meta:
        ordering = ["name_es"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        language = (get_language() or "es")[:2]
        return getattr(self, f"name_{language}", "") or self.name_es
