"""The words for what becomes of a question that comes from another program, or of a whole file."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.exchange.items import Why

WORDS: Mapping[Why, Promise] = {
    Why.FORMATTING: _("Bold, lists, tables or headings were taken off: a question is plain text."),
    Why.PICTURES: _("Only the first picture of the question was kept, and none of its choices."),
    Why.NO_ALT: _("The picture has no alternative text: write what it shows."),
    Why.PARTIAL: _("Answers that gave a part of the points give none."),
    Why.SEVERAL_RULE: _("Each right choice counts the same, and each wrong one takes as much away."),
    Why.GRADE: _("The question is worth one point, as all are."),
    Why.WILDCARD: _("An answer with a star, for whatever else is written, was left out."),
    Why.CASE: _("Capitals do not matter here."),
    Why.UNITS: _("The units were left out: a number alone is asked."),
    Why.COMMON_FEEDBACK: _("What was said to all who were right, or wrong, was left out."),
    Why.HINTS: _("The hints between tries were left out."),
    Why.GRADING: _("What is followed by the right next one counts."),
    Why.GAP_WEIGHTS: _("Each gap counts the same."),
    Why.GAP_FEEDBACK: _("What was said of single answers of a gap was left out."),
    Why.GAP_TOLERANCE: _("Numbers in gaps have no tolerance."),
    Why.GAPS_CHOSEN: _("The gaps are matched with what fills them, all from one list."),
    Why.NO_RUBRIC: _("It has no criteria: there is one for all of it now. Write them before you publish it."),
    Why.PROCESSING: _("Its own rule of marking was left out: it is marked by the rule of this site."),
    Why.SHAPE: _("A place that is no rectangle or circle became the rectangle around it."),
    Why.ALREADY: _("It is in the bank already, word by word: it was not added again."),
    Why.PLACES_DRAGGED: _("There, names are dragged to their places; here, one place is asked for."),
    Why.FEEDBACK_LOST: _("What is said of single choices was left out: the format has no place for it."),
    Why.RUBRIC_LOST: _("The criteria were left out: the format has no place for them."),
    Why.UNKNOWN_TYPE: _("There is no such type of question here."),
    Why.NO_QUESTION: _("It asks nothing."),
    Why.BROKEN: _("It is not whole: something of it is missing or stands in the wrong place."),
    Why.NO_KEY: _("It does not say which answer is right."),
    Why.MIXED_GAPS: _("Some gaps are typed and others chosen: here all are of one kind."),
    Why.BAD_PICTURE: _("Its picture cannot be taken."),
    Why.SEVERAL_TASKS: _("It asks for several things at once: make a question of each."),
    Why.NOT_ALLOWED: _("It cannot be asked as it stands:"),
    Why.NOT_HELD: _("The format has no such type of question."),
    Why.TOO_LARGE: _("The file is larger than 20 MB. Divide it, or make its pictures smaller."),
    Why.TOO_MANY: _("The file holds more than 2,000 questions. Divide it."),
    Why.ENCODING: _("The letters of the file cannot be read. Save it as UTF-8."),
    Why.NO_XML: _("The file is no whole XML. Export it anew."),
    Why.ENTITIES: _("The file declares a document type or entities. Export it without them."),
    Why.OTHER_FORMAT: _("The file is of another format than was said."),
    Why.NO_PACKAGE: _("The file is no package with a list of its contents (imsmanifest.xml), and no item."),
    Why.SWELLS: _("The package unpacks to more than 60 MB, or leads outside itself. Make it anew."),
    Why.EMPTY: _("No question stands in the file."),
}


def say(why: Why, detail: str = "") -> str:
    """Return why in the reader's words."""
    return f"{WORDS[why]} {detail}".strip()
