import uuid

from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=kit.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("collect", "Collected"),
                            ("collate", "Brought together"),
                            ("disclose", "Disclosed"),
                            ("read", "Read"),
                            ("change", "Changed"),
                            ("erase", "Erased"),
                        ],
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(max_length=80)),
                ("subject", models.UUIDField(null=True)),
                ("thing_kind", models.CharField(blank=True, max_length=80)),
                ("thing_id", models.CharField(blank=True, max_length=64)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consent", "The person agreed (S3)"),
                            ("parental_responsibility", "Somebody with parental responsibility agreed (S4)"),
                            ("mca_best_interests", "Best interests, under the Mental Capacity Act 2005 (S5)"),
                            ("public_interest_a", "To help a child or young person at risk of harm (S6)"),
                            ("public_interest_b", "To help anyone at risk of offending or of harm from it (S7)"),
                            ("public_interest_c", "To prevent or investigate a crime (S8)"),
                            ("public_task", "The scheme’s public task"),
                            ("vital_interests", "To protect somebody’s life"),
                        ],
                        max_length=24,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(fields=["-at"], name="audit_newest"),
                    models.Index(fields=["subject", "-at"], name="audit_about_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("operation__in", ["collect", "collate", "disclose", "read", "change", "erase"])
                        ),
                        name="audit_operation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "",
                                    "consent",
                                    "parental_responsibility",
                                    "mca_best_interests",
                                    "public_interest_a",
                                    "public_interest_b",
                                    "public_interest_c",
                                    "public_task",
                                    "vital_interests",
                                ],
                            )
                        ),
                        name="audit_basis_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("operation__in", ["collect", "collate", "disclose"]), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="audit_has_a_lawful_basis_where_one_is_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__regex", "^[a-z][a-z -]*$")), name="audit_what_is_a_plain_phrase"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("thing_id", ""), ("thing_kind", "")),
                            models.Q(
                                models.Q(("thing_kind", ""), _negated=True), models.Q(("thing_id", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="audit_thing_has_kind_and_id",
                    ),
                ],
            },
        ),
    ]
