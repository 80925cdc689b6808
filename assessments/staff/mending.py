"""The trainer's screen for a bad question: what is done about it, whom it changes, and what was done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from assessments import regrading
from assessments.choices import RegradeWay
from assessments.content import QuestionContent
from assessments.models import Attempt, Quiz, QuizVersion
from assessments.regrading import ACCEPTING, Foreseen, NotRegraded
from assessments.wording_of_items import NOT_REGRADED
from common.text import without_unverified

if TYPE_CHECKING:
    from accounts.models import User


class RegradeForm(forms.Form):
    """What is done about one question, and why."""

    way = forms.ChoiceField(
        label=gettext_lazy("What is done"), choices=RegradeWay.choices, widget=forms.RadioSelect
    )
    accepted = forms.CharField(
        label=gettext_lazy("The answer that is accepted too"), required=False, max_length=200
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who reads the quiz in the admin reads it; learners do not."),
    )

    def __init__(self, *args: Any, question: QuestionContent, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = cast("forms.ChoiceField", self.fields["way"])
        if question.kind not in ACCEPTING:
            del self.fields["accepted"]
            way.choices = [each for each in RegradeWay.choices if each[0] != RegradeWay.ACCEPT]
        elif question.is_chosen:
            wrong = [choice for choice in question.choices if not choice.correct]
            words = [
                (choice.key, choice.texts.get(language) or next(iter(choice.texts.values())))
                for choice in wrong
            ]
            self.fields["accepted"].widget = forms.Select(choices=[("", _("— choose —")), *words])


@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """List the questions of a quiz as they were asked; of one, say what is done about it, look, and do it."""
    quiz = get_object_or_404(Quiz, pk=pk)
    language = (get_language() or "es")[:2]
    version = _version(quiz)
    context = {
        **_heads(quiz),
        "questions": _questions(version, language),
        "kept": _kept(quiz, language),
        "number": version.number if version else None,
    }
    key = request.GET.get("question", "")
    if not key:
        return render(request, "assessments/staff/mend.html", context)
    question = _question(version, key)
    if version is None or question is None:
        raise Http404
    form = RegradeForm(
        request.POST if request.method == "POST" else None, question=question, language=language
    )
    context |= {"form": form, "question": question, "stem": _words(question.asked, language)}
    if request.method == "POST" and form.is_valid():
        found = _look(form, version, question)
        if found is not None and "do" in request.POST and _do(request, form, version, question, quiz):
            return redirect("wagtailsnippets_assessments_quiz:mend", pk)
        context["foreseen"] = found
    return render(request, "assessments/staff/mend.html", context, status=400 if form.errors else 200)


def _version(quiz: Quiz) -> QuizVersion | None:
    """Return the newest version that anybody was asked, or the newest at all."""
    rows = QuizVersion.objects.of_quiz(quiz.translation_key)
    asked = rows.filter(pk__in=Attempt.objects.filter(quiz_key=quiz.translation_key).values("version"))
    found: QuizVersion | None = asked.first() or rows.first()
    return found


def _question(version: QuizVersion | None, key: str) -> QuestionContent | None:
    return next((each for each in version.quiz.questions if str(each.key) == key), None) if version else None


def _words(texts: Any, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _questions(version: QuizVersion | None, language: str) -> list[tuple[UUID, str]]:
    return [(each.key, _words(each.asked, language)) for each in version.quiz.questions] if version else []


def _kept(quiz: Quiz, language: str) -> list[dict[str, Any]]:
    """Return what was done before, in words."""
    found = []
    for row in regrading.kept_of([quiz.translation_key]):
        question = _question(row.version, str(row.question_key))
        accepted = row.accepted
        if question is not None and question.is_chosen:
            texts = next((choice.texts for choice in question.choices if choice.key == row.accepted), {})
            accepted = _words(texts, language)
        stem = _words(question.asked, language) if question else ""
        found.append({"row": row, "stem": stem, "accepted": accepted})
    return found


def _look(form: RegradeForm, version: QuizVersion, question: QuestionContent) -> Foreseen | None:
    said = form.cleaned_data
    try:
        return regrading.foresee(
            version=version, question=question.key, way=said["way"], accepted=said.get("accepted", "")
        )
    except NotRegraded as refused:
        form.add_error(None, str(NOT_REGRADED[refused.reason]))
        return None


def _do(
    request: HttpRequest, form: RegradeForm, version: QuizVersion, question: QuestionContent, quiz: Quiz
) -> bool:
    said, user = form.cleaned_data, cast("User", request.user)
    try:
        made = regrading.regrade(
            version=version,
            question=question.key,
            way=said["way"],
            accepted=said.get("accepted", ""),
            reason=said["reason"],
            by=user.person,
        )
    except NotRegraded as refused:
        form.add_error(None, str(NOT_REGRADED[refused.reason]))
        return False
    log(
        instance=quiz,
        action="senda.regrade",
        user=user,
        data={"question": str(question.key), "way": made.way},
    )
    messages.success(request, _("Done. The attempts are being marked anew."))
    return True


def _heads(quiz: Quiz) -> dict[str, Any]:
    title = _("A bad question: %(quiz)s") % {"quiz": without_unverified(quiz.title)}
    return {
        "quiz": quiz,
        "header_title": title,
        "page_title": title,
        "header_icon": "list-ol",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailsnippets_assessments_quiz:list"), "label": _("Quizzes")},
            {"url": "", "label": title},
        ],
    }
