from django.db import migrations


class Migration(migrations.Migration):
    """Bytes as they were sent are only ever added by pages; the eraser may take away whose they are."""

    dependencies = [("peer_monitoring", "0002_what_was_written")]

    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON public.peer_monitoring_received FROM alongside_web",
            "GRANT UPDATE, DELETE ON public.peer_monitoring_received TO alongside_web",
        )
    ]
