import uuid

from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DutyFailure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("duty", models.CharField(max_length=120)),
                ("schema", models.CharField(max_length=63)),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("error", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("since",),
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "schema"), name="duty_failure_stands_once_for_a_schema")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=80)),
                ("schema", models.CharField(max_length=63)),
                ("key", models.CharField(max_length=100)),
                ("payload", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=kit.clock.now)),
                ("due_at", models.DateTimeField(default=kit.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("dealt_with_by", models.UUIDField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("given_up_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dead_at", None), ("done_at", None)),
                        fields=["due_at", "created_at"],
                        name="outbox_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("dead_at__isnull", False), ("given_up_at", None)),
                        fields=["dead_at"],
                        name="outbox_dead_letters",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "schema", "key"), name="outbox_message_is_promised_once"),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("dead_at", None), _connector="OR"),
                        name="outbox_message_is_not_done_and_dead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("payload", {}), _connector="OR"),
                        name="outbox_message_done_carries_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_up_at", None),
                            models.Q(
                                ("dead_at__isnull", False),
                                ("payload", {}),
                                models.Q(("given_up_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outbox_message_given_up_is_dead_and_says_why",
                    ),
                ],
            },
        ),
    ]
