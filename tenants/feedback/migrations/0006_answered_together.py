"""Points that say the same are answered together (ADR 0049)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("feedback", "0005_points_by_their_words")]

    operations = [
        migrations.AddField(
            model_name="point",
            name="answered_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="feedback.point",
            ),
        ),
        migrations.AddField(model_name="point", name="words_left_out", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=Q(answered_with=None) | ~Q(answered_with=F("pk")), name="point_is_answered_with_another"
            ),
        ),
    ]
