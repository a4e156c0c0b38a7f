"""A link in a message that opens one thing without signing in (ADR 0054)."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_values_of_the_database"),
    ]

    operations = [
        migrations.CreateModel(
            name="WordLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("scheme_id", models.UUIDField()),
                ("key", models.UUIDField(unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField()),
                (
                    "word",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="people.word"
                    ),
                ),
            ],
            options={
                "ordering": ("until", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True), name="word_link_has_a_fingerprint"
                    )
                ],
            },
        ),
    ]
