from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0020_no_number_of_nobody"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="unfinished",
            field=models.CharField(
                blank=True,
                choices=[
                    ("called_off", "The visit was called off"),
                    ("refused", "Not let in"),
                    ("delayed", "Let in late"),
                    ("cut_short", "Cut short"),
                    ("other", "Something else"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="record",
            name="unfinished_why",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
    ]
