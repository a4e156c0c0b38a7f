import uuid

import django.db.models.deletion
from django.db import migrations, models

import kit.clock
from tenants.schemes.privileges import let_web_change, make_append_only

# What one side said stands as it was said. What came, and what was taken back, is known only later.
SAID = ("groups_agreedresource", "groups_groupdecision", "groups_deliveryreport", "groups_deliveryanswer")
LATER = (
    ("groups_agreedresource", "received_on"),
    ("groups_agreedresource", "withdrawn_on"),
    ("groups_groupdecision", "withdrawn_on"),
)


def seal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in SAID:
            make_append_only(cursor, "public", table)
        for table, column in LATER:
            let_web_change(cursor, "public", table, column)


def key():
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


def of(model, name):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=f"groups.{model}")


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_known_seats")]

    operations = [
        migrations.AddField(
            "agreement", "contact_role", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddField(
            "agreement", "contact_way", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddField(
            "agreement", "payment", models.TextField(blank=True, db_default="", default="", max_length=500)
        ),
        migrations.CreateModel(
            name="AgreedResource",
            fields=[
                ("id", key()),
                (
                    "kind",
                    models.CharField(
                        choices=[("money", "Money"), ("time", "People’s time"), ("other", "Rooms or other things")],
                        max_length=10,
                    ),
                ),
                ("pounds", models.PositiveIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("agreed_on", models.DateField()),
                ("received_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                ("by_id", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField(default=kit.clock.now)),
                ("agreement", of("agreement", "resources")),
            ],
            options={
                "ordering": ("agreed_on", "added_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["money", "time", "other"])), name="resource_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "money"), ("pounds__gt", 0)),
                            models.Q(
                                models.Q(("kind", "money"), _negated=True),
                                ("pounds", None),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="resource_says_how_much",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on", None), ("withdrawn_on", None), _connector="OR"),
                        name="resource_not_received_and_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupDecision",
            fields=[
                ("id", key()),
                ("what", models.TextField(max_length=1000)),
                ("decided_on", models.DateField()),
                ("due", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("by_id", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField(default=kit.clock.now)),
                ("agreement", of("agreement", "decisions")),
            ],
            options={
                "ordering": ("-decided_on", "-added_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="group_decision_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due__gte", models.F("decided_on"))),
                        name="group_decision_is_due_after_it_was_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryReport",
            fields=[
                ("id", key()),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "Done"), ("under_way", "Under way"), ("not_yet", "Not yet")], max_length=10
                    ),
                ),
                ("day", models.DateField()),
                ("words", models.TextField(max_length=1000)),
                ("by_id", models.UUIDField(null=True)),
                ("reported_at", models.DateTimeField(default=kit.clock.now)),
                ("decision", of("groupdecision", "reports")),
            ],
            options={
                "ordering": ("-reported_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["done", "under_way", "not_yet"])),
                        name="delivery_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="delivery_report_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryAnswer",
            fields=[
                ("id", key()),
                (
                    "answer",
                    models.CharField(choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=10),
                ),
                ("by_id", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(default=kit.clock.now)),
                ("decision", of("groupdecision", "answers")),
            ],
            options={
                "ordering": ("-answered_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "partly", "no"])), name="delivery_answer_is_known"
                    ),
                ],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
