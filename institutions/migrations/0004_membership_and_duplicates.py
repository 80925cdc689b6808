"""Who confirmed or refused a membership, the position in it, and which people may be one and the same."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def give_refusals_a_reason(apps: Any, schema_editor: Any) -> None:
    """What was refused before there were reasons was refused by who did not know the person."""
    apps.get_model("institutions", "Membership").objects.filter(state="refused").update(refusal="unknown")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_names_and_merges'),
        ('institutions', '0003_institutions'),
    ]

    operations = [
        migrations.CreateModel(
            name='DuplicateSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(verbose_name='likeness')),
                ('reasons', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('open', 'To be looked at'), ('merged', 'Merged'), ('different', 'Not the same')], default='open', max_length=10, verbose_name='state')),
                ('computed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'possible duplicate',
                'verbose_name_plural': 'possible duplicates',
                'ordering': ['-score', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'verbose_name': 'membership', 'verbose_name_plural': 'memberships'},
        ),
        migrations.AddField(
            model_name='membership',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='membership',
            name='position',
            field=models.CharField(blank=True, choices=[('health', 'Health care'), ('psychosocial', 'Psychology or social work'), ('migration', 'Migration service'), ('child_protection', 'Child protection'), ('legal', 'Legal assistance'), ('shelter', 'Shelter or reception centre'), ('community', "Community or families' group"), ('management', 'Coordination or management'), ('other', 'Other')], max_length=20, verbose_name='position'),
        ),
        migrations.AddField(
            model_name='membership',
            name='refusal',
            field=models.CharField(blank=True, choices=[('unknown', 'Does not work here'), ('left', 'Does not work here any more'), ('another_unit', 'Works in another unit'), ('mistake', 'Was recorded by mistake')], max_length=16),
        ),
        migrations.AddField(
            model_name='membership',
            name='refused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='refused_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('member', 'Member'), ('focal_point', 'Focal point')], default='member', max_length=12, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='starts_on',
            field=models.DateField(verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='state',
            field=models.CharField(choices=[('claimed', 'Said by the person'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], default='claimed', max_length=10, verbose_name='state'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['institution', 'state'], name='membership_place_state'),
        ),
        migrations.RunPython(give_refusals_a_reason, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('refusal', ''), ('state', 'refused'), _negated=True), name='membership_refused_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'confirmed'), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), _connector='OR'), name='membership_confirmed_or_not'),
        ),
        migrations.AddField(
            model_name='duplicatesuggestion',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='duplicatesuggestion',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='duplicatesuggestion',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person'),
        ),
        migrations.AddIndex(
            model_name='duplicatesuggestion',
            index=models.Index(fields=['state', '-score'], name='suggestion_state_score'),
        ),
        migrations.AddConstraint(
            model_name='duplicatesuggestion',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='suggestion_once_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='duplicatesuggestion',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='suggestion_lesser_key_first'),
        ),
        migrations.AddConstraint(
            model_name='duplicatesuggestion',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), ('decided_at__isnull', False), _connector='OR'), name='suggestion_decided_with_a_date'),
        ),
    ]
