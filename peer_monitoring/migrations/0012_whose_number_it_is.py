from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def say_whose(apps, schema_editor):
    """A number given before is a lead's of the group, who gave it; without one, or once it is over, it goes."""
    today = timezone.localdate()
    running = Q(until=None) | Q(until__gt=today)
    visits = apps.get_model("peer_monitoring", "Visit").objects.exclude(to_ring="")
    visits.filter(Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)).update(to_ring="")
    leads = apps.get_model("groups", "GroupMembership").objects.filter(running, seat="lead").order_by("since")
    for visit in visits.filter(to_ring_of_id=None):
        lead = leads.filter(group=visit.group_id).first()
        visits.filter(pk=visit.pk).update(
            to_ring=visit.to_ring if lead else "", to_ring_of_id=lead.person_id if lead else None
        )


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0008_peer_support"),
        ("peer_monitoring", "0011_what_became_of_a_concern"),
    ]

    operations = [
        migrations.AddField("visit", "to_ring_of_id", models.UUIDField(db_index=True, null=True)),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
