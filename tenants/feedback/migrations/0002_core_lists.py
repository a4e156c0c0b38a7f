"""The lists every scheme starts with (S77, S93), and what nobody may alter afterwards."""

from django.db import migrations

from tenants.schemes.privileges import let_web_change, make_append_only

THEMES = {
    "waiting_and_information": "Waiting and information",
    "rights": "Rights",
    "health_and_medication": "Health and medication",
    "family_and_children": "Family and children",
    "money_and_housing": "Money and housing",
    "staff_and_respect": "Staff and respect",
    "culture_and_identity": "Culture and identity",
    "something_else": "Something else",
}

# Our words, and those of the source's table of partner organisations.
GROUPS = {
    "learning": ("Learning difficulty or disability", "Learning difficulty"),
    "women": ("Women", "Women"),
    "ethnic_minority": ("Ethnic minority communities", "Black and minority ethnic (BME) communities"),
    "older": ("Older people", "Older people"),
    "substance_use": ("Substance use", "Substance misuse"),
    "young": ("Young people", "Young people"),
}

# A decision, an answer once given, and a claim once made, are added to and never altered.
APPEND_ONLY = ("feedback_round", "feedback_confirmation", "feedback_progress")
# From when the public may read a decision is known only later.
OPENING = ("feedback_round", "public_from")


def fill_lists(apps, schema_editor):
    Theme, GroupTag = apps.get_model("feedback.Theme"), apps.get_model("feedback.GroupTag")
    Theme.objects.bulk_create(Theme(code=code, label=label, core=True) for code, label in THEMES.items())
    GroupTag.objects.bulk_create(
        GroupTag(code=code, label=label, source_words=source, core=True) for code, (label, source) in GROUPS.items()
    )


def seal(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in APPEND_ONLY:
            make_append_only(cursor, schema_editor.connection.schema_name, table)
        let_web_change(cursor, schema_editor.connection.schema_name, *OPENING)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.RunPython(fill_lists, migrations.RunPython.noop),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
