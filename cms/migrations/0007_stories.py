"""Stories, and the page that lists them in every scheme."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from cms.first_pages import STORIES, add_below_home


def add_page(apps, schema_editor):
    """Every scheme has a place for stories; the home page names it once there is one."""
    add_below_home(apps, "storyindexpage", STORIES)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_links_that_were_followed"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryIndexPage",
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
                    "introduction",
                    models.TextField(
                        blank=True, help_text="One or two short sentences under the title.", max_length=500
                    ),
                ),
            ],
            options={
                "verbose_name": "list of stories",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryPage",
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
                    "introduction",
                    models.TextField(
                        help_text="One or two short sentences: what changed. Lists of stories and papers show it.",
                        max_length=300,
                        verbose_name="in short",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("inset_text", 2),
                            ("warning", 5),
                            ("action_link", 8),
                            ("details", 10),
                            ("do_list", 14),
                            ("picture", 15),
                            ("point", 16),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "title", "max_length": 120, "template": "cms/blocks/heading.jinja"},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "pilcrow",
                                    "template": "cms/blocks/paragraph.jinja",
                                },
                            ),
                            2: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "openquote",
                                    "label": "Text set apart",
                                    "template": "cms/blocks/inset_text.jinja",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                            4: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "link", "ul", "ol"]}),
                            5: ("wagtail.blocks.StructBlock", [[("heading", 3), ("text", 4)]], {}),
                            6: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /tell-us/ or https://www.nhs.uk/",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("text", 3), ("page", 6), ("address", 7)]], {}),
                            9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            10: ("wagtail.blocks.StructBlock", [[("summary", 9), ("text", 4)]], {}),
                            11: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("do", "Do"), ("dont", "Do not")]}),
                            12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            13: ("wagtail.blocks.ListBlock", (12,), {}),
                            14: ("wagtail.blocks.StructBlock", [[("kind", 11), ("items", 13)]], {}),
                            15: (
                                "wagtail.images.blocks.ImageBlock",
                                [],
                                {"icon": "image", "label": "Picture", "template": "cms/blocks/picture.jinja"},
                            ),
                            16: ("cms.blocks.points.PointBlock", (), {}),
                        },
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RunPython(add_page, migrations.RunPython.noop),
    ]
