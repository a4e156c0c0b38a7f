from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0027_since_when_photos_are_off"),
    ]

    operations = [
        migrations.AlterField(
            model_name="record",
            name="state",
            field=models.CharField(
                choices=[
                    ("counts", "Received"),
                    ("replaced", "Does not count any more"),
                    ("conflict", "Two that differ: choose one"),
                ],
                default="counts",
                max_length=10,
            ),
        ),
    ]
