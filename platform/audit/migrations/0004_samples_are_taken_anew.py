from django.db import migrations

# In whichever schema is being migrated. Tables that come later have it by default (`tenants.schemes.privileges`).
GRANT = """
    DO $$ BEGIN
        EXECUTE format('GRANT MAINTAIN ON ALL TABLES IN SCHEMA %I TO alongside_eraser', current_schema());
    END $$"""


class Migration(migrations.Migration):
    """The eraser may have PostgreSQL sample a table anew, so that nothing of whoever was erased is left in samples."""

    dependencies = [("audit", "0003_bases_in_plain_words")]

    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
