from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0002_short_lived"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("given_up_at__isnull", False)), fields=["kind", "schema"], name="outbox_given_up"
            ),
        ),
    ]
