import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock


def of_a_member(name):
    group = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to="groups.group")
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("person_id", models.UUIDField(db_index=True)),
        ("group", group),
    ]


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_places_that_let_a_group_in")]

    operations = [
        migrations.CreateModel(
            name="Training",
            fields=[
                *of_a_member("trainings"),
                ("name", models.CharField(max_length=120)),
                ("done_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "ordering": ("-done_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("done_on")), _connector="OR"
                        ),
                        name="training_counts_after_it_was_done",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                *of_a_member("conflicts"),
                ("scheme_id", models.UUIDField()),
                ("site_id", models.UUIDField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "declared_by",
                    models.CharField(choices=[("self", "Themselves"), ("lead", "The lead")], max_length=10),
                ),
            ],
            options={
                "ordering": ("-since",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="conflict_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("declared_by__in", ["self", "lead"])),
                        name="conflict_is_declared_by_one_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LivedExperience",
            fields=[
                *of_a_member("lived_experiences"),
                ("has", models.BooleanField()),
                ("said_on", models.DateField(default=kit.clock.today)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "person_id"), name="lived_experience_is_said_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Vetting",
            fields=[
                *of_a_member("vettings"),
                ("site_id", models.UUIDField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked"),
                            ("asked", "Asked"),
                            ("stands", "Stands until a day"),
                            ("does_not_stand", "Does not stand"),
                        ],
                        max_length=15,
                    ),
                ),
                ("stands_until", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "person_id", "site_id"), name="vetting_is_one_for_a_site"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["not_asked", "asked", "stands", "does_not_stand"])),
                        name="vetting_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stands_until__isnull", False), ("status", "stands")),
                            models.Q(models.Q(("status", "stands"), _negated=True), ("stands_until", None)),
                            _connector="OR",
                        ),
                        name="vetting_stands_until_a_day",
                    ),
                ],
            },
        ),
    ]
