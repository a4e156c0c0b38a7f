from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_signing_in_by_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="handoff",
            name="second_step",
            field=models.CharField(default="", max_length=20),
        ),
    ]
