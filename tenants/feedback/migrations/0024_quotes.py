"""Words quoted as they were said, and the consent to it; staff look for points by the words of the public alone."""

import uuid

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import Q

import kit.clock

PURPOSES = [
    ("record", "Keep what was said, so that it can be answered"),
    ("publish", "Show it on the website, in other words and with no name"),
    ("contact", "Write to them about the answer"),
    ("quote", "Show words as they said them on the website and on paper, with no name"),
]


class Migration(migrations.Migration):
    dependencies = [("feedback", "0023_one_voice")]

    operations = [
        migrations.RemoveConstraint(model_name="consent", name="consent_purpose_is_known"),
        migrations.AlterField(
            model_name="consent", name="purpose", field=models.CharField(choices=PURPOSES, max_length=8)
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=Q(purpose__in=[value for value, _ in PURPOSES]), name="consent_purpose_is_known"
            ),
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("made_at", models.DateTimeField(default=kit.clock.now)),
                ("by_id", models.UUIDField()),
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quote", to="feedback.consent"
                    ),
                ),
                (
                    "sayer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quote", to="feedback.sayer"
                    ),
                ),
            ],
            options={
                "ordering": ("made_at", "pk"),
                "constraints": [models.CheckConstraint(condition=~Q(words=""), name="quote_says_something")],
            },
        ),
        migrations.AddIndex(
            model_name="point",
            index=GinIndex(SearchVector("public_words", config="english"), name="point_by_public_words"),
        ),
    ]
