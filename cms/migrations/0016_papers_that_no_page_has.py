"""Since when no page has an uploaded PDF."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0015_what_pictures_say_is_not_found")]

    operations = [
        migrations.AddField(
            model_name="uploadedpaper",
            name="unused_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
