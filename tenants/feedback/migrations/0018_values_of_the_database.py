"""Whatever was added with a value of its own has it in the database too: older code can write a row without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0017_what_the_clock_asks_for"),
    ]

    operations = [
        migrations.AlterField(
            model_name="confirmation",
            name="with_help",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="confirmation",
            name="words",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="point",
            name="owner_role",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AlterField(
            model_name="point",
            name="said_whole",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="point",
            name="words_left_out",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="progress",
            name="evidence",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="progress",
            name="link",
            field=models.URLField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="sayer",
            name="with_help",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="sayer",
            name="worker",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AlterField(
            model_name="told",
            name="form",
            field=models.CharField(
                choices=[
                    ("plain", "Ordinary print"),
                    ("large", "Large print"),
                    ("easy", "Easy Read"),
                    ("other", "Another way"),
                ],
                db_default="plain",
                default="plain",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="told",
            name="form_words",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="told",
            name="through",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
