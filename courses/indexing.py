"""What a page says to the index, which pages a visitor may find there, and how typed words ask it.

The index holds analysed forms alone (`common.spanish`), each of them a bare word, and a question is made of
the same forms: so SQLite and PostgreSQL (with its `simple` configuration) find the same pages. Staff who
search in the admin use Wagtail's autocompletion of titles, which stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.search.query import Or, PlainText, SearchQuery

from common import spanish
from common.marks import refuse_open_marks
from common.text import fold, without_unverified
from courses import marks
from courses.narrowed import is_own_only
from courses.translated import TranslatedPage, synchronised
from programme.staff.schedule import schedule_panel

SPANISH = "es"
LONGEST_TYPED = 200
MOST_WORDS = 12
STEPS_DEEP = 12
# Fields of a page whose text is found, where its type has them. A new kind of text is added here.
TEXT_FIELDS = ("code", "summary", "introduction", "audience", "objectives", "body")

_Rows = TypeVar("_Rows", bound="QuerySet[Any]")


class FormsField(index.SearchField):
    """A field that gives the index the forms of its words, as learners see them: never a marked claim."""

    def get_value(self, obj: Any) -> str:
        """Return the analysed forms, parted by spaces."""
        text = " ".join(seen_pieces(super().get_value(obj)))
        return " ".join(forms(text, language=obj.locale.language_code))


class AnalysedPage(TranslatedPage, Page):
    """A page that is found without regard to accents, number or gender."""

    # A slug of its own would part a translation from the one address that it shares with its source.
    override_translatable_fields = synchronised("slug")
    search_fields = [*Page.search_fields, FormsField("seen_text")]
    settings_panels = [schedule_panel(), *Page.settings_panels[1:]]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a mark of an unverified claim that is not closed, naming the field."""
        super().clean()
        refuse_open_marks(self, marks.judge)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete what was never released; asked before the tree counts its children anew."""
        from courses.retention import keep_released

        keep_released(self)
        return super().delete(*args, **kwargs)

    @classmethod
    def get_search_fields(cls) -> list[Any]:
        """Return the search fields; a plain one, whoever declared it, becomes one of forms."""
        return [
            FormsField(field.field_name, boost=field.boost) if type(field) is index.SearchField else field
            for field in super().get_search_fields()
        ]

    @classmethod
    def get_indexed_objects(cls) -> QuerySet[Any]:
        """Return the pages to index with the locale that their analysis asks for."""
        return super().get_indexed_objects().select_related("locale")

    def seen_text(self) -> str:
        """Return everything that may be found in this page except its title, as learners see it."""
        names = {field.name for field in self._meta.concrete_fields}
        values = (index.SearchField(name).get_value(self) for name in TEXT_FIELDS if name in names)
        return " ".join(piece for value in values for piece in seen_pieces(value))


def seen_pieces(value: Any) -> list[str]:
    """Return a field's text, or its list of texts, without marked claims and without empty pieces."""
    pieces = value if isinstance(value, list) else [value]
    return [seen for piece in pieces if piece and (seen := without_unverified(str(piece)))]


def forms(text: str, *, language: str) -> list[str]:
    """Return the forms under which `text` is indexed: analysed in Spanish, else without accents alone."""
    if language.startswith(SPANISH):
        return spanish.analyse(text)
    return [fold(word) for word in spanish.words(text)]


def tidy(typed: str) -> str:
    """Return what a person typed, or what somebody sent in her name, as a short line of visible characters.

    Null bytes, control characters and marks that turn the direction of writing are dropped, since they would
    pass unseen through a page, a log or an address.
    """
    line = unicodedata.normalize("NFC", typed[: 4 * LONGEST_TYPED])
    kept = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in line)
    return re.sub(r"\s+", " ", kept).strip()[:LONGEST_TYPED].strip()


def asked_forms(typed: str, *, language: str) -> list[list[str]]:
    """Return the readings of `typed`, each a list of forms: as Spanish pages have them, and as `language`."""
    words = list(dict.fromkeys(spanish.words(tidy(typed))))[:MOST_WORDS]
    readings = [spanish.asked(" ".join(words))]
    if language != SPANISH:
        readings.append([fold(word) for word in words])
    return [reading for reading in readings if reading]


def question(typed: str, *, language: str, any_word: bool = False) -> SearchQuery | None:
    """Return the question to the index for `typed`, None when it holds no word to look for.

    All words are asked for; with `any_word` one of them is enough. No sign that a person types is an
    operator.
    """
    readings = asked_forms(typed, language=language)
    lines = [PlainText(" ".join(reading), operator="or" if any_word else "and") for reading in readings]
    if not lines:
        return None
    return lines[0] if len(lines) == 1 else Or(lines)


def weight(page: AnalysedPage, readings: list[list[str]], *, language: str, any_word: bool = False) -> int:
    """Return how well `page`, written in `language`, answers; 0 when it does not. Asks no index.

    For a screen that has all its pages at hand. A word of the title counts four times one of the text.
    """
    title = forms(f"{without_unverified(page.title)} {getattr(page, 'code', '')}", language=language)
    text = forms(page.seen_text(), language=language)
    enough = any if any_word else all
    return max(
        (
            4 * sum(title.count(form) for form in reading) + sum(text.count(form) for form in reading)
            for reading in readings
            if enough(form in title or form in text for form in reading)
        ),
        default=0,
    )


def within_reach(pages: PageQuerySet) -> PageQuerySet:
    """Keep the pages that every visitor may find: live, open, of a course in force, and so is all above.

    Wagtail leaves the lessons of an unpublished course live; here they are gone with it. So are those that only the
    people of some countries may know of.
    """
    steps = [Substr(OuterRef("path"), 1, Page.steplen * count) for count in range(1, STEPS_DEEP + 1)]
    shut = (
        Q(live=False) | Q(view_restrictions__isnull=False) | Q(coursepage__course__retired_at__isnull=False)
    )
    above = Page.objects.filter(shut, path__in=steps)
    # A search is asked by everybody: what the others must not see is found by nobody.
    return pages.filter(live=True, depth__lte=STEPS_DEEP).exclude(Exists(above)).exclude(is_own_only())


def in_language(pages: _Rows, language: str) -> _Rows:
    """Keep the pages in `language`, and the Spanish ones that have no live translation into it.

    A translation is found where its source is: withdrawing the source withdraws it too.
    """
    own = Q(locale__language_code=language)
    if language == SPANISH:
        return pages.filter(own)
    twins = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True)
    translated = twins.filter(locale__language_code=language)
    source = within_reach(twins.filter(locale__language_code=SPANISH))
    return pages.filter(own & Exists(source) | Q(locale__language_code=SPANISH) & ~Exists(translated))
