"""A message is found by the name that its carrier knows, and the clock finds those to ask after without the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_getting_back_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="word",
            name="reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                condition=models.Q(("reference", ""), _negated=True), fields=["reference"], name="word_by_its_reference"
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                condition=models.Q(("ask_at__isnull", False)), fields=["ask_at"], name="word_to_ask_after"
            ),
        ),
    ]
