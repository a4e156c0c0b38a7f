from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0028_what_counts_no_more")]

    operations = [
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=Q(photos_off_at=None) | Q(photos_allowed=False),
                name="photos_are_off_since_then",
            ),
        )
    ]
