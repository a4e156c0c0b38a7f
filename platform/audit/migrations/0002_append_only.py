from django.db import migrations

# Unqualified, so that it holds in whichever schema is being migrated: each has an audit of its own.
REVOKE = "REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM alongside_web, alongside_eraser"
GRANT = "GRANT UPDATE, DELETE ON audit_entry TO alongside_web, alongside_eraser"


class Migration(migrations.Migration):
    """The audit is only ever added to: neither the service nor the eraser may alter or remove an entry."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(REVOKE, GRANT)]
