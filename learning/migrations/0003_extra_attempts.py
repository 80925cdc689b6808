"""Attempts at a quiz that a facilitator gave beyond those of the course."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_links'),
        ('learning', '0002_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExtraAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('given_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extra_attempts', to='learning.enrolment')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'activity', 'number'), name='extra_attempt_given_once')],
            },
        ),
    ]
