"""Keeps the editor's forms of course pages: fields in the order in which a trainer works, each with what to write.

What it is, for whom, what stands in it, what it takes, on what it rests, where it is found. The words of help stand on
the panels and not on the fields, so that a better example is no migration.
"""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel, TitleFieldPanel

from common.widgets import NarrowedCheckboxes


def course_panels() -> list[Panel]:
    """Return the form of a course."""
    return [
        _group(_("1 · What it is"), _course_is(), name="what"),
        _group(_("2 · For whom"), _course_for(), name="whom"),
        _group(_("3 · What it takes to finish"), _course_takes(), name="takes"),
        _group(_("4 · Care for the reader"), _course_care(), name="care"),
        _group(_("5 · Evidence and review"), _course_evidence(), name="evidence"),
        _group(_("6 · In the catalogue"), _course_found(), name="catalogue"),
    ]


def _group(heading: Any, panels: list[Panel], *, name: str) -> MultiFieldPanel:
    return MultiFieldPanel(panels, heading=heading, attrs={"id": f"grupo-{name}"})


def _course_is() -> list[Panel]:
    return [
        TitleFieldPanel(
            "title",
            help_text=_(
                "Required. What people look for, without the code: «Primeros auxilios psicológicos con personas "
                "en movilidad»."
            ),
        ),
        FieldPanel(
            "code",
            help_text=_(
                "Required before you publish. Letters and a number, such as PAP-01. It stays for ever: it is printed "
                "on certificates."
            ),
        ),
        FieldPanel(
            "summary",
            help_text=_(
                "Required. One or two sentences: what somebody can do afterwards. «Aprendes a acercarte, escuchar y "
                "conectar a alguien con la ayuda que necesita»."
            ),
        ),
        FieldPanel(
            "objectives",
            help_text=_(
                "Three to five, each with a verb that can be seen: «Identificar tres señales de que hay que referir». "
                "«Comprender» and «conocer» cannot be measured."
            ),
        ),
    ]


def _course_for() -> list[Panel]:
    return [
        FieldPanel(
            "audience",
            help_text=_(
                "One line for each group: «Personal de enfermería de primer nivel», «Voluntariado de albergues»."
            ),
        ),
        FieldPanel("level", help_text=_("Basic: nobody needs to know anything before.")),
        FieldPanel(
            "countries",
            widget=CheckboxSelectMultiple,
            help_text=_("In which countries of work it is offered. None chosen: in all."),
        ),
    ]


def _course_takes() -> list[Panel]:
    return [
        FieldPanel(
            "workshop_minutes",
            help_text=_(
                "Only if the whole course can be taken in the room: 480 for a day of eight hours. Otherwise 0."
            ),
        ),
        FieldPanel(
            "blended_minutes",
            help_text=_("Only if there is a workshop beside the lessons: 240 for a morning. Otherwise 0."),
        ),
        FieldPanel(
            "attendance_share",
            help_text=_("How much of the workshop that was held somebody must attend: 80."),
        ),
        FieldPanel(
            "validity_months",
            help_text=_("24 for two years. Empty: the certificate does not expire."),
        ),
    ]


def _course_care() -> list[Panel]:
    return [
        FieldPanel(
            "sensitive",
            help_text=_(
                "Tick it when the mere name could put somebody at risk, or when a lesson may stir what she lived."
            ),
        ),
        FieldPanel(
            "neutral_name",
            help_text=_(
                "Write it if the course is sensitive: what stands in messages and on shared screens, «Módulo de apoyo "
                "1». Left empty, messages say «your course»."
            ),
        ),
        FieldPanel(
            "content_note",
            help_text=_(
                "What comes up, without detail, and that one may skip: «Hay escenas de pérdida. Puedes saltarlas»."
            ),
        ),
    ]


def _course_evidence() -> list[Panel]:
    return [
        FieldPanel(
            "sources",
            widget=NarrowedCheckboxes,
            help_text=_("The documents on which the whole course rests. Write a new one under «Sources»."),
        ),
        FieldPanel("evidence_status", help_text=_("What the reader is told about how far this was checked.")),
        FieldPanel(
            "review_owner", help_text=_("A person or a post: «Coordinación de salud mental, El Salvador».")
        ),
        FieldPanel(
            "review_date", help_text=_("The day on which somebody last read all of it against its sources.")
        ),
        FieldPanel(
            "next_review_date",
            help_text=_("At the latest two years later; laws and telephone numbers, one year."),
        ),
        FieldPanel("credits", help_text=_("Who wrote, illustrated, recorded and reviewed, one a line.")),
    ]


def _course_found() -> list[Panel]:
    return [
        FieldPanel("topics", help_text=_("One to three, by which people filter the catalogue.")),
        FieldPanel(
            "cover", help_text=_("A calm drawing or place; no person who suffers. 1200 × 800 is enough.")
        ),
    ]


def module_panels() -> list[Panel]:
    """Return the form of a module."""
    return [
        TitleFieldPanel(
            "title", help_text=_("Required. A stretch of the path in one to five words: «Escuchar».")
        ),
        FieldPanel("summary", help_text=_("One sentence: what this stretch is for.")),
    ]


def lesson_panels() -> list[Panel]:
    """Return the form of a lesson."""
    return [
        _group(
            _("1 · What it is"),
            [
                TitleFieldPanel(
                    "title", help_text=_("Required. What one can do after it: «Acercarte y presentarte».")
                ),
                FieldPanel("summary", help_text=_("One sentence that stands in the outline of the course.")),
            ],
            name="what",
        ),
        FieldPanel(
            "body",
            heading=_("2 · Content"),
            help_text=_(
                "600 to 1,200 words. Begin with a scene, end with something to do. A claim without a source is written "
                "[[por verificar: …]] and stays hidden from learners."
            ),
        ),
        _group(_("3 · What it takes"), _lesson_takes(), name="takes"),
        _group(_("4 · Evidence and review"), _lesson_evidence(), name="evidence"),
    ]


def _scope() -> list[Panel]:
    """Return whom an activity is asked of, and what it is to the others."""
    return [
        FieldPanel(
            "countries",
            widget=CheckboxSelectMultiple,
            help_text=_("Choose only if people of other countries are not asked it."),
        ),
        FieldPanel(
            "routes",
            widget=CheckboxSelectMultiple,
            help_text=_("Choose only if it is asked of institutions of some stages of the route."),
        ),
        FieldPanel(
            "others", help_text=_("Where you chose countries or stages: may people of the others read it?")
        ),
    ]


def _lesson_takes() -> list[Panel]:
    return [
        FieldPanel("required", help_text=_("Only required activities count for the certificate.")),
        *_scope(),
        FieldPanel(
            "is_case",
            help_text=_("Tick it for a story with decisions: each check then counts four minutes, not two."),
        ),
        FieldPanel(
            "skippable",
            help_text=_("Tick it if it may stir what somebody lived. Skipping costs nobody anything."),
        ),
        FieldPanel(
            "equivalent",
            help_text=_(
                "Required if it may be skipped. Something of equal worth to do alone: «Escribe a quién llamarías»."
            ),
        ),
    ]


def _lesson_evidence() -> list[Panel]:
    return [
        FieldPanel(
            "sources",
            widget=NarrowedCheckboxes,
            help_text=_("From which documents its facts come. Learners read them at its end."),
        ),
        FieldPanel("review_date", help_text=_("The day on which somebody last read it against its sources.")),
    ]


def quiz_page_panels() -> list[Panel]:
    """Return the form of a quiz's place on the path."""
    return [
        _group(
            _("1 · What it is"),
            [
                TitleFieldPanel("title", help_text=_("Required. «Prueba final» is enough.")),
                FieldPanel("summary", help_text=_("One sentence that stands in the outline of the course.")),
                FieldPanel(
                    "introduction",
                    help_text=_("What it asks, how often one may try, and that there is no time limit."),
                ),
            ],
            name="what",
        ),
        FieldPanel(
            "quiz",
            heading=_("2 · Which quiz it asks"),
            help_text=_(
                "Required before it counts. Write questions and quiz under «Quizzes and questions», publish both, and "
                "choose the quiz here."
            ),
        ),
        _group(
            _("3 · What it takes"),
            [
                FieldPanel("required", help_text=_("Only required activities count for the certificate.")),
                FieldPanel("moment"),
                *_scope(),
            ],
            name="takes",
        ),
    ]
