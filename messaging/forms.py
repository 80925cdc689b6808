"""The form of a message: to whom, about which session, and a text for each language that its readers have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.models import Session
from messaging.frames import Text
from messaging.models import Kind, To
from messaging.queries import named, say_session, upcoming
from messaging.words import REFUSALS
from messaging.writing import Reason

if TYPE_CHECKING:
    from learning.models import Cohort

LONGEST = 5000


class MessageForm(forms.Form):
    """A message. `languages`: the first is the writer's; one text at least is whole, and none is half."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=gettext_lazy("To whom"),
        choices=[(To.COHORT, To.COHORT.label), (To.UNFINISHED, To.UNFINISHED.label)],
        widget=forms.RadioSelect,
        initial=To.COHORT,
    )
    session = forms.ModelChoiceField(
        label=gettext_lazy("About a session"),
        queryset=Session.objects.none(),
        required=False,
        to_field_name="key",
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Day, hour, place and a calendar file go with the message."),
    )

    def __init__(
        self, *args: Any, cohort: Cohort, languages: tuple[str, ...], one: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        if one:
            del self.fields["to"]
        session: Any = self.fields["session"]
        session.queryset = cohort.sessions.filter(pk__in=[row.pk for row in upcoming(cohort)])
        session.label_from_instance = say_session
        for number, code in enumerate(languages):
            self._add(code, needed=number == 0 and len(languages) == 1)

    def _add(self, code: str, *, needed: bool) -> None:
        several = len(self.languages) > 1
        mark = f" ({named(code)})" if several else ""
        self.fields[f"subject_{code}"] = forms.CharField(
            label=_("Subject") + mark, max_length=150, required=needed
        )
        self.fields[f"body_{code}"] = forms.CharField(
            label=_("Message") + mark,
            max_length=LONGEST,
            required=needed,
            widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for one whole text, and for the other half of one that is half."""
        data = super().clean() or {}
        for code in self.languages:
            for mine, other in (("subject", "body"), ("body", "subject")):
                name = f"{mine}_{code}"
                if data.get(f"{other}_{code}") and not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Write this too, or leave both empty."))
        if not self.errors and not self.texts(data):
            self.add_error(None, str(REFUSALS[Reason.NO_TEXT]))
        return data

    def texts(self, data: dict[str, Any]) -> list[Text]:
        """Return what was written, the writer's own language first."""
        found = [
            Text(code, data.get(f"subject_{code}", ""), data.get(f"body_{code}", ""))
            for code in self.languages
        ]
        return [text for text in found if text.subject and text.body]


class NoticesForm(forms.Form):
    """What a person wants to be written to about."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Write to me about"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
