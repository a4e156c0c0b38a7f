"""Whoever says that something has not changed may say what is still wrong."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_core_lists")]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="words",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=Q(words="") | Q(answer="no"), name="confirmation_words_say_what_is_still_wrong"
            ),
        ),
    ]
