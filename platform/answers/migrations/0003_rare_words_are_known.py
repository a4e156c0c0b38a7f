from django.db import migrations

# How many answers have each of the 3,000 words that most have, as PostgreSQL counts for its own plans.
KNOW_MORE = "ALTER TABLE public.answers_publishedanswer ALTER COLUMN search SET STATISTICS 300"


class Migration(migrations.Migration):
    dependencies = [("answers", "0002_groups_are_found_by_words")]

    operations = [migrations.RunSQL(KNOW_MORE, migrations.RunSQL.noop)]
