"""What somebody tells of harm, for the safeguarding lead alone (ADR 0041)."""

import uuid

from django.db import migrations, models
from django.db.models import Q

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0003_what_is_still_wrong"),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField(blank=True)),
                ("reach_at", models.CharField(blank=True, max_length=200)),
                ("person_id", models.UUIDField(blank=True, null=True)),
                ("client_key", models.UUIDField()),
                ("received_at", models.DateTimeField(default=kit.clock.now)),
                ("take_up_by", models.DateField()),
                ("passed_on_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("taken_by_id", models.UUIDField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by_id", models.UUIDField(blank=True, null=True)),
                ("what_was_done", models.TextField(blank=True)),
            ],
            options={"ordering": ("received_at", "pk")},
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.UniqueConstraint(fields=["client_key"], name="concern_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=Q(taken_at=None, taken_by_id=None) | Q(taken_at__isnull=False, taken_by_id__isnull=False),
                name="concern_is_taken_up_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None)
                | Q(closed_at__isnull=False, closed_by_id__isnull=False, taken_at__isnull=False)
                & (~Q(what_was_done="") | Q(words="")),
                name="concern_closed_says_what_was_done",
            ),
        ),
    ]
