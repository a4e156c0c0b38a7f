"""The day on which a group came into the list, so that the paper of a month before it does not count it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0024_quotes"),
    ]

    operations = [
        migrations.AddField(
            model_name="grouptag",
            name="added_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
