import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0001_initial"),
        ("schemes", "0003_the_day_it_closed"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("differed", models.PositiveIntegerField(default=0)),
                (
                    "scheme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.scheme"
                    ),
                ),
            ],
        ),
    ]
