"""What a hard word means stands on every Easy Read page at once: whoever publishes keeps the list (ADR 0065)."""

from django.db import migrations

EDITORS, PUBLISHERS = "Editors", "Publishers"


def let_publishers_keep_it(apps, schema_editor):
    """Editors read the glossary; publishers, who are editors too, change it."""
    groups = apps.get_model("auth.Group").objects
    editors, publishers = groups.get(name=EDITORS), groups.get(name=PUBLISHERS)
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="hardword"
    )
    for act in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type, codename=f"{act}_hardword", defaults={"name": f"Can {act} hard word"}
        )
        if act == "view":
            editors.permissions.add(permission)
        else:
            editors.permissions.remove(permission)
            publishers.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0013_pages_in_other_languages"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_publishers_keep_it, migrations.RunPython.noop)]
