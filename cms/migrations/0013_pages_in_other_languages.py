"""An editor may make a page in another language from the English one."""

from django.conf import settings
from django.db import migrations

EDITORS = "Editors"


def add_languages(apps, schema_editor):
    """One row for each language of ours that is not there yet."""
    for code, _ in settings.LANGUAGES:
        apps.get_model("wagtailcore.Locale").objects.get_or_create(language_code=code)


def let_editors_translate(apps, schema_editor):
    """Whoever writes pages may begin one in another language; it is a draft below the pages of that language."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="simple_translation", model="simpletranslation"
    )
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    apps.get_model("auth.Group").objects.get(name=EDITORS).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0012_stories_show_pictures_as_others_do"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("simple_translation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(add_languages, migrations.RunPython.noop),
        migrations.RunPython(let_editors_translate, migrations.RunPython.noop),
    ]
