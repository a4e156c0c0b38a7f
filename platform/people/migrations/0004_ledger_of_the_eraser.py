from django.db import migrations

REVOKE = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON people_erasure FROM alongside_web"
GRANT = "GRANT INSERT, UPDATE, DELETE ON people_erasure TO alongside_web"


class Migration(migrations.Migration):
    """Who was erased is written by the eraser alone: nothing the service does can add to the ledger or take away."""

    dependencies = [("people", "0003_signing_out_and_erasure")]

    operations = [migrations.RunSQL(REVOKE, GRANT)]
