from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0019_a_number_is_somebodys"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=Q(to_ring="", to_ring_of_id=None) | ~Q(to_ring="") & Q(to_ring_of_id__isnull=False),
                name="number_to_ring_is_somebodys",
            ),
        ),
    ]
