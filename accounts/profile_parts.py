"""The registry by which upper rooms add their own fields to a profile (`institutions` adds where a person works)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Field

from accounts.models import Person


def _nothing(person: Person) -> list[str]:
    return []


@dataclass(frozen=True)
class ProfilePart:
    """Fields of an upper room. `fields(person)` makes them with their initial values; `save` takes their answers.

    `save(person=…, answers={field name: cleaned value})` is called within the profile's own transaction.
    `notes` says, above the form, what the room has to tell her.
    `choice` is the one field that is also asked when codes are handed out, if the part has such a field.
    """

    name: str
    fields: Callable[[Person | None], dict[str, Field]]
    save: Callable[..., None]
    choice: str = ""
    notes: Callable[[Person], list[str]] = _nothing

    def own(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return the answers that belong to this part, without its prefix."""
        mark = f"{self.name}_"
        return {key.removeprefix(mark): value for key, value in answers.items() if key.startswith(mark)}

    def named_fields(self, person: Person | None) -> dict[str, Field]:
        """Return the fields under names that no other part has."""
        return {f"{self.name}_{name}": made for name, made in self.fields(person).items()}


_parts: dict[str, ProfilePart] = {}


def register(part: ProfilePart) -> None:
    """Add a part, or replace the one of the same name."""
    _parts[part.name] = part


def parts() -> list[ProfilePart]:
    """Return the parts in the order in which they were registered."""
    return list(_parts.values())
