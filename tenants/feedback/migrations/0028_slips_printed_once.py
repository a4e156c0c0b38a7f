from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0027_same"),
    ]

    operations = [
        migrations.AddField(
            model_name="slipbatch",
            name="client_key",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
