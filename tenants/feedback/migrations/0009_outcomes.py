"""What an answer is meant to help, and what it aims at (S23 to S26, S91)."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

OUTCOMES = [
    ("individual", "Care and treatment of one person"),
    ("community", "Communities: people who support each other"),
    ("service", "Services: how good they are"),
    ("planning_commissioning_governance", "Planning, commissioning and governance"),
    ("access", "Better access to health care and support"),
    ("health_inequalities", "Smaller health inequalities"),
    ("diversion", "Diversion, where it is appropriate"),
    ("efficiency", "Efficiency in the justice systems"),
    ("reoffending", "Less reoffending or escalation"),
]


class Migration(migrations.Migration):
    dependencies = [("feedback", "0008_due_regard")]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("tag", models.CharField(choices=OUTCOMES, max_length=40)),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="feedback.point"
                    ),
                ),
            ],
            options={"ordering": ("tag",)},
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(fields=["point", "tag"], name="outcome_once_at_a_point"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=Q(tag__in=[tag for tag, _ in OUTCOMES]), name="outcome_is_known"
            ),
        ),
    ]
