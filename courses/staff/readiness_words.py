"""Says the rule of readiness in words: each check, each state, each reason. One wording, in one table."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.readiness import Check, Reason, State

CHECKS: dict[Check, Promise] = {
    Check.CODE: _("Code"),
    Check.SUMMARY: _("What it gives"),
    Check.OBJECTIVES: _("Objectives"),
    Check.AUDIENCE: _("For whom"),
    Check.LESSONS: _("Lessons"),
    Check.LENGTH: _("Length of the lessons"),
    Check.QUIZ: _("Quiz"),
    Check.QUESTIONS: _("Questions"),
    Check.PICTURES: _("Words for the pictures"),
    Check.RECORDINGS: _("Transcripts"),
    Check.CARE: _("Care for the reader"),
    Check.SOURCES: _("Sources"),
    Check.REVIEW: _("Review"),
    Check.CLAIMS: _("Claims to be verified"),
    Check.PUBLISHED: _("Publication"),
}

STATES: dict[State, Promise] = {
    State.MISSING: _("Missing here"),
    State.LOOK: _("Worth a look"),
    State.DONE: _("In order"),
}

REASONS: dict[Reason, Promise] = {
    Reason.NO_CODE: _(
        "The course has no code. Without one it is not published: it is the only thing that is refused."
    ),
    Reason.NO_SUMMARY: _("Nothing says what somebody can do afterwards."),
    Reason.NO_OBJECTIVE: _("There is no objective yet. Write three to five."),
    Reason.VAGUE_OBJECTIVE: _(
        "This begins with a verb that nobody can see somebody do. Try «identify», «name», «do»."
    ),
    Reason.MANY_OBJECTIVES: _("There are more than five objectives: perhaps these are two courses."),
    Reason.NO_AUDIENCE: _("Nothing says for whom it is."),
    Reason.NO_LESSON: _("There is no lesson yet. Add a module below the course, and a lesson in it."),
    Reason.EMPTY_LESSON: _("There is nothing to read or do in it, so that it counts no minutes."),
    Reason.SHORT_LESSON: _("It has fewer than 600 words. That is right if there is much to do in it."),
    Reason.LONG_LESSON: _("It has more than 1,200 words. Perhaps these are two lessons."),
    Reason.NO_QUIZ: _("There is no quiz. The course is then completed by reading alone."),
    Reason.QUIZ_NOT_CHOSEN: _("This page asks no quiz yet: choose one."),
    Reason.PAIR_INCOMPLETE: _(
        "A test before the course and one after it make a pair: there must be one of each, and no more."
    ),
    Reason.PAIR_SHORT: _(
        "A test of a pair asks at least eight questions: with fewer, chance says what was learned."
    ),
    Reason.PAIR_OBJECTIVES: _(
        "The two tests do not ask of the same objectives, so that nothing can be compared. Look at the objective of "
        "each question."
    ),
    Reason.QUIZ_NOT_PUBLISHED: _("The quiz is not published, so that nobody is asked it."),
    Reason.QUIZ_ASKS_NOTHING: _("No question of the quiz can be asked. Publish its questions."),
    Reason.QUESTION_LEFT_OUT: _("The quiz leaves a question out:"),
    Reason.NO_EXPLANATION: _("The question has no explanation: whoever fails learns nothing from it."),
    Reason.PICTURE_WITHOUT_WORDS: _("A picture says nothing to who cannot see it."),
    Reason.NO_TRANSCRIPT: _("The recording has no transcript."),
    Reason.NO_NEUTRAL_NAME: _("The course is sensitive and has no neutral name for messages."),
    Reason.NO_CONTENT_NOTE: _("The course is sensitive and has no content note."),
    Reason.NO_EQUIVALENT: _("The lesson may be skipped and offers nothing in its place."),
    Reason.NO_SOURCE: _("Neither the course nor any lesson names a source."),
    Reason.LESSON_WITHOUT_SOURCE: _("The lesson names no source of its own."),
    Reason.NO_OWNER: _("Nothing says who reviews it."),
    Reason.NEVER_REVIEWED: _("Nobody has noted when it was last reviewed."),
    Reason.NO_NEXT_REVIEW: _("Nothing says when it is reviewed next."),
    Reason.REVIEW_PAST: _("The day of the next review is past."),
    Reason.CLAIM: _("Somebody still has to verify this. Until then learners do not see it."),
    Reason.NOTHING_PUBLISHED: _("None of its lessons is published yet. Publish them first, the course last."),
    Reason.NO_MODULE_PUBLISHED: _(
        "No module is published, so that nobody reaches the lessons, which are. Publish the module."
    ),
    Reason.NOT_PUBLISHED: _("It is not published, so that learners are not asked it."),
    Reason.DRAFT_CHANGES: _("It has changes that are not published."),
    Reason.COURSE_NOT_PUBLISHED: _(
        "The course's own page is not published: nobody can enrol. Publish it last."
    ),
}
