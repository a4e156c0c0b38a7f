"""A scheme keeps the day on which it closed; of those that are closed already the audit knows it."""

from typing import Any

from django.db import migrations, models

from kit import clock


def from_the_audit(apps: Any, schema_editor: Any) -> None:
    closed = apps.get_model("schemes", "Scheme").objects.filter(status="closed", closed_on=None)
    entries = apps.get_model("audit", "Entry").objects.filter(what="closed a scheme")
    for scheme in closed:
        entry = entries.filter(thing_id=str(scheme.pk)).order_by("-at").first()
        if entry:
            scheme.closed_on = entry.at.astimezone(clock.LONDON).date()
            scheme.save(update_fields=["closed_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("schemes", "0002_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="scheme",
            name="closed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(from_the_audit, migrations.RunPython.noop),
    ]
