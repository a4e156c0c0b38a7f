"""A point that says two things is taken apart, and keeps all that was said (ADR 0049)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_answered_together")]

    operations = [
        migrations.AddField(
            model_name="point",
            name="said_whole",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="point",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="feedback.point",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=Q(split_from=None) | Q(said="") | ~Q(said_whole=""), name="point_part_keeps_the_whole"
            ),
        ),
    ]
