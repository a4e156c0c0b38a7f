import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock
from tenants.schemes.privileges import let_web_change, make_append_only

TABLE = "groups_hostpermission"


def seal(apps, schema_editor):
    """What a place said stands as it was said; only that it ended, and why, comes later."""
    with schema_editor.connection.cursor() as cursor:
        make_append_only(cursor, "public", TABLE)
        for column in ("until", "ended_reason"):
            let_web_change(cursor, "public", TABLE, column)


class Migration(migrations.Migration):
    dependencies = [("groups", "0005_what_was_agreed")]

    operations = [
        migrations.CreateModel(
            name="HostPermission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("site_id", models.UUIDField(db_index=True)),
                ("given_by_role", models.CharField(max_length=120)),
                ("given_by_organisation", models.CharField(max_length=120)),
                ("given_on", models.DateField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("conditions", models.TextField(blank=True, max_length=1000)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("by_id", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField(default=kit.clock.now)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="permissions", to="groups.agreement"
                    ),
                ),
            ],
            options={
                "ordering": ("-since", "-added_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="host_permission_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_reason", ""), ("until__isnull", False), _connector="OR"),
                        name="host_permission_with_a_reason_has_ended",
                    ),
                    models.UniqueConstraint(
                        fields=("agreement", "site_id"),
                        condition=models.Q(("until", None)),
                        name="host_permission_runs_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
