"""Whatever was added with a value of its own has it in the database too: older code can write a row without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_words_by_their_reference"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handoff",
            name="browser",
            field=models.CharField(db_default="", default="", max_length=32),
        ),
        migrations.AlterField(
            model_name="handoff",
            name="second_step",
            field=models.CharField(db_default="", default="", max_length=20),
        ),
        migrations.AlterField(
            model_name="mobile",
            name="opens_account",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="safecontact",
            name="format",
            field=models.CharField(
                choices=[
                    ("plain", "Ordinary print"),
                    ("large", "Large print"),
                    ("easy", "Easy Read: easy words with pictures"),
                    ("other", "Another way, like audio, British Sign Language or another language"),
                ],
                db_default="plain",
                default="plain",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="safecontact",
            name="format_words",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="safecontact",
            name="letter_to",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AlterField(
            model_name="safecontact",
            name="worker",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
