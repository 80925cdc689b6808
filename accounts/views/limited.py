"""Answers politely when somebody tries too often: the form again, with what was typed, and when to come back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import limits, notices

if TYPE_CHECKING:
    from django.views.generic import FormView
else:
    # At run time a plain mixin: the view comes from allauth or Django.
    FormView = object

SECRET_FIELDS = {"password", "password1", "oldpassword", "secret", "csrfmiddlewaretoken", "code"}


def typed(request: HttpRequest) -> dict[str, str]:
    """Return what was typed, without secrets."""
    return {name: str(value) for name, value in request.POST.items() if name not in SECRET_FIELDS}


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429 for allauth's own limits; `handler429` of lms.urls points here."""
    context = {"typed": typed(request), "again": request.path}
    response = render(request, "accounts/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    # What the page says: ten minutes.
    response["Retry-After"] = str(10 * 60)
    return response


def status_of(form: BaseForm) -> HTTPStatus:
    """Return 429 for a form refused because of too many guesses, 400 for any other refused form."""
    return HTTPStatus.TOO_MANY_REQUESTS if _guessed(form) else HTTPStatus.BAD_REQUEST


def _guessed(form: BaseForm) -> ValidationError | None:
    errors = [error for field in form.errors.as_data().values() for error in field]
    return next((error for error in errors if error.code == "too_many_guesses"), None)


def _wait_of(form: BaseForm) -> limits.TooMany | None:
    """Return until when the account that `form` guesses at is locked."""
    return getattr(_guessed(form), "refusal", None)


class PoliteFormMixin(FormView):
    """A form view that says 4xx with the form, counts attempts by address, and keeps what was typed."""

    wide_limit: limits.Limit | None = None
    _cached_form: BaseForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count, then go on as usual."""
        try:
            if self.wide_limit:
                limits.count(self.wide_limit, limits.address_of(request))
        except limits.TooMany as refusal:
            return self.too_many(refusal)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form with its errors; a refused form is a 4xx."""
        response = self.render_to_response(self.get_context_data(form=form), status=status_of(form))
        if refusal := _wait_of(form):
            response["Retry-After"] = str(refusal.minutes * 60)
        return response

    def too_many(self, refusal: limits.TooMany) -> HttpResponse:
        """Show the form as it was typed and say when to try again."""
        kwargs = self.get_form_kwargs()
        kwargs["initial"] = {**kwargs.get("initial", {}), **typed(self.request)}
        kwargs.pop("data", None)
        kwargs.pop("files", None)
        self._cached_form = self.get_form_class()(**kwargs)
        context = self.get_context_data(form=self._cached_form, wait=notices.wait(refusal.minutes))
        response = self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(refusal.minutes * 60)
        return response
