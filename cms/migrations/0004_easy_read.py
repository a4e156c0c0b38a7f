"""Easy Read twins of pages, and the glossary that they use, with words to start with."""

import django.db.models.deletion
import django.db.models.functions.text
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from cms.first_words import HARD_WORDS

EDITORS = "Editors"


def start_the_glossary(apps, schema_editor):
    """Words to start with."""
    HardWord = apps.get_model("cms.HardWord")
    HardWord.objects.bulk_create(HardWord(word=word, also=also, meaning=meaning) for word, also, meaning in HARD_WORDS)


def let_editors_keep_it(apps, schema_editor):
    """Whoever edits the site keeps its glossary."""
    editors = apps.get_model("auth.Group").objects.get(name=EDITORS)
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="hardword"
    )
    permissions = apps.get_model("auth.Permission").objects
    for act in ("add", "change", "delete"):
        permission, _ = permissions.get_or_create(
            content_type=content_type, codename=f"{act}_hardword", defaults={"name": f"Can {act} hard word"}
        )
        editors.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cms", "0003_an_editor_hands_in"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="EasyReadPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "ideas",
                    wagtail.fields.StreamField(
                        [("idea", 3), ("heading", 4)],
                        block_lookup={
                            0: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("said", "Saying something"),
                                        ("talk", "Talking together"),
                                        ("ask", "Asking"),
                                        ("listen", "Listening"),
                                        ("read", "Reading"),
                                        ("write", "Writing"),
                                        ("look", "Looking"),
                                        ("what", "A paper"),
                                        ("letter", "A letter"),
                                        ("phone", "A telephone"),
                                        ("computer", "A website"),
                                        ("news", "News"),
                                        ("who", "A person"),
                                        ("people", "People"),
                                        ("meeting", "A meeting"),
                                        ("care", "Care and respect"),
                                        ("health", "Health"),
                                        ("money", "Money"),
                                        ("home", "Home"),
                                        ("place", "A place"),
                                        ("bus", "Getting there"),
                                        ("door", "A room, a way in"),
                                        ("court", "A court"),
                                        ("private", "Private, safe"),
                                        ("danger", "Danger"),
                                        ("choice", "A choice"),
                                        ("why", "Why"),
                                        ("will", "Yes"),
                                        ("doing", "Doing it now"),
                                        ("not_now", "Not now"),
                                        ("cannot", "No"),
                                        ("when", "A day"),
                                        ("time", "Time"),
                                        ("easy", "Easy Read"),
                                    ],
                                    "label": "Picture of ours",
                                    "required": False,
                                },
                            ),
                            1: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {
                                    "help_text": "It is shown in place of ours.",
                                    "label": "Or a picture from your library",
                                    "required": False,
                                },
                            ),
                            2: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One sentence of 15 words at most.", "max_length": 300, "rows": 2},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("picture", 0), ("photo", 1), ("words", 2)]], {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "A few words over the ideas that follow.",
                                    "icon": "title",
                                    "max_length": 60,
                                },
                            ),
                        },
                    ),
                ),
            ],
            options={
                "verbose_name": "Easy Read page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HardWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(help_text="As it stands in a sentence, such as: custody suite", max_length=60),
                ),
                (
                    "also",
                    models.CharField(
                        blank=True,
                        help_text="With commas between, such as: custody suites",
                        max_length=200,
                        verbose_name="other forms",
                    ),
                ),
                ("meaning", models.CharField(help_text="One sentence of 15 words at most.", max_length=200)),
            ],
            options={
                "verbose_name": "hard word",
                "ordering": (django.db.models.functions.text.Lower("word"), "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("word"),
                        name="hard_word_stands_once",
                        violation_error_message="This word is in the list already. Change it there.",
                    )
                ],
            },
        ),
        migrations.RunPython(start_the_glossary, migrations.RunPython.noop),
        migrations.RunPython(let_editors_keep_it, migrations.RunPython.noop),
    ]
