"""The words of queries over people; whatever writes a name keeps its searched form beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from accounts.names import NAMES, folded, people_named, refold
from accounts.standing import STANDS

if TYPE_CHECKING:
    from accounts.models import Person

BATCH = 500


class PersonQuerySet(models.QuerySet):
    """Questions about people."""

    def named(self, query: str) -> PersonQuerySet:
        """Keep those whom a typed name means."""
        return people_named(query, self)

    def one_each(self) -> PersonQuerySet:
        """Keep one record of everybody: those merged into another are left out."""
        return self.filter(STANDS)

    def the_same_as(self, person: Person) -> PersonQuerySet:
        """Keep all records of one human being, merged ones included."""
        return self.filter(canonical_id=person.canonical_id or person.pk)

    def not_erased(self) -> PersonQuerySet:
        """Leave out those who asked to be forgotten."""
        return self.filter(erased_at__isnull=True)

    def update(self, **kwargs: Any) -> int:
        """Update; a name that changes here, as at an erasure, is searched by its new form at once."""
        given = [kwargs.get(name) for name in NAMES]
        if not any(name in kwargs for name in NAMES) or "folded_name" in kwargs:
            return super().update(**kwargs)
        if all(isinstance(value, str) for value in given):
            return super().update(folded_name=folded(*map(str, given)), **kwargs)
        with transaction.atomic():
            keys = list(self.values_list("pk", flat=True))
            changed = super().update(**kwargs)
            people = self.model._default_manager.filter(pk__in=keys)
            refolded(people.only("pk", *NAMES))  # type: ignore[arg-type]  # the model's own manager
        return changed

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create many."""
        objs = list(objs)
        for person in objs:
            person.folded_name = refold(person)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Update many."""
        objs, fields = list(objs), list(fields)
        if set(fields) & set(NAMES):
            for person in objs:
                person.folded_name = refold(person)
            fields = list(dict.fromkeys([*fields, "folded_name"]))
        return super().bulk_update(objs, fields, *args, **kwargs)


def refolded(people: models.QuerySet) -> int:
    """Write the searched form of each of `people` anew, in batches; returns how many were looked at."""
    everybody = people.model._default_manager.all()
    seen, last = 0, 0
    rows = people.only("pk", *NAMES).order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for person in batch:
            person.folded_name = refold(person)
        everybody.bulk_update(batch, ["folded_name"])
        seen, last = seen + len(batch), batch[-1].pk
    return seen
