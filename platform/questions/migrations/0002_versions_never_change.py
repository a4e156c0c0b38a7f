from django.db import migrations

TABLES = "public.questions_questionsetversion, public.questions_retirement"


class Migration(migrations.Migration):
    """A version that was published is only ever read: visits rest on it (rule 6)."""

    dependencies = [("questions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLES} FROM alongside_web, alongside_eraser",
            f"GRANT UPDATE, DELETE ON {TABLES} TO alongside_web, alongside_eraser",
        )
    ]
