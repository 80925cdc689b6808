"""The words for what deserves a look in the analysis of a quiz, and for why a bad question is not marked otherwise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assessments.items import Hint
from assessments.regrading import Reason

HINTS = {
    Hint.EASY: _(
        "Nearly everybody knew it: it tells nobody apart. That is right for what nobody may get wrong."
    ),
    Hint.HARD: _("Fewer than three of ten points were reached: is it taught, and is the key right?"),
    Hint.NEGATIVE: _("Who knew the rest got this wrong: look at the key and at the words first."),
    Hint.WEAK: _("It hardly goes with the rest of the quiz: it may ask of something else, or be unclear."),
    Hint.SAME: _("Everybody reached the same in it, or in the rest: nothing can be said."),
    Hint.UNCHOSEN: _("A wrong choice that nobody takes helps nobody: write one that is likely."),
    Hint.RIVAL: _("A wrong choice was taken more often than the right one: look at the key."),
}
NOT_REGRADED = {
    Reason.NOT_ASKED: _("This question was not asked so."),
    Reason.NO_REASON: _("Write why."),
    Reason.NO_ANSWER: _("Say which answer is accepted too: one that was wrong so far."),
    Reason.NOT_ACCEPTING: _("Of this type no other answer can be named: give the point, or do not count it."),
    Reason.ONLY_QUESTION: _("It is the only question of the quiz: give everybody its point instead."),
    Reason.ALREADY: _("This was done already."),
}
