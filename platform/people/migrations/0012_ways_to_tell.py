"""A way to reach somebody, kept until it was told that a way to sign in changed (ADR 0046)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_links_in_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="WayToTell",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("to", models.CharField(max_length=254)),
                ("until", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to", ""), _negated=True), name="way_to_tell_leads_somewhere"
                    )
                ],
            },
        ),
    ]
