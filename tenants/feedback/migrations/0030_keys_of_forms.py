"""Of the form in which a point came only what leads nowhere is kept: no code can be made from it (ADR 0011)."""

import uuid

from django.db import migrations

# The same as `actions.hearing.stored_key`: a form that was sent before this is known when it comes again after it.
STORED = uuid.UUID("5d2f2f0b-6a0e-4c86-9c53-2b1f5c1f8a77")
AT_A_TIME = 500


def keep_no_way_back(apps, schema_editor):
    """Parts that staff made are left alone: no code was ever made of their keys."""
    Point = apps.get_model("feedback", "Point")
    points = Point.objects.filter(client_key__isnull=False, split_from=None).order_by().only("pk", "client_key")
    changed = []
    for point in points.iterator(chunk_size=AT_A_TIME):
        point.client_key = uuid.uuid5(STORED, point.client_key.hex)
        changed.append(point)
    Point.objects.bulk_update(changed, ["client_key"], batch_size=AT_A_TIME)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0029_once_for_a_form"),
    ]

    operations = [
        migrations.RunPython(keep_no_way_back, migrations.RunPython.noop),
    ]
