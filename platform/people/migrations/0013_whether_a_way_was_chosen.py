from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_ways_to_tell"),
    ]

    operations = [
        migrations.AddField(
            model_name="safecontact",
            name="way_is_open",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
