"""Says in the reader's language what Wagtail and wagtail-localize write in English, whatever she reads.

Most of their words are translated in `locale/wagtail/`. These are not texts of gettext there: dates that Python writes
with the names of English months, labels made from the name of a field, and a title put together in a script.
"""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.sites.views import IndexView
from wagtail_localize import models
from wagtail_localize.views import edit_translation

# Read alike in Spanish, French and English; `strftime` knows no other month names than those of the server.
DAY = "%d/%m/%Y"
SITES = {"port": _("Port"), "site_name": _("Name of the site"), "root_page": _("Front page")}


def install() -> None:
    """Put our words in the place of theirs."""
    models.DATE_FORMAT = edit_translation.DATE_FORMAT = DAY
    IndexView.columns = [_named(column) for column in IndexView.columns]


def _named(column: Column) -> Column:
    column.label = SITES.get(column.name, column.label)
    return column


@hooks.register("insert_editor_js")
def words_of_the_translation_editor() -> SafeString:
    """Bring the file that translates the title of its list."""
    return format_html('<script src="{}"></script>', static("js/localize-words.js"))
