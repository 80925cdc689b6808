"""Adds the index over who stands for herself, and has PostgreSQL count at once how many do.

It keeps count of an expression by its index alone, and would not before the table has changed a good deal.
"""

from typing import Any

from django.db import migrations, models


def count(apps: Any, schema_editor: Any) -> None:
    """Gather statistics of the people."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ANALYZE accounts_person")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_corrections"),
        ("programme", "0004_safeguarding"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.Case(
                    models.When(canonical=models.F("id"), then=True),
                    default=False,
                    output_field=models.BooleanField(),
                ),
                name="person_stands",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
