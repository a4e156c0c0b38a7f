"""Slips can be printed before anybody has said anything (ADR 0050), and paper is a way of saying it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0013_the_register_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintedSlip",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slip", models.CharField(max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("used_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SlipBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("site_id", models.UUIDField(blank=True, null=True)),
                ("printed_at", models.DateTimeField(default=kit.clock.now)),
                ("printed_by_id", models.UUIDField()),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_by_id", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-printed_at", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="point",
            name="point_method_is_known",
        ),
        migrations.AlterField(
            model_name="point",
            name="method",
            field=models.CharField(
                choices=[
                    ("tell_us", "Tell us page"),
                    ("workshop", "Workshop"),
                    ("exit_questionnaire", "Exit questionnaire"),
                    ("reference_group", "Reference group"),
                    ("visit", "Monitoring visit"),
                    ("panel", "Panel or board"),
                    ("conversation", "Conversation with staff"),
                    ("paper", "Paper slip"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "method__in",
                        [
                            "tell_us",
                            "workshop",
                            "exit_questionnaire",
                            "reference_group",
                            "visit",
                            "panel",
                            "conversation",
                            "paper",
                        ],
                    )
                ),
                name="point_method_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="slipbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_by_id", None)),
                    models.Q(("cancelled_at__isnull", False), ("cancelled_by_id__isnull", False)),
                    _connector="OR",
                ),
                name="slips_are_cancelled_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="printedslip",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="slips", to="feedback.slipbatch"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedslip",
            constraint=models.UniqueConstraint(fields=("slip",), name="printed_slip_has_a_code_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="printedslip",
            constraint=models.UniqueConstraint(fields=("number",), name="printed_slip_has_a_number_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="printedslip",
            constraint=models.CheckConstraint(
                condition=models.Q(("slip", ""), _negated=True), name="printed_slip_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedslip",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 10000000), ("number__lte", 99999999)),
                name="printed_slip_number_has_eight_figures",
            ),
        ),
    ]
