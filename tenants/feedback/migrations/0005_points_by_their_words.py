"""Staff look for points by their words."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_concerns")]

    operations = [
        migrations.AddIndex(
            model_name="point",
            index=GinIndex(SearchVector("said", "public_words", config="english"), name="point_by_words"),
        ),
    ]
