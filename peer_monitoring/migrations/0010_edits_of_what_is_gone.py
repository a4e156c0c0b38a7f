from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0009_concerns"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="supersedes_unknown",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
