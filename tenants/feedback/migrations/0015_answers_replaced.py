"""A telling can end because a newer answer replaced the one that was to be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0014_slips_before_words")]

    operations = [
        migrations.RemoveConstraint(model_name="told", name="told_state_is_known"),
        migrations.AlterField(
            model_name="told",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "On its way"),
                    ("sent", "Sent"),
                    ("delivered", "Delivered"),
                    ("waiting", "Waiting on their page or slip"),
                    ("posted", "Posted"),
                    ("failed", "Failed: somebody must find another way"),
                    ("replaced", "Stopped: a newer answer replaced this one"),
                ],
                default="pending",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["pending", "sent", "delivered", "waiting", "posted", "failed", "replaced"])
                ),
                name="told_state_is_known",
            ),
        ),
    ]
