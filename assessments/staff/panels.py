"""Keeps the editor's forms of questions and quizzes: fields in the order in which a trainer works.

The models' own words of help say what a field takes; the panels say what is asked of it first, and when it goes live.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from programme.staff.schedule import schedule_panel

# Wagtail adds the days of publication only to forms that it makes itself.
QUESTION: list[Panel] = [
    MultiFieldPanel(
        [FieldPanel(name) for name in ("stem", "kind", "picture", "picture_alt")],
        heading=_("1 · What you ask"),
    ),
    FieldPanel("choices", heading=_("2 · Choices")),
    MultiFieldPanel([FieldPanel("explanation")], heading=_("3 · What the learner takes with her")),
    MultiFieldPanel([FieldPanel("countries"), FieldPanel("routes")], heading=_("4 · Whom it is asked of")),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("objective", "level", "sources", "evidence_status", "tags")],
        heading=_("5 · To trust it and to find it again"),
    ),
    schedule_panel(),
]

QUIZ: list[Panel] = [
    FieldPanel("title", heading=_("1 · Title")),
    MultiFieldPanel([FieldPanel("items"), FieldPanel("draws")], heading=_("2 · Questions")),
    MultiFieldPanel(
        [FieldPanel("pass_mark"), FieldPanel("max_attempts"), FieldPanel("shuffle")],
        heading=_("3 · How it is passed"),
    ),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("time_limit", "opens_at", "closes_at", "feedback")],
        heading=_("4 · When, and what its result tells"),
    ),
    schedule_panel(),
]
