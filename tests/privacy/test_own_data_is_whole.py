"""Nobody can add a column that points at a person and forget to tell her of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from accounts import privacy
from accounts.models import Person, User
from tests.conftest import Role


def columns() -> Iterator[str]:
    """Every column of every table, the libraries' and those of many-to-many fields too, that points at somebody."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model in (Person, User) and field.model is model:
                yield f"{model._meta.label}.{field.name}"


def test_every_column_that_points_at_somebody_is_told_or_named_with_a_reason() -> None:
    told = set().union(*(part.covers for part in privacy.parts()))
    assert sorted(columns()) == sorted(told | set(privacy.acts()))
    assert not told & set(privacy.acts())
    assert all(len(reason) > 10 for reason in privacy.acts().values())


def test_what_bruno_did_is_counted_in_his_download(bruno: Role, amina: Role) -> None:
    from accounts.models import SecretReset
    from common.clock import now

    SecretReset.objects.create(user=amina.user, reset_by=bruno.person, reset_at=now())
    acts = bruno.client.get("/cuenta/mis-datos/descargar/").json()["accounts"]["acts"]
    assert [act["rows"] for act in acts] == [1]
    assert amina.client.get("/cuenta/mis-datos/descargar/").json()["accounts"]["acts"] == []
