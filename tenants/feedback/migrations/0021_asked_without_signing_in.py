"""Those who said it are asked once whether it changed, and can take back all that they said."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock
from tenants.schemes.privileges import let_web_change

# Whoever takes back what they said takes back these words; the answer beside them stays as it was given.
TAKEN_BACK = ("feedback_confirmation", "words")


def let_words_be_taken_back(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        let_web_change(cursor, schema_editor.connection.schema_name, *TAKEN_BACK)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0020_passed_on_has_no_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("text", "Text message"),
                            ("page", "Their own page"),
                            ("slip", "Slip with a code"),
                            ("letter", "Letter"),
                            ("worker", "Somebody who works with them"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                ("asked_on", models.DateField(default=kit.clock.today)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("task_note", models.CharField(blank=True, max_length=300)),
                ("through", models.CharField(blank=True, max_length=120)),
                ("word_id", models.UUIDField(blank=True, null=True)),
                ("code", models.CharField(blank=True, max_length=64)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="askings", to="feedback.round"
                    ),
                ),
                (
                    "sayer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="askings", to="feedback.sayer"
                    ),
                ),
            ],
            options={
                "ordering": ("asked_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "sayer"), name="asked_each_sayer_once_in_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "sent", "delivered", "waiting", "posted", "failed", "replaced"])
                        ),
                        name="asked_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "text", "page", "slip", "letter", "worker"])),
                        name="asked_by_a_way_that_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "pending")),
                            models.Q(models.Q(("state", "pending"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="asked_has_ended_or_is_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("task_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="asked_failed_says_what_to_do",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), ("until", None)),
                            models.Q(models.Q(("code", ""), _negated=True), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="asked_code_has_an_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="asked_code_opens_one_question",
                    ),
                ],
            },
        ),
        migrations.RunPython(let_words_be_taken_back, migrations.RunPython.noop),
    ]
