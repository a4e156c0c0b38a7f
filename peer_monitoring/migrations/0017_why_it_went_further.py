from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0016_the_plan_when_somebody_left"),
    ]

    operations = [
        migrations.AddField(
            model_name="siteconcern",
            name="told_because",
            field=models.CharField(
                blank=True,
                choices=[("late", "Nobody took it up"), ("shut", "The scheme is suspended or closed")],
                db_default="",
                default="",
                max_length=4,
            ),
        ),
    ]
