from django.db import migrations


class Migration(migrations.Migration):
    """The bytes of photos, as those of records, are only ever added; the eraser may take away whose they are."""

    dependencies = [("peer_monitoring", "0006_photos")]

    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON public.peer_monitoring_photo FROM alongside_web",
            "GRANT UPDATE, DELETE ON public.peer_monitoring_photo TO alongside_web",
        )
    ]
