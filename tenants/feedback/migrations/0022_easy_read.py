"""An answer in Easy Read (ADR 0055)."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0021_asked_without_signing_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="EasyRead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("written_at", models.DateTimeField(default=kit.clock.now)),
                ("by_id", models.UUIDField()),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="easy", to="feedback.round"
                    ),
                ),
            ],
            options={
                "ordering": ("written_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("why", ""), _negated=True)),
                        name="easy_read_says_what_and_why",
                    )
                ],
            },
        ),
    ]
