from typing import Any

from django.db import migrations

from tenants.schemes.privileges import let_eraser_count_again


def let_eraser(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        let_eraser_count_again(cursor, schema_editor.connection.schema_name)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_bases_in_plain_words")]

    operations = [migrations.RunPython(let_eraser, migrations.RunPython.noop)]
