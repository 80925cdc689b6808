"""A delete view that says in words why something stays: what other rows name is kept, and no error 500 says so."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class KeepingDeleteView(DeleteView):
    """Wagtail's own lets the database's refusal through as an uncaught error, or says that one lacks the right."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or say that records name it."""
        # The index of references knows of some records only, and that only once the worker has caught up.
        if self.usage and self.usage.is_protected:
            return self._keep()
        try:
            return super().form_valid(form)
        except (ProtectedError, RestrictedError):
            return self._keep()

    def _keep(self) -> HttpResponse:
        said = _("«%(title)s» stays: records of people or of the programme name it.")
        messages.error(self.request, said % {"title": self.object})
        return redirect(self.get_success_url())
