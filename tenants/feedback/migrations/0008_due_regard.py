"""How a scheme took its duties of equality into account, written before it decided (ADR 0048)."""

import uuid
from functools import reduce
from operator import and_

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import kit.clock
from tenants.schemes.privileges import make_append_only

PARTS = ("eliminate", "advance", "foster", "health", "evidence", "involved", "mitigation")
NOTHING_WRITTEN = Q(decision_maker_id=None, decision_maker_role="", **dict.fromkeys(PARTS, ""))
ALL_WRITTEN = reduce(and_, (~Q(**{name: ""}) for name in PARTS)) & ~Q(decision_maker_role="")


def seal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        make_append_only(cursor, schema_editor.connection.schema_name, "feedback_dueregard")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_taken_apart")]

    operations = [
        migrations.CreateModel(
            name="DueRegard",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("changes_policy", models.BooleanField()),
                ("why_not", models.CharField(blank=True, max_length=300)),
                *((name, models.TextField(blank=True)) for name in PARTS),
                ("decision_maker_id", models.UUIDField(blank=True, null=True)),
                ("decision_maker_role", models.CharField(blank=True, max_length=60)),
                ("made_at", models.DateTimeField(default=kit.clock.now)),
                ("by_id", models.UUIDField()),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="regards", to="feedback.point"
                    ),
                ),
            ],
            options={"ordering": ("made_at", "number")},
        ),
        migrations.AddConstraint(
            model_name="dueregard",
            constraint=models.UniqueConstraint(
                fields=["point", "number"], name="due_regard_version_is_its_own_at_a_point"
            ),
        ),
        migrations.AddConstraint(
            model_name="dueregard",
            constraint=models.CheckConstraint(condition=Q(number__gte=1), name="due_regard_versions_begin_at_one"),
        ),
        migrations.AddConstraint(
            model_name="dueregard",
            constraint=models.CheckConstraint(
                condition=Q(changes_policy=False) & ~Q(why_not="") & NOTHING_WRITTEN
                | Q(changes_policy=True, why_not="", decision_maker_id__isnull=False) & ALL_WRITTEN,
                name="due_regard_is_whole_or_says_why_not",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="regard",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="feedback.dueregard",
            ),
        ),
        migrations.AddField(
            model_name="round", name="regard_made_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=["regard"], name="round_has_a_record_of_regard_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=Q(regard=None, regard_made_at=None)
                | Q(regard__isnull=False, regard_made_at__isnull=False, regard_made_at__lte=F("decided_at")),
                name="round_was_decided_after_its_record_of_regard",
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
