from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0026_moments_of_a_clock")]

    operations = [
        migrations.AddField("visit", "photos_off_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=Q(photos_off_at=None) | Q(photos_allowed=False),
                name="photos_are_off_since_then",
            ),
        ),
    ]
