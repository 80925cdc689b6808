"""What a page says to the index: besides its words, the words folded for a search without accents or endings."""

from wagtail.models import Page


class AnalysedPage(Page):
    """A page that is found without regard to accents, number or gender."""

    class Meta:
        abstract = True
