import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0015_answers_replaced"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="with_help",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sayer",
            name="with_help",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Supporter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField(db_index=True)),
                ("called", models.CharField(max_length=60)),
                ("may_confirm", models.BooleanField(default=False)),
                ("may_say", models.BooleanField(default=False)),
                ("name_shown", models.BooleanField(default=False)),
                ("until", models.DateField()),
                ("sent_to", models.CharField(blank=True, max_length=254)),
                ("token_hash", models.CharField(max_length=64)),
                ("invited_at", models.DateTimeField(default=kit.clock.now)),
                ("open_until", models.DateTimeField()),
                ("supporter_id", models.UUIDField(db_index=True, null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supporters",
                        to="feedback.point",
                    ),
                ),
            ],
            options={
                "ordering": ("-invited_at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.UniqueConstraint(fields=("token_hash",), name="supporter_link_is_its_own"),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("supporter_id", None)),
                    models.Q(("accepted_at__isnull", False), ("supporter_id__isnull", False)),
                    _connector="OR",
                ),
                name="supporter_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supporter_id", None),
                    models.Q(("supporter_id", models.F("person_id")), _negated=True),
                    _connector="OR",
                ),
                name="supporter_is_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_to", ""), models.Q(("accepted_at", None), ("ended_at", None)), _connector="OR"
                ),
                name="supporter_address_goes_when_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_say", False), ("point", None), _connector="OR"),
                name="supporter_for_one_point_says_nothing_new",
            ),
        ),
    ]
