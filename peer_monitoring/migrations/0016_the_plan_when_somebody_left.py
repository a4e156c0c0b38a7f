from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("peer_monitoring", "0015_what_must_never_be_false_of_a_concern")]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="site_then",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(model_name="seat", name="day_then", field=models.DateField(null=True)),
        migrations.AddField(model_name="seat", name="starts_then", field=models.TimeField(null=True)),
    ]
