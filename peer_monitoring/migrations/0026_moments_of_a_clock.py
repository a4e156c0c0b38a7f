from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import Q

OF_A_CLOCK = (datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC))
# What was sent stays as it came; these are what was read of it, and no page could be shown with them.
WITHOUT_OTHERS = """
    UPDATE peer_monitoring_record SET
        began_at = CASE WHEN began_at BETWEEN '1900-01-01 00:00Z' AND '3000-01-01 00:00Z' THEN began_at END,
        finished_at = CASE WHEN finished_at BETWEEN '1900-01-01 00:00Z' AND '3000-01-01 00:00Z' THEN finished_at END;
    UPDATE peer_monitoring_siteconcern SET raised_at = received_at
        WHERE raised_at NOT BETWEEN '1900-01-01 00:00Z' AND '3000-01-01 00:00Z';
"""


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0025_who_chose_a_record")]

    operations = [
        migrations.RunSQL(WITHOUT_OTHERS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=(Q(began_at=None) | Q(began_at__range=OF_A_CLOCK))
                & (Q(finished_at=None) | Q(finished_at__range=OF_A_CLOCK)),
                name="record_says_moments_of_a_clock",
            ),
        ),
    ]
