import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from answers.models import Joined


def weighed(column, weight):
    return django.contrib.postgres.search.SearchVector(column, config="english", weight=weight)


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """CREATE FUNCTION public.published_answer_joined(words varchar[]) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.array_to_string(words, ' ') $$""",
            "DROP FUNCTION public.published_answer_joined(varchar[])",
        ),
        migrations.RemoveIndex(model_name="publishedanswer", name="published_answer_by_words"),
        migrations.RemoveField(model_name="publishedanswer", name="search"),
        migrations.AddField(
            model_name="publishedanswer",
            name="search",
            field=models.GeneratedField(
                expression=weighed("said", "A")
                + weighed("answer", "B")
                + weighed("reason", "C")
                + weighed("theme", "C")
                + weighed(Joined("group_labels"), "C"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            model_name="publishedanswer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="published_answer_by_words"),
        ),
    ]
