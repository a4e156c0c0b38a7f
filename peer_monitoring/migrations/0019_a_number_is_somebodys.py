"""A number of nobody, and nobody's number, go before they are refused; those that are left are found by their day."""

from django.db import migrations, models
from django.db.models import Q


def put_right(apps, schema_editor):
    """What says nobody's number would be found by no leaving and no erasure."""
    visits = apps.get_model("peer_monitoring", "Visit").objects
    visits.exclude(to_ring="").filter(to_ring_of_id=None).update(to_ring="")
    visits.filter(to_ring="", to_ring_of_id__isnull=False).update(to_ring_of_id=None)


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0018_why_is_said_only_where_it_went_further"),
    ]

    operations = [
        migrations.RunPython(put_right, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["day"], condition=~Q(to_ring=""), name="visit_names_somebody_to_ring"),
        ),
    ]
