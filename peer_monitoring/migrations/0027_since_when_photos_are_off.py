from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0026_moments_of_a_clock")]

    operations = [migrations.AddField("visit", "photos_off_at", models.DateTimeField(null=True))]
