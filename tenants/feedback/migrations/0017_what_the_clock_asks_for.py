"""What the clock asks for each minute is found without reading every row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0016_supporters"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                condition=models.Q(("public_from", None)), fields=["decided_at"], name="round_not_public_yet"
            ),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(condition=models.Q(("state", "pending")), fields=["started_on"], name="told_pending"),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(condition=models.Q(("state", "sent")), fields=["ended_at"], name="told_sent"),
        ),
    ]
