"""A point came before it was written down, or on that day: no later day can give it more time."""

import zoneinfo

from django.db import migrations, models
from django.db.models.functions import TruncDate


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0030_keys_of_forms"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_on__lte", TruncDate("created_at", tzinfo=zoneinfo.ZoneInfo(key="Europe/London")))
                ),
                name="point_received_before_it_was_written_down",
            ),
        ),
    ]
