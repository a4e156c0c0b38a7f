from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0022_why_a_record_is_not_finished"),
    ]

    operations = [
        migrations.AlterField(
            model_name="record",
            name="unfinished",
            field=models.CharField(
                blank=True,
                choices=[
                    ("called_off", "The visit was called off"),
                    ("refused", "We were not let in"),
                    ("delayed", "We were let in late"),
                    ("cut_short", "We had to leave early"),
                    ("other", "Something else"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="trouble",
            name="kind",
            field=models.CharField(
                choices=[
                    ("delayed", "We were let in late"),
                    ("refused", "We were not let in"),
                    ("cut_short", "We had to leave early"),
                    ("area", "We were not shown a part"),
                ],
                max_length=10,
            ),
        ),
    ]
