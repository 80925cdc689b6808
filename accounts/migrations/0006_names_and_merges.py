"""Names as they are searched, filled for the people there are; why a merge was undone."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from accounts import name_index
from accounts.names import refold

BATCH = 1000


def fold_names(apps: Any, schema_editor: Any) -> None:
    """Fill in batches by key: nothing of the size of the table is held."""
    people = apps.get_model("accounts", "Person").objects.exclude(certificate_name="", display_name="")
    rows = people.only("pk", "certificate_name", "display_name")
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for person in batch:
            person.folded_name = refold(person)
        people.bulk_update(batch, ["folded_name"])
        last = batch[-1].pk


def build_index(apps: Any, schema_editor: Any) -> None:
    """Nothing happens on SQLite."""
    name_index.build(schema_editor.connection)


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Take it away before the column goes."""
    name_index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_duties")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="folded_name",
            field=models.CharField(blank=True, default="", editable=False, max_length=240),
        ),
        migrations.AlterModelOptions(
            name="personmerge",
            options={
                "ordering": ["-merged_at", "-pk"],
                "verbose_name": "merge of people",
                "verbose_name_plural": "merges of people",
            },
        ),
        migrations.AddField(
            model_name="personmerge",
            name="undo_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=Q(("undone_at__isnull", False))
                | Q(("undo_reason", ""), ("undone_by__isnull", True)),
                name="merge_undone_with_a_date",
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(build_index, drop_index),
    ]
