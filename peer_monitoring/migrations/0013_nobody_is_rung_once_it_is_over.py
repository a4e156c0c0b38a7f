from django.db import migrations
from django.db.models import CheckConstraint, Q


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0012_whose_number_it_is")]

    operations = [
        migrations.AddConstraint(
            "visit",
            CheckConstraint(
                condition=Q(to_ring="") | Q(closed_at=None, cancelled_at=None), name="nobody_is_rung_once_it_is_over"
            ),
        ),
    ]
