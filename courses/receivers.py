"""Hears what trainers do to pages and snippets, and asks `versions.propose` once the database has it."""

import functools
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move, unpublished
from wagtail_localize.models import Translation, TranslationSource

from assessments.events import quiz_frozen
from assessments.models import Quiz
from courses.carrying import carry_scopes
from courses.events import version_published
from courses.indexing import AnalysedPage
from courses.models import Course, CoursePage, CourseVersion, GlossaryTerm, Source, Topic
from courses.retention import keep_released
from courses.services import follow_page, propose_for_page, propose_for_quiz
from courses.teams import ensure_team
from media_library.models import Handout, Picture, Recording
from programme.remembered import forget_after_commit

# What lessons show of things that are kept elsewhere, and what decides whether a page is shown at all.
SHOWN = (
    *(GlossaryTerm, Source, Topic, Recording, Picture, Handout),
    *(Course, CourseVersion, Translation, TranslationSource, PageViewRestriction),
)
for _model in SHOWN:
    post_save.connect(forget_after_commit, sender=_model)
    post_delete.connect(forget_after_commit, sender=_model)


@receiver([page_published, page_unpublished, post_page_move, version_published])
def something_changed(sender: type, **kwargs: Any) -> None:
    """Forget what was remembered of the pages as they stood."""
    forget_after_commit()


@receiver(post_save)
def page_saved(sender: type, update_fields: Any = None, **kwargs: Any) -> None:
    """Forget when a page was saved past its publication; a draft, which nobody reads, saves named fields only."""
    if issubclass(sender, Page) and update_fields is None:
        forget_after_commit()


@receiver(pre_delete, sender=Page)
def page_going(sender: type, instance: Page, **kwargs: Any) -> None:
    """Keep what was released: this is the last door, behind every way to delete a page, queries included."""
    keep_released(instance)


@receiver(post_delete)
def page_deleted(sender: type, **kwargs: Any) -> None:
    """Forget a page that is gone."""
    if issubclass(sender, Page):
        forget_after_commit()


@receiver(page_published)
def page_came(sender: type, instance: Any, **kwargs: Any) -> None:
    """Look again at the course of a page that was published."""
    transaction.on_commit(lambda: propose_for_page(page=instance, page_published=True))


@receiver(page_published)
def page_went_live(sender: type, instance: Any, **kwargs: Any) -> None:
    """Let its translations be read by the same people, before anybody asks for them."""
    if issubclass(sender, AnalysedPage):
        carry_scopes(instance)


@receiver(page_unpublished)
def page_went(sender: type, instance: Any, **kwargs: Any) -> None:
    """Look again at the course of a page that was unpublished."""
    transaction.on_commit(lambda: propose_for_page(page=instance))


@receiver(page_published, sender=CoursePage)
@receiver(page_unpublished, sender=CoursePage)
def course_changed(sender: type, instance: CoursePage, **kwargs: Any) -> None:
    """Let the record know whether the course is open and how much care it needs."""
    follow_page(page=instance)


@receiver(post_save, sender=CoursePage)
def course_written(sender: type, instance: CoursePage, created: bool, **kwargs: Any) -> None:
    """Give a new course its team, and the team its rights on a new translation, before anybody opens the page."""
    if created and not kwargs.get("raw"):
        ensure_team(course=instance.record)


@receiver(post_page_move)
def page_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    """Look again after a move: reordering lessons publishes nothing."""
    for parent in (kwargs["parent_page_before"], kwargs["parent_page_after"]):
        transaction.on_commit(functools.partial(propose_for_page, page=parent))


@receiver(quiz_frozen)
def quiz_changed(sender: type, quiz_key: Any, **kwargs: Any) -> None:
    """Look again at the courses that ask a quiz whose questions or pass mark changed."""
    propose_for_quiz(quiz_key=quiz_key)


@receiver(unpublished, sender=Quiz)
def quiz_went(sender: type, instance: Quiz, **kwargs: Any) -> None:
    """Look again at the courses whose quiz was unpublished, or expired: nothing is frozen then."""
    transaction.on_commit(lambda: propose_for_quiz(quiz_key=instance.translation_key))
