import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [("groups", "0007_who_is_ready")]

    operations = [
        migrations.CreateModel(
            name="PeerSupport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("lead_group", models.CharField(max_length=120)),
                ("remit", models.TextField(max_length=1000)),
                ("serves", models.CharField(max_length=300)),
                ("supervised_by", models.CharField(max_length=200)),
                ("supervised_how_often", models.CharField(max_length=120)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("added_at", models.DateTimeField(default=kit.clock.now)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="peer_support", to="groups.group"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(fields=("group", "name"), name="peer_support_name_is_its_own_in_a_group"),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="peer_support_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
