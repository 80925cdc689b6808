"""Says what our middleware and the sign-in guard add to a request, for views that stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from accounts.models import Person, User


class SignedRequest(HttpRequest):
    """A request of somebody signed in: behind `login_required`, or anywhere in the Wagtail admin.

    A name for what views may count on; no request is ever made of this class.
    """

    user: User
    person: Person
